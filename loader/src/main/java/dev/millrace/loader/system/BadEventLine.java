package dev.millrace.loader.system;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.normalizer.BadEvent;

/** Makes rows of {@link SystemTables#BAD_EVENTS}. */
public final class BadEventLine {
  private BadEventLine() {}

  /** The row of a bad event, in the form of the parts. */
  public static byte[] of(BatchRef batch, String loadId, BadEvent event) {
    RowLine row =
        new RowLine()
            .timestamp("received_at", event.origin().receivedAtMicros())
            .text("load_id", loadId)
            .text("bucket", batch.bucket())
            .text("object", batch.name())
            .number("generation", batch.generation())
            .text("reason", event.reason().code())
            .text("detail", event.detail())
            .bool("partial", event.partial())
            .text("event_id", event.eventId())
            .text("table_name", event.table())
            .text("message_id", event.origin().messageId())
            .number("message_number", event.origin().messageNumber());
    if (event.index() >= 0) {
      row.number("event_index", event.index());
    }
    return row.number("byte_offset", event.byteOffset())
        .number("raw_bytes", event.rawLength())
        .text("raw_sha256", event.rawSha256())
        .binary("raw", event.raw())
        .toBytes();
  }
}
