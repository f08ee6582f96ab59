package dev.millrace.cli.demo;

import dev.millrace.cli.show.Account;
import dev.millrace.cli.show.BadEvents;
import dev.millrace.cli.show.Counted;
import dev.millrace.cli.show.Loads;
import dev.millrace.cli.show.Report;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the database says after the demo.
 *
 * @param text for a person
 * @param account what became of the events, over all batches
 * @param failed batches that could not be loaded
 * @param messageIds of the events in the views
 */
record DemoReport(String text, Account account, long failed, Set<String> messageIds) {
  /** Reads it all through an open connection. */
  static DemoReport read(Connection connection, String uniqueSchema) throws SQLException {
    Loads loads = new Loads(connection);
    List<Loads.Batch> batches = loads.batches();
    Map<String, String> labels = new LinkedHashMap<>();
    Account account = Account.NONE;
    long failed = 0;
    for (Loads.Batch batch : batches) {
      labels.putIfAbsent(batch.loadId(), "batch " + (labels.size() + 1));
      account = account.plus(batch.account());
      failed += batch.state().equals("loaded") ? 0 : 1;
    }
    StringBuilder text = new StringBuilder();
    text.append(Report.tables(loads.tables()));
    text.append(Report.changes(loads.changes(labels)));
    text.append(Report.bad(bad(loads, labels)));
    for (AnalystQuery query : AnalystQuery.values()) {
      String sql = query.sql(uniqueSchema);
      text.append(Report.section(query.question(), sql.indent(2) + "\n"))
          .append(loads.query(sql).indented(2));
    }
    return new DemoReport(text.toString(), account, failed, loads.messageIds(uniqueSchema));
  }

  /** The line that says where every event is. */
  String reconciliation(long published) {
    return "Reconciliation: %s published; %s".formatted(Counted.number(published), account);
  }

  private static List<BadEvents> bad(Loads loads, Map<String, String> labels) throws SQLException {
    List<BadEvents> bad = new ArrayList<>();
    for (Map.Entry<String, String> batch : labels.entrySet()) {
      for (Loads.FirstBad first : loads.badEvents(batch.getKey())) {
        String where =
            "%s, message %d, byte %d"
                .formatted(batch.getValue(), first.messageNumber() + 1, first.byteOffset());
        bad.add(new BadEvents(first.reason(), first.count(), where, first.detail()));
      }
    }
    return bad;
  }
}
