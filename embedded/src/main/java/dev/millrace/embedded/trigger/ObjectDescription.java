package dev.millrace.embedded.trigger;

import java.util.Objects;

/**
 * What Cloud Storage would know about an object's content.
 *
 * @param name the object's name, which may contain slashes
 * @param contentType its MIME type
 * @param bytes its size
 * @param md5 its MD5, standard base64
 * @param crc32c its CRC-32C, four bytes big-endian, standard base64
 */
public record ObjectDescription(
    String name, String contentType, long bytes, String md5, String crc32c) {
  public ObjectDescription {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(md5, "md5");
    Objects.requireNonNull(crc32c, "crc32c");
    if (name.isEmpty() || bytes < 0) {
      throw new IllegalArgumentException("not an object: '" + name + "' of " + bytes + " bytes");
    }
  }
}
