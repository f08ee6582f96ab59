package dev.millrace.loader.erasure;

import dev.millrace.normalizer.IdField;
import java.time.Instant;
import java.util.Objects;

/**
 * An id whose events are not loaded any more. It is known by its hash alone.
 *
 * @param field which id of an event it is
 * @param sha256 hex SHA-256 over the list's salt, the field's word, a zero byte and the id
 * @param recordedAt since when
 */
public record Erasure(IdField field, String sha256, Instant recordedAt) {
  public Erasure {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(recordedAt, "recordedAt");
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a hex SHA-256: " + sha256);
    }
  }
}
