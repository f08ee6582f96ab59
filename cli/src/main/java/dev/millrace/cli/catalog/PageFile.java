package dev.millrace.cli.catalog;

import dev.millrace.cli.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file that a page is written to. What is there already is replaced once the new page is whole.
 *
 * @param path as it was named
 */
record PageFile(Path path) {
  /** Fails if no page can be written there; to be asked before the work for the page is done. */
  void refuseIfImpossible() {
    Path folder = path.toAbsolutePath().getParent();
    if (Files.isDirectory(path)) {
      throw Failure.usage(path + " is a folder; name a file for the page");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw Failure.usage(
          "the folder %s for the page is not there; make it first".formatted(folder));
    }
    if (!Files.isWritable(folder)) {
      throw Failure.usage("the folder %s can't be written; choose another".formatted(folder));
    }
  }

  void write(String html) throws IOException {
    Path part = path.resolveSibling(path.getFileName() + ".part");
    try {
      Files.writeString(part, html);
      Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
