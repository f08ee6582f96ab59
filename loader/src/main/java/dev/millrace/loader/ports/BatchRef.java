package dev.millrace.loader.ports;

import java.util.Objects;

/**
 * Which batch: an object at one generation, or a file known by its content.
 *
 * @param bucket the landing bucket's name; {@code content} for a file known by its content
 * @param name the object's name; for such a file the hex SHA-256 of its content
 * @param generation microseconds since 1970 UTC at which the object was finalised, unique for its
 *     name; for such a file the clock of its first load
 */
public record BatchRef(String bucket, String name, long generation) {
  /** The bucket's name of all files known by their content. */
  public static final String CONTENT = "content";

  public BatchRef {
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(name, "name");
    if (bucket.isEmpty() || name.isEmpty() || generation <= 0) {
      throw new IllegalArgumentException("not a batch: " + bucket + "/" + name + "#" + generation);
    }
  }

  /** A file known by its content, first loaded at {@code firstLoadMicros}. */
  public static BatchRef ofContent(String sha256, long firstLoadMicros) {
    return new BatchRef(CONTENT, sha256, firstLoadMicros);
  }

  /** What the ids of events without message id and {@code messageId} are made of. */
  public String identity() {
    return bucket.equals(CONTENT) ? name : bucket + "/" + name + "#" + generation;
  }

  @Override
  public String toString() {
    return bucket + "/" + name + "#" + generation;
  }
}
