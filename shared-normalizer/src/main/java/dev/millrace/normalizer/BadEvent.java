package dev.millrace.normalizer;

import java.util.HexFormat;
import java.util.Objects;

/**
 * What could not be loaded, and why.
 *
 * @param reason the code
 * @param detail a sentence for a person: what was found where and what was expected; holds no value
 *     of the event
 * @param origin the message or object that it came in
 * @param index which JSON value of the message or text object it is, counted from 0, bad ones
 *     included
 * @param byteOffset where its first byte stands in the message or text object
 * @param rawLength its length in bytes
 * @param raw its bytes, cut where the event is too large to be kept whole; empty where privacy
 *     rules are set and can't be applied to it, and of an erased one
 * @param rawSha256 hex SHA-256 of all its bytes as they came; of an erased one, of no bytes
 * @param partial false where the whole event is bad; true where it is a row of an event that did
 *     load
 * @param table for a partial one, the table whose row it is; else null
 * @param eventId the event's root {@code _dlt_id} where it is known; else null
 */
public record BadEvent(
    BadReason reason,
    String detail,
    EventOrigin origin,
    long index,
    long byteOffset,
    long rawLength,
    byte[] raw,
    String rawSha256,
    boolean partial,
    String table,
    String eventId) {
  public BadEvent {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(raw, "raw");
    Objects.requireNonNull(rawSha256, "rawSha256");
  }

  /** A bad event of which {@code raw} is all that could be read: the hash is of these bytes. */
  public static BadEvent unread(
      BadReason reason,
      String detail,
      EventOrigin origin,
      long index,
      long byteOffset,
      long rawLength,
      byte[] raw) {
    String sha256 = HexFormat.of().formatHex(RawBytes.sha256().digest(raw));
    return new BadEvent(
        reason, detail, origin, index, byteOffset, rawLength, raw, sha256, false, null, null);
  }

  /** What is told of this bad event once the person has asked to be forgotten: its place. */
  BadEvent erased(String why) {
    return unread(BadReason.ERASED, why, origin, index, byteOffset, rawLength, new byte[0]);
  }

  /** This bad event with other bytes kept of it. */
  BadEvent withRaw(byte[] kept) {
    return new BadEvent(
        reason,
        detail,
        origin,
        index,
        byteOffset,
        rawLength,
        kept,
        rawSha256,
        partial,
        table,
        eventId);
  }
}
