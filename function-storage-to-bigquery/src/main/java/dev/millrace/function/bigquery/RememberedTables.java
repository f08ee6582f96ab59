package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import dev.millrace.loader.ports.LoadException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The dataset's tables as they were when they were last looked at. Thread-safe. */
final class RememberedTables {
  private final Calls calls;
  private final DatasetName dataset;
  private final Map<String, KnownTable> known = new ConcurrentHashMap<>();

  RememberedTables(Calls calls, DatasetName dataset) {
    this.calls = calls;
    this.dataset = dataset;
  }

  /** The table as it was, without asking; empty if nobody has looked. */
  Optional<KnownTable> remembered(String name) {
    return Optional.ofNullable(known.get(name));
  }

  /** Asks for the table and remembers it; empty if there is none. */
  Optional<KnownTable> look(String name, Deadline deadline) throws LoadException {
    TableId id = dataset.table(name);
    Table table =
        calls.call("look at table " + dataset.sql(name), deadline, client -> client.getTable(id));
    if (table == null) {
      known.remove(name);
      return Optional.empty();
    }
    KnownTable seen = KnownTable.of(table);
    known.put(name, seen);
    return Optional.of(seen);
  }
}
