package dev.millrace.collector.sources;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which source a write key stands for. A key is compared with all, by digests, in a time that tells
 * nothing of how much of it is right. Thread-safe.
 */
public final class WriteKeys {
  private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");
  private static final String EXPECTED =
      "a JSON object of write keys and the names of their sources is expected, such as"
          + " {\"3f9c…\": \"shop-web\"}; names are 1 to 100 letters, digits, '_', '-' and '.'";

  private final Supplier<List<Entry>> entries;

  private WriteKeys(Supplier<List<Entry>> entries) {
    this.entries = entries;
  }

  /** A key, of which nothing is kept but its digest. */
  private record Entry(byte[] digest, String source) {}

  /** These keys, and no others ever. */
  public static WriteKeys of(Map<String, String> sourcesByKey) {
    List<Entry> fixed = entries(sourcesByKey);
    return new WriteKeys(() -> fixed);
  }

  /**
   * Those in a file that holds a JSON object, key by key the name of a source. It is read again
   * every minute; several keys may have one source, so that a key can be replaced.
   *
   * @param nanoClock as {@link System#nanoTime}
   * @throws IOException if it can't be read now; the message says what is expected
   */
  public static WriteKeys in(Path file, LongSupplier nanoClock) throws IOException {
    return new WriteKeys(new WatchedFile<>(file, WriteKeys::parse, nanoClock)::value);
  }

  /** The source of a key, if it is known. */
  public Optional<String> source(String writeKey) {
    byte[] digest = digest(writeKey);
    String found = null;
    for (Entry entry : entries.get()) {
      if (MessageDigest.isEqual(entry.digest(), digest)) {
        found = entry.source();
      }
    }
    return Optional.ofNullable(found);
  }

  private static List<Entry> parse(byte[] content) {
    try {
      JsonNode keys = JsonMapper.shared().readTree(content);
      Map<String, String> sources = new java.util.LinkedHashMap<>();
      if (!keys.isObject() || keys.isEmpty()) {
        throw new IllegalArgumentException(EXPECTED);
      }
      keys.forEachEntry(
          (key, source) -> {
            if (!source.isString()) {
              throw new IllegalArgumentException(EXPECTED);
            }
            sources.put(key, source.asString());
          });
      return entries(sources);
    } catch (JacksonException e) {
      // Without the cause, whose message may hold a key.
      throw new IllegalArgumentException(EXPECTED);
    }
  }

  private static List<Entry> entries(Map<String, String> sourcesByKey) {
    List<Entry> entries = new ArrayList<>();
    sourcesByKey.forEach(
        (key, source) -> {
          if (key.isBlank() || !SOURCE.matcher(source).matches()) {
            throw new IllegalArgumentException(EXPECTED);
          }
          entries.add(new Entry(digest(key), source));
        });
    return List.copyOf(entries);
  }

  private static byte[] digest(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
