package dev.millrace.cli.forget;

import dev.millrace.loader.LoadId;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.replay.bad.BadEvents;
import dev.millrace.loader.settings.Settings;
import dev.millrace.loader.system.SystemTables;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What holds a person's events outside of the tables: the batch objects that they came in, and the
 * load packages that were made of them.
 *
 * @param objects by load id
 * @param packagesUntil when the last of the load packages is deleted; null where none is kept once
 *     it is loaded
 */
record Copies(List<LandingObject> objects, Instant packagesUntil) {
  /** As the staging bucket's lifecycle rule in terraform/buckets.tf has it. */
  private static final Duration PACKAGES_KEPT = Duration.ofDays(40);

  /** As terraform/function.tf writes it where the landing bucket deletes nothing. */
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private static final int PAGE = 1_000;

  Copies {
    objects = List.copyOf(objects);
  }

  /**
   * A batch object.
   *
   * @param until when the landing bucket's lifecycle rule deletes it; null where nothing does
   */
  record LandingObject(BatchRef batch, Instant until) {
    String loadId() {
      return LoadId.of(batch);
    }
  }

  /** What is left of some copies when a time has come. */
  static Copies leftOf(Collection<LandingObject> objects, Instant packagesUntil, Instant now) {
    List<LandingObject> left =
        objects.stream()
            .filter(object -> object.until() == null || object.until().isAfter(now))
            .toList();
    boolean packages = packagesUntil != null && packagesUntil.isAfter(now);
    return new Copies(left, packages ? packagesUntil : null);
  }

  /** These and others, each once. */
  Copies and(Copies others) {
    Map<String, LandingObject> all = new TreeMap<>();
    Stream.concat(others.objects.stream(), objects.stream())
        .forEach(object -> all.put(object.loadId(), object));
    return new Copies(List.copyOf(all.values()), later(packagesUntil, others.packagesUntil));
  }

  /**
   * Those of some loads, as the dataset itself tells them, without those that are deleted by now.
   */
  static Copies of(Questions questions, Settings settings, Collection<String> loadIds, Instant now)
      throws IOException {
    boolean cloud = settings.portsKind().equals("google");
    Duration retention = settings.periods().landingRetention();
    Duration kept = cloud && retention.compareTo(FOR_EVER) < 0 ? retention : null;
    Map<String, LandingObject> objects = new TreeMap<>();
    Instant[] lastSealed = {null};
    List<String> all = new ArrayList<>(loadIds);
    // It grows: of bad events that were loaded again, the object that they came in is looked for.
    for (int from = 0; from < all.size(); ) {
      int to = Math.min(all.size(), from + PAGE);
      List<String> more = new ArrayList<>();
      Condition where = Ids.of(all.subList(from, to)).in("load_id").and("state = ?", "loaded");
      questions.ask(
          "SELECT load_id, bucket, object, generation, sealed_at FROM %s WHERE %s"
              .formatted(questions.dataset().table(SystemTables.BATCHES.name()), where.sql()),
          where.values(),
          row -> {
            BatchRef batch = new BatchRef(row.text(1), row.text(2), row.number(3));
            BadEvents.sourceOf(batch)
                .ifPresentOrElse(more::add, () -> objects.put(row.text(0), object(batch, kept)));
            lastSealed[0] = later(lastSealed[0], row.time(4));
          });
      more.stream().filter(source -> !all.contains(source)).forEach(all::add);
      from = to;
    }
    Instant packagesUntil =
        cloud && lastSealed[0] != null ? lastSealed[0].plus(PACKAGES_KEPT) : null;
    return leftOf(objects.values(), packagesUntil, now);
  }

  private static LandingObject object(BatchRef batch, Duration kept) {
    Instant created = Instant.EPOCH.plus(batch.generation(), ChronoUnit.MICROS);
    return new LandingObject(batch, kept == null ? null : created.plus(kept));
  }

  private static Instant later(Instant one, Instant other) {
    return other == null || (one != null && one.isAfter(other)) ? one : other;
  }
}
