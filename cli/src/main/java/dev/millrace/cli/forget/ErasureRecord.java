package dev.millrace.cli.forget;

import dev.millrace.loader.ports.BatchRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was done to forget a person, who is known by a hash alone.
 *
 * @param runs of the command, in their order
 * @param objects batch objects that held their events when they were deleted from the tables
 * @param packagesUntil until when load packages may hold them; null if none does
 */
record ErasureRecord(List<Run> runs, List<HoldingObject> objects, Instant packagesUntil) {
  static final ErasureRecord NONE = new ErasureRecord(List.of(), List.of(), null);

  ErasureRecord {
    runs = List.copyOf(runs);
    objects = List.copyOf(objects);
  }

  /**
   * One run of the command.
   *
   * @param finishedAt null if it was interrupted, or goes on
   * @param rows that it found, or, once it is finished, that it deleted; by table
   */
  record Run(Instant startedAt, Instant finishedAt, Map<String, Long> rows) {}

  /**
   * A batch object.
   *
   * @param until when it is deleted; null where nothing deletes it
   */
  record HoldingObject(String bucket, String object, long generation, Instant until) {
    Copies.LandingObject landed() {
      return new Copies.LandingObject(new BatchRef(bucket, object, generation), until);
    }
  }

  /** With a run that starts, and what it found beside the tables. */
  ErasureRecord started(Instant at, Map<String, Long> found, Copies copies) {
    List<Run> more = new ArrayList<>(runs);
    more.add(new Run(at, null, found));
    Map<String, HoldingObject> all = new LinkedHashMap<>();
    objects.forEach(each -> all.put(key(each), each));
    for (Copies.LandingObject each : copies.objects()) {
      HoldingObject holding =
          new HoldingObject(
              each.batch().bucket(), each.batch().name(), each.batch().generation(), each.until());
      all.put(key(holding), holding);
    }
    Instant until = copies.packagesUntil();
    boolean later = packagesUntil == null || (until != null && until.isAfter(packagesUntil));
    return new ErasureRecord(more, List.copyOf(all.values()), later ? until : packagesUntil);
  }

  /** What of it still holds their events: the tables tell it no more, once the rows are gone. */
  Copies copies(Instant now) {
    return Copies.leftOf(objects.stream().map(HoldingObject::landed).toList(), packagesUntil, now);
  }

  private static String key(HoldingObject object) {
    return object.bucket() + "/" + object.object() + "#" + object.generation();
  }

  /** With the run that started then finished. */
  ErasureRecord finished(Instant startedAt, Instant at, Map<String, Long> deleted) {
    List<Run> done = new ArrayList<>();
    for (Run run : runs) {
      done.add(run.startedAt().equals(startedAt) ? new Run(startedAt, at, deleted) : run);
    }
    return new ErasureRecord(done, objects, packagesUntil);
  }

  /** Rows that the runs which finished have deleted, by table. */
  Map<String, Long> deleted() {
    Map<String, Long> deleted = new LinkedHashMap<>();
    runs.stream()
        .filter(run -> run.finishedAt() != null)
        .forEach(run -> run.rows().forEach((table, n) -> deleted.merge(table, n, Long::sum)));
    return deleted;
  }

  /** Whether the last run did not get to its end. */
  boolean isUnfinished() {
    return !runs.isEmpty() && runs.get(runs.size() - 1).finishedAt() == null;
  }
}
