package dev.millrace.cli.inspect;

import dev.millrace.cli.show.Counted;
import dev.millrace.cli.show.TextTable;
import dev.millrace.cli.show.Times;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Dataset.Row;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row of {@link BadTable}.
 *
 * @param partial a row of an event that did load, and not the whole event
 * @param eventId {@code _dlt_id} that the event's root row has or would have had; null if unknown
 * @param table of a partial one, or of a refused row; else null
 * @param messageId Pub/Sub's; null if unknown
 * @param place where in the object it is
 * @param replayedBy load id of the replay that took it; null if none did
 * @param raw its bytes, or their beginning; null where nobody asked for them
 */
record BadRow(
    Instant received,
    String loadId,
    BatchRef batch,
    String reason,
    String detail,
    boolean partial,
    String eventId,
    String table,
    String messageId,
    Place place,
    String replayedBy,
    byte[] raw) {
  private static final String COLUMNS =
      "received_at, load_id, bucket, object, generation, reason, detail, partial, event_id,"
          + " table_name, message_id, message_number, event_index, byte_offset, raw_bytes, raw_sha256,"
          + " replayed_by";

  private static final int RAW = 17;

  /**
   * Where it is in the object, and which bytes it was.
   *
   * @param messageNumber from 0; null for a row that the warehouse refused
   * @param eventIndex which JSON value of the message, from 0; null if it is none
   * @param byteOffset in the message or text; null for such a row
   */
  record Place(
      Long messageNumber, Long eventIndex, Long byteOffset, long rawBytes, String rawSha256) {
    @Override
    public String toString() {
      return byteOffset == null
          ? ""
          : "message %d, byte %d".formatted(messageNumber == null ? 0 : messageNumber, byteOffset);
    }
  }

  /** The columns that {@link #of} reads; the payload is read only where it is shown. */
  static String columns(boolean show) {
    return show ? COLUMNS + ", raw" : COLUMNS;
  }

  static BadRow of(Row row, boolean show) {
    return new BadRow(
        row.time(0),
        row.text(1),
        new BatchRef(row.text(2), row.text(3), row.number(4)),
        row.text(5),
        row.text(6),
        row.truth(7),
        row.text(8),
        row.text(9),
        row.text(10),
        new Place(row.number(11), row.number(12), row.number(13), row.number(14), row.text(15)),
        row.text(16),
        show ? row.bytes(RAW) : null);
  }

  /** The same without its bytes. */
  BadRow withoutRaw() {
    return new BadRow(
        received,
        loadId,
        batch,
        reason,
        detail,
        partial,
        eventId,
        table,
        messageId,
        place,
        replayedBy,
        null);
  }

  /** Lines for a person, each indented by so many spaces. */
  String text(int spaces) {
    String indent = " ".repeat(spaces);
    StringBuilder text = new StringBuilder();
    text.append(indent)
        .append("%s  %s%s\n".formatted(Times.utc(received), line(detail), what()))
        .append(indent)
        .append(
            "  load %s, %s%s%s%s\n"
                .formatted(
                    loadId,
                    batch.name(),
                    place.toString().isEmpty() ? "" : ", " + place,
                    eventId == null ? "" : ", event " + eventId,
                    replayedBy == null ? "" : "; replayed as load " + replayedBy));
    if (raw != null) {
      text.append(indent).append("  ").append(payload()).append('\n');
    }
    return text.toString();
  }

  private String what() {
    return partial
        ? " (a row of %s, of an event that did load)".formatted(table)
        : " (%s)".formatted(Counted.bytes(place.rawBytes()));
  }

  private String payload() {
    if (raw.length == 0) {
      return place.rawBytes() == 0 ? "(no bytes)" : "(its bytes were not kept)";
    }
    String more =
        raw.length < place.rawBytes()
            ? " … (the first %s of %s)"
                .formatted(Counted.bytes(raw.length), Counted.bytes(place.rawBytes()))
            : "";
    String text = utf8();
    return (text == null ? "base64 " + Base64.getEncoder().encodeToString(raw) : line(text)) + more;
  }

  /** The payload as text, or null if it is none. */
  private String utf8() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String line(String text) {
    return TextTable.printable(text);
  }

  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("received_at", received.toString());
    document.put("load_id", loadId);
    document.put("bucket", batch.bucket());
    document.put("object", batch.name());
    document.put("generation", batch.generation());
    document.put("reason", reason);
    document.put("detail", detail);
    document.put("partial", partial);
    document.put("event_id", eventId);
    document.put("table_name", table);
    document.put("message_id", messageId);
    document.put("message_number", place.messageNumber());
    document.put("event_index", place.eventIndex());
    document.put("byte_offset", place.byteOffset());
    document.put("raw_bytes", place.rawBytes());
    document.put("raw_sha256", place.rawSha256());
    document.put("replayed_by", replayedBy);
    if (raw != null) {
      document.put("raw", Base64.getEncoder().encodeToString(raw));
      document.put("raw_text", utf8());
    }
    return document;
  }
}
