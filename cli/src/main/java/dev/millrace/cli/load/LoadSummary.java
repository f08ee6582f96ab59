package dev.millrace.cli.load;

import dev.millrace.cli.files.EventFile;
import dev.millrace.cli.files.Place;
import dev.millrace.cli.files.Spot;
import dev.millrace.cli.show.Account;
import dev.millrace.cli.show.BadEvents;
import dev.millrace.cli.show.Change;
import dev.millrace.cli.show.Counted;
import dev.millrace.cli.show.Loads;
import dev.millrace.cli.show.LocalDataset;
import dev.millrace.cli.show.Report;
import dev.millrace.loader.LoadReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the files of one command did to the database, gathered file by file. */
final class LoadSummary {
  private final Map<String, Long> rows = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, BadEvents> bad = new LinkedHashMap<>();
  private Account account = Account.NONE;
  private int files;

  /** Adds a file that was loaded; asks the dataset about bad events only if there are some. */
  void add(EventFile file, LoadReport report, LocalDataset dataset) {
    files++;
    report.rows().forEach((table, count) -> rows.merge(table, count, Long::sum));
    report.changes().forEach(change -> changes.add(Change.of(file.name(), change)));
    account = account.plus(account(report));
    if (report.badByReason().values().stream().anyMatch(count -> count > 0)) {
      List<Loads.FirstBad> found =
          dataset.read(connection -> new Loads(connection).badEvents(report.loadId()));
      found.forEach(first -> addBad(file, first));
    }
  }

  /** Empty if no file was loaded. */
  String text() {
    if (files == 0) {
      return "";
    }
    List<BadEvents> mostFirst = new ArrayList<>(bad.values());
    mostFirst.sort(Collections.reverseOrder((a, b) -> Long.compare(a.count(), b.count())));
    return Report.tables(rows)
        + Report.changes(changes)
        + Report.bad(mostFirst)
        + "\n%s: %s\n".formatted(Counted.of(files, "file"), account);
  }

  static Account account(LoadReport report) {
    return new Account(report.read(), report.loaded(), report.duplicate(), report.bad());
  }

  private void addBad(EventFile file, Loads.FirstBad first) {
    BadEvents known = bad.get(first.reason());
    bad.put(
        first.reason(),
        known == null
            ? new BadEvents(
                first.reason(),
                first.count(),
                Place.of(file, new Spot(first.messageNumber(), first.byteOffset())).toString(),
                first.detail())
            : new BadEvents(
                known.reason(), known.count() + first.count(), known.where(), known.detail()));
  }
}
