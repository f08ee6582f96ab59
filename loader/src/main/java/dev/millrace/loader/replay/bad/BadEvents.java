package dev.millrace.loader.replay.bad;

import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.ports.Warehouse.Settled;
import dev.millrace.loader.replay.ReplaySource;
import dev.millrace.loader.replay.Replayable;
import dev.millrace.loader.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Bad events as batches to load again, one for each load and reason. Which they are is looked up
 * once.
 */
public final class BadEvents implements ReplaySource {
  /** The bucket's name of all such batches; their objects are {@code <load id>/<reason>}. */
  public static final String BUCKET = BadBatch.BUCKET;

  private static final int PAGE = 1_000;

  private final Ports ports;
  private final Settings settings;
  private final BadEventTables tables;
  private final Landings landings;
  private final Clock clock;
  private final List<BadBatch> batches;

  private BadEvents(
      Ports ports,
      Settings settings,
      Dataset dataset,
      Landings landings,
      Clock clock,
      List<BadBatch> batches) {
    this.ports = ports;
    this.settings = settings;
    this.tables = new BadEventTables(dataset);
    this.landings = landings;
    this.clock = clock;
    this.batches = batches;
  }

  /** Looks the events up. Of a load that is not complete there are none. */
  public static BadEvents find(
      Ports ports,
      Settings settings,
      Dataset dataset,
      Landings landings,
      Clock clock,
      BadSelection selection)
      throws IOException {
    BadEventTables tables = new BadEventTables(dataset);
    List<BadBatch> batches = new ArrayList<>();
    if (tables.areThere()) {
      List<BadEventTables.Found> found = tables.found(selection);
      Set<String> complete = complete(ports, BadEventTables.distinct(found));
      Map<String, Original> originals = tables.originals(complete);
      for (BadEventTables.Found each : found) {
        Original original = originals.get(each.loadId());
        if (original != null) {
          batches.add(new BadBatch(each.loadId(), each.reason(), each.events(), original));
        }
      }
    }
    return new BadEvents(ports, settings, dataset, landings, clock, batches);
  }

  /** The load whose bad events a batch is made of, if it is such a batch. */
  public static Optional<String> sourceOf(BatchRef batch) {
    return batch.bucket().equals(BadBatch.BUCKET)
        ? Optional.of(BadBatch.loadOf(batch.name()))
        : Optional.empty();
  }

  private static Set<String> complete(Ports ports, Set<String> loadIds) throws IOException {
    Set<String> complete = new HashSet<>();
    List<String> all = List.copyOf(loadIds);
    for (int from = 0; from < all.size(); from += PAGE) {
      Set<String> page = Set.copyOf(all.subList(from, Math.min(all.size(), from + PAGE)));
      ports
          .warehouse()
          .settled(page)
          .forEach(
              (loadId, outcome) -> {
                if (outcome instanceof Settled.In) {
                  complete.add(loadId);
                }
              });
    }
    return complete;
  }

  /** How many events there are, loaded again before or not. */
  public long events() {
    return batches.stream().mapToLong(BadBatch::events).sum();
  }

  @Override
  public void list(Visitor visitor) throws IOException {
    for (BadBatch batch : batches) {
      visitor.batch(new Again(batch));
    }
  }

  @Override
  public int page() {
    return PAGE;
  }

  private final class Again implements Replayable {
    private final BadBatch bad;

    Again(BadBatch bad) {
      this.bad = bad;
    }

    @Override
    public String label() {
      return "%s of %s".formatted(bad.reason(), bad.original().batch());
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public BatchRef batch() {
      return bad.ref();
    }

    @Override
    public LoadOutcome load(Duration budget) {
      BadEventsContent content =
          new BadEventsContent(
              bad,
              tables,
              landings.of(bad.original().batch().bucket()).orElse(null),
              settings.normalizer().guards().eventBytes());
      return new Loader(ports, settings, content, clock).load(bad.ref(), budget);
    }
  }
}
