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
 * @param received {@code _millrace_received_at}; null if the table has none
 */
record EventRow(String table, String id, String parentId, String loadId, Instant received) {
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("table", table);
    document.put("row_id", id);
    document.put("parent_id", parentId);
    document.put("load_id", loadId);
    document.put("received_at", received == null ? null : received.toString());
    return document;
  }
}
