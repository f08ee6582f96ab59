package dev.millrace.cli.preview;

import dev.millrace.cli.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an earlier preview has left in a folder, by its own account. */
final class EarlierPreview {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EarlierPreview() {}

  /**
   * Empties a folder that holds a preview and nothing else.
   *
   * @throws Failure if it holds anything else; nothing is then deleted
   */
  static void deleteFrom(Path folder) throws IOException {
    Set<String> there = new TreeSet<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries.forEach(entry -> there.add(entry.getFileName().toString()));
    }
    Set<String> written = written(folder);
    for (String name : there) {
      if (!written.contains(name)) {
        throw Failure.usage(
            "%s is not empty, and no preview wrote %s in it; name another folder, or empty it"
                .formatted(folder, name));
      }
    }
    for (String name : there) {
      Files.delete(folder.resolve(name));
    }
  }

  private static Set<String> written(Path folder) throws IOException {
    Set<String> names = new TreeSet<>();
    Path preview = folder.resolve(RowFolder.PREVIEW);
    if (!Files.isRegularFile(preview)) {
      return names;
    }
    try {
      JsonNode document = JSON.readTree(Files.readAllBytes(preview));
      if (document.path(PreviewDocument.FORM).isInt()) {
        names.add(RowFolder.PREVIEW);
        names.add(RowFolder.SCHEMA);
        document.path("tables").forEach(table -> names.add(table.path("file").asString("")));
      }
    } catch (JacksonException e) {
      // It is none of ours, and is named as such.
      return names;
    }
    return names;
  }
}
