package dev.millrace.tests.bench;

import dev.millrace.normalizer.ids.ChildIds;
import dev.millrace.normalizer.ids.RootIds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nothing but the ids of the rows that the events become, root and child, made once more. */
final class IdsAlone implements Contestant {
  private static final byte[] MESSAGE_ID = "m:".getBytes(StandardCharsets.US_ASCII);

  private record Child(byte[] parent, byte[] table, int index) {}

  private final List<byte[]> messageIds = new ArrayList<>();
  private final List<Child> children = new ArrayList<>();

  /** Takes what ids are made of from the rows that {@code normalizer} makes of the events. */
  IdsAlone(byte[] events, OwnNormalizer normalizer) throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    normalizer.normalise(
        new ByteArrayInputStream(events),
        (table, buffer, offset, length, rows) -> {
          byte[] tableName = table.getBytes(StandardCharsets.UTF_8);
          String lines = new String(buffer, offset, length, StandardCharsets.UTF_8);
          lines.lines().map(json::readTree).forEach(row -> add(tableName, row));
        });
  }

  private void add(byte[] table, JsonNode row) {
    if (row.has("_dlt_parent_id")) {
      children.add(
          new Child(
              row.get("_dlt_parent_id").asString().getBytes(StandardCharsets.US_ASCII),
              table,
              row.get("_dlt_list_idx").asInt()));
    } else {
      messageIds.add(row.get("message_id").asString().getBytes(StandardCharsets.UTF_8));
    }
  }

  double childrenPerEvent() {
    return (double) children.size() / messageIds.size();
  }

  @Override
  public String name() {
    return "  of that, ids alone";
  }

  @Override
  public int passesPerRound() {
    return 4;
  }

  @Override
  public double pass() {
    byte[] id = new byte[ChildIds.LENGTH];
    RootIds roots = new RootIds();
    ChildIds childIds = new ChildIds();
    long start = CpuTime.nanos();
    for (byte[] messageId : messageIds) {
      roots.write(MESSAGE_ID, messageId, 0, messageId.length, id, 0);
    }
    for (Child child : children) {
      childIds.under(child.parent(), 0, child.parent().length, child.table());
      childIds.write(child.index(), id, 0);
    }
    return CpuTime.secondsSince(start);
  }
}
