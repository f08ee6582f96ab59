package dev.millrace.tests.infrastructure;

import java.nio.file.Files;
import java.nio.file.Path;

/** The source tree that these tests run in. */
final class Checkout {
  private Checkout() {}

  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("terraform"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
