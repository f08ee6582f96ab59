package dev.millrace.publisher.spool;

import java.io.IOException;
import java.nio.file.Path;

/** A process that has a spool open until its standard input ends. */
final class SpoolHolder {
  private SpoolHolder() {}

  /** The folder. */
  public static void main(String[] arguments) throws IOException {
    try (DiskSpool spool =
        DiskSpool.open(Path.of(arguments[0]), 16 << 20, Durability.PROCESS_END)) {
      System.out.println("open " + spool.events());
      while (System.in.read() >= 0) {
        continue;
      }
    }
  }
}
