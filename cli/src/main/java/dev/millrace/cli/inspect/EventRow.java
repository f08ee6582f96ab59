package dev.millrace.cli.inspect;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row that an event became.
 *
 * @param id {@code _dlt_id}
 * @param parentId {@code _dlt_parent_id}; null for a root row
 * @param loadId {@code _dlt_load_id}; null for a child row
 * @param messageId the event's; null for a child row, and if it is not known
 * @param received {@code _millrace_received_at}; null if the table has none
 */
record EventRow(
    String table, String id, String parentId, String loadId, String messageId, Instant received) {
  EventRow withMessageId(String known) {
    return new EventRow(table, id, parentId, loadId, known, received);
  }

  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("table", table);
    document.put("row_id", id);
    document.put("parent_id", parentId);
    document.put("load_id", loadId);
    document.put("message_id", messageId);
    document.put("received_at", received == null ? null : received.toString());
    return document;
  }
}
