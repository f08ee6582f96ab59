package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.system.SystemTables;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The views of the {@code _unique} dataset, and the table functions beside them. A view's list of
 * columns is made with the view, so a table that has others gets its view anew. Thread-safe.
 */
final class Views {
  private final DatasetName dataset;
  private final Calls calls;
  private final Statements statements;
  private final ViewDdl ddl;

  /** The columns with which a table's view was last seen, by table. */
  private final Map<String, List<String>> seen = new ConcurrentHashMap<>();

  Views(DatasetName dataset, Calls calls, Statements statements) {
    this.dataset = dataset;
    this.calls = calls;
    this.statements = statements;
    this.ddl = new ViewDdl(dataset);
  }

  /** Makes the table's view if it should have one, and has none or one with other columns. */
  void bring(WantedTable wanted, KnownTable table, Deadline deadline) throws LoadException {
    boolean isBatches = wanted.name().equals(SystemTables.BATCHES.name());
    if (!isBatches && !wanted.isViewed()) {
      return;
    }
    List<String> columns = table.columnNames();
    if (columns.equals(seen.get(wanted.name()))) {
      return;
    }
    if (!columns.equals(existing(wanted.name(), deadline))) {
      if (isBatches) {
        statements.define(ddl.ofBatches(wanted.name()), deadline);
      } else {
        // The function first: whoever finds a view that is right may take it that both are.
        statements.define(ddl.between(wanted.name()), deadline);
        statements.define(ddl.ofEvents(wanted.name()), deadline);
      }
    }
    seen.put(wanted.name(), columns);
  }

  /** The columns of a view that is there; none if there is no view. */
  private List<String> existing(String name, Deadline deadline) throws LoadException {
    TableId id = dataset.unique().table(name);
    Table view =
        calls.call(
            "look at view " + dataset.unique().sql(name), deadline, client -> client.getTable(id));
    return view == null ? List.of() : KnownTable.of(view).columnNames();
  }
}
