package dev.millrace.tests.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this process has had, as the system counts it. */
public final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private PeakMemory() {}

  /** Bytes of resident memory; where only the present figure is to be had, that. */
  public static long ofThisProcess() throws IOException {
    return Files.exists(STATUS) ? peak() : present();
  }

  private static long peak() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }

  private static long present() throws IOException {
    String process = Long.toString(ProcessHandle.current().pid());
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", process).start();
    try (InputStream out = ps.getInputStream()) {
      return Long.parseLong(new String(out.readAllBytes(), StandardCharsets.US_ASCII).strip())
          << 10;
    }
  }
}
