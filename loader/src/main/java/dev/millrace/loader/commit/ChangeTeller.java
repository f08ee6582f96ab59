package dev.millrace.loader.commit;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.SchemaChangeTopic;
import dev.millrace.loader.system.RowLine;
import dev.millrace.loader.system.SchemaChangeLines;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.SchemaChange;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;

/**
 * Tells schema changes to the log and to the topic: at least once each, always under the same
 * change id.
 *
 * @param dataset whose schema it is
 */
record ChangeTeller(SchemaChangeTopic topic, String dataset) {
  private static final Logger LOG = System.getLogger(ChangeTeller.class.getName());

  /** Returns once the topic has all of them. */
  void tell(BatchRef batch, String loadId, List<SchemaChange> changes, Instant now)
      throws IOException {
    if (changes.isEmpty()) {
      return;
    }
    topic.publish(changes.stream().map(change -> message(batch, loadId, change, now)).toList());
    changes.forEach(change -> LOG.log(Level.INFO, () -> sentence(loadId, change)));
  }

  private byte[] message(BatchRef batch, String loadId, SchemaChange change, Instant now) {
    return new RowLine()
        .text("change_id", SchemaChangeLines.changeId(loadId, change))
        .text("kind", change.kind().word())
        .text("dataset", dataset)
        .text("table", change.table())
        .text("column", change.column())
        .text("from_type", word(change.fromType()))
        .text("to_type", word(change.toType()))
        .text("load_id", loadId)
        .text("batch", batch.toString())
        .text("first_row_id", change.firstRowId())
        .timestamp("recorded_at", now)
        .toJson();
  }

  private static String word(DataType type) {
    return type == null ? null : type.word();
  }

  private static String sentence(String loadId, SchemaChange change) {
    String place =
        change.column() == null ? change.table() : change.table() + "." + change.column();
    String type = change.toType() == null ? "" : " " + change.toType().word();
    return "schema change %s: %s %s%s by load %s"
        .formatted(
            SchemaChangeLines.changeId(loadId, change), change.kind().word(), place, type, loadId);
  }
}
