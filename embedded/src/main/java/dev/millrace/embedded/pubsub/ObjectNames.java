package dev.millrace.embedded.pubsub;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where batch objects go and how they are named: {@code <prefix><UTC datetime>_<uuid><suffix>}.
 *
 * @param bucket the bucket's name in notices and references
 * @param prefix may be empty and may contain slashes
 * @param suffix may be empty, and may not end in a slash
 */
public record ObjectNames(String bucket, String prefix, String suffix) {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");
  private static final DateTimeFormatter STARTED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'").withZone(ZoneOffset.UTC);
  // Cloud Storage takes names of 1,024 bytes, a folder 255 for each part; the middle takes 62.
  private static final int LONGEST_NAME_BYTES = 1024;
  private static final int LONGEST_PART_BYTES = 255;
  private static final String LONGEST_MIDDLE = "m".repeat(62);

  public ObjectNames {
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(suffix, "suffix");
    if (bucket == null || !BUCKET.matcher(bucket).matches()) {
      throw new IllegalArgumentException(
          "The bucket '"
              + bucket
              + "' is not a bucket name: 3 to 222 lower-case letters, digits and -._, a letter or"
              + " digit first and last.");
    }
    if (suffix.endsWith("/")) {
      throw new IllegalArgumentException(
          "The object suffix '" + suffix + "' may not end in '/'. Choose another.");
    }
    String example = prefix + LONGEST_MIDDLE + suffix;
    if (bytes(example) > LONGEST_NAME_BYTES
        || !Arrays.stream(example.split("/", -1)).allMatch(ObjectNames::isPart)) {
      throw new IllegalArgumentException(
          "With the object prefix '"
              + prefix
              + "' and suffix '"
              + suffix
              + "', names can't lie in a folder: each part between slashes must be 1 to 255 bytes,"
              + " not '.' or '..', and without control characters or '\\'.");
    }
  }

  /** The name of an object started at {@code started}; {@code unique} goes in as the uuid. */
  String name(Instant started, String unique) {
    return prefix + STARTED.format(started) + "_" + unique + suffix;
  }

  private static boolean isPart(String part) {
    return !part.isEmpty()
        && !part.equals(".")
        && !part.equals("..")
        && bytes(part) <= LONGEST_PART_BYTES
        && part.chars().noneMatch(c -> c < ' ' || c == '\\' || c == 0x7f);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
