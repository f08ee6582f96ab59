package dev.millrace.embedded.trigger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Notices that are not acknowledged yet, one file each, {@code <folder>/<key>.json}. One object has
 * one key, so that writing its notice again replaces it. Thread-safe.
 */
public final class Outbox {
  private static final System.Logger LOG = System.getLogger(Outbox.class.getName());
  private static final String SUFFIX = ".json";
  private static final String UNFINISHED = ".unfinished";

  private final JsonMapper json = JsonMapper.builder().build();
  private final Path folder;

  /**
   * @param folder made if it isn't there
   */
  public Outbox(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Keeps a notice, atomically, and returns its key. */
  public String write(Notice notice) throws IOException {
    String key = keyOf(notice.object().name());
    Path unfinished = folder.resolve(key + UNFINISHED);
    Files.write(unfinished, json.writeValueAsBytes(notice));
    Files.move(unfinished, folder.resolve(key + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
    return key;
  }

  /**
   * The notice with that key. Empty if it isn't there, or can't be read: then it is logged and put
   * aside as {@code <key>.corrupt}, so that the others go on.
   */
  public Optional<Notice> read(String key) throws IOException {
    Path file = folder.resolve(key + SUFFIX);
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      return Optional.of(json.readValue(content, Notice.class));
    } catch (JacksonException e) {
      Path aside = folder.resolve(key + ".corrupt");
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.log(
          System.Logger.Level.ERROR,
          "The notice {0} can''t be read and was put aside as {1}. Its batch is not announced:"
              + " compare the landing folder with what is loaded.",
          file,
          aside);
      return Optional.empty();
    }
  }

  /** Takes out an acknowledged notice. */
  public void remove(String key) throws IOException {
    Files.deleteIfExists(folder.resolve(key + SUFFIX));
  }

  /** The keys of all notices that wait, in no order of meaning. */
  public List<String> keys() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The key of an object's notice. */
  public static String keyOf(String objectName) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(objectName.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
