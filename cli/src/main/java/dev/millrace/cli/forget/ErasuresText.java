package dev.millrace.cli.forget;

import dev.millrace.cli.show.TextTable;
import dev.millrace.loader.erasure.Erasure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * The erasures that are recorded, for a person.
 *
 * @param now batch objects that are deleted by then are not counted
 */
record ErasuresText(Map<Erasure, ErasureRecord> records, Instant now) {
  @Override
  public String toString() {
    if (records.isEmpty()) {
      return "No erasure is recorded.\n";
    }
    TextTable table =
        TextTable.whole(
            "recorded", "field", "sha256", "rows deleted", "state", "batch objects", "until");
    records.forEach(
        (erasure, record) -> {
          List<Copies.LandingObject> objects = record.copies(now).objects();
          table.row(
              second(erasure.recordedAt()),
              erasure.field().word(),
              erasure.sha256(),
              record.deleted().values().stream().mapToLong(Long::longValue).sum(),
              record.isUnfinished() ? "interrupted: run it again" : "done",
              objects.size(),
              last(objects));
        });
    return table.toString();
  }

  /** When the last of the objects is deleted. */
  private static String last(List<Copies.LandingObject> objects) {
    if (objects.stream().anyMatch(object -> object.until() == null)) {
      return "you delete them";
    }
    return objects.stream()
        .map(Copies.LandingObject::until)
        .max(Instant::compareTo)
        .map(ErasuresText::second)
        .orElse("");
  }

  private static String second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
