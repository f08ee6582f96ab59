package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.ids.ChildIds;
import dev.millrace.normalizer.json.ByteBuilder;
import dev.millrace.normalizer.types.TimestampFormat;
import java.nio.charset.StandardCharsets;

/** How rows begin: the system columns, with places for what is known only at the event's end. */
final class RowTemplate {
  private static final String ID_PLACE = "_".repeat(ChildIds.LENGTH);
  private static final String TIME_PLACE = "0000-00-00T00:00:00.000000Z";
  private static final String TIME = "{\"_millrace_received_at\":\"";

  private final String loadId;
  private final byte[] root;
  private final byte[] child;
  private final byte[] childWithRootId;
  private final int rootIdAt;
  private final int childIdAt;
  private final int parentIdAt;
  private final int childRootIdAt;
  private long receivedAtMicros = Long.MIN_VALUE;

  RowTemplate(String loadId) {
    this.loadId = loadId;
    String start = TIME + TIME_PLACE + "\",\"_dlt_id\":\"";
    String rootText = start + ID_PLACE + "\",\"_dlt_load_id\":\"" + loadId + "\"";
    String parent = start + ID_PLACE + "\",\"_dlt_parent_id\":\"";
    String index = ",\"_dlt_list_idx\":";
    root = rootText.getBytes(StandardCharsets.UTF_8);
    child = (parent + ID_PLACE + '"' + index).getBytes(StandardCharsets.UTF_8);
    String withRoot = parent + ID_PLACE + "\",\"_dlt_root_id\":\"";
    childWithRootId = (withRoot + ID_PLACE + '"' + index).getBytes(StandardCharsets.UTF_8);
    rootIdAt = start.length();
    childIdAt = start.length();
    parentIdAt = parent.length();
    childRootIdAt = withRoot.length();
  }

  int rootIdAt() {
    return rootIdAt;
  }

  int childIdAt() {
    return childIdAt;
  }

  int parentIdAt() {
    return parentIdAt;
  }

  int childRootIdAt() {
    return childRootIdAt;
  }

  /** Sets when the events that follow were received, in microseconds since 1970 UTC. */
  void receivedAt(long micros) {
    if (micros != receivedAtMicros) {
      receivedAtMicros = micros;
      for (byte[] template : new byte[][] {root, child, childWithRootId}) {
        TimestampFormat.writeTimestamp(micros, template, TIME.length());
      }
    }
  }

  void root(ByteBuilder out) {
    out.append(root);
  }

  void child(ByteBuilder out, boolean hasRootKey, int listIndex) {
    out.append(hasRootKey ? childWithRootId : child);
    out.appendNumber(listIndex);
  }

  /** The beginning of a row whose event may bring an id of its own (M3). */
  void trusted(ByteBuilder out, TableSlot table) {
    out.append(root, 0, TIME.length() + TIME_PLACE.length() + 1);
    if (table.parent == null) {
      member(out, SystemColumns.LOAD_ID, loadId);
    }
  }

  static void member(ByteBuilder out, String column, String value) {
    out.append(',');
    out.appendQuoted(column);
    out.append(':');
    out.appendQuoted(value);
  }
}
