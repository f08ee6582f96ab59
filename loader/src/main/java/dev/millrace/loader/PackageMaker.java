package dev.millrace.loader;

import dev.millrace.loader.dedup.EarlierEvents;
import dev.millrace.loader.erasure.Erasures;
import dev.millrace.loader.packages.Attempt;
import dev.millrace.loader.packages.Manifest;
import dev.millrace.loader.packages.Packages;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.ports.Warehouse.OtherColumn;
import dev.millrace.loader.read.BatchContent;
import dev.millrace.loader.read.ReadBatch;
import dev.millrace.loader.schema.SaveOutcome;
import dev.millrace.loader.schema.SchemaStore;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.loader.settings.Settings;
import dev.millrace.normalizer.NormalizedBatch;
import dev.millrace.normalizer.Normalizer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Steps 1 to 4 of the design: reads a batch, normalises it, evolves the schema and the tables, and
 * seals the package. Thread-safe.
 */
final class PackageMaker {
  private static final Logger LOG = System.getLogger(PackageMaker.class.getName());
  private static final int MAX_CLASHES = 5;

  private final Ports ports;
  private final Settings settings;
  private final Packages packages;
  private final SchemaStore schemas;
  private final BatchContent content;
  private final Erasures erasures;
  private final Clock clock;

  PackageMaker(
      Ports ports,
      Settings settings,
      Packages packages,
      SchemaStore schemas,
      BatchContent content,
      Clock clock) {
    this.ports = ports;
    this.settings = settings;
    this.packages = packages;
    this.schemas = schemas;
    this.content = content;
    this.erasures = new Erasures(ports.store().state());
    this.clock = clock;
  }

  /** Makes the package of a batch; another's, if that is sealed first. */
  Manifest make(LoadTry current) throws IOException {
    Optional<EarlierEvents> earlier =
        Optional.ofNullable(settings.periods().deduplication())
            .map(time -> clock.instant().minus(time))
            .map(since -> new EarlierEvents(ports.warehouse(), current.loadId(), since));
    for (int clash = 0; clash < MAX_CLASHES; clash++) {
      Attempt attempt = packages.attempt(current.batch(), current.loadId());
      Manifest manifest;
      try {
        manifest = fill(attempt, current, earlier);
      } catch (IOException | RuntimeException e) {
        packages.drop(attempt);
        throw e;
      }
      if (manifest != null) {
        Manifest sealed = packages.seal(attempt, manifest);
        current.steps().end("seal");
        return sealed;
      }
      packages.drop(attempt);
    }
    throw new LoadException(
        LoadError.RACE_LOST,
        "the schema or the tables were changed by others %d times while this batch was made ready"
            .formatted(MAX_CLASHES));
  }

  /** The manifest of a complete attempt, or null if it has to be made anew. */
  private Manifest fill(Attempt attempt, LoadTry current, Optional<EarlierEvents> earlier)
      throws IOException {
    BatchRef batch = current.batch();
    String loadId = current.loadId();
    StepTimes steps = current.steps();
    Instant startedAt = clock.instant();
    StoredSchema base = schemas.read();
    Normalizer normalizer =
        new Normalizer(
            base.schema(), base.rawPaths(), settings.normalizer(), loadId, attempt, attempt);
    normalizer.erasedIds(erasures.erasedIds());
    earlier.ifPresent(
        events -> {
          events.begin();
          normalizer.knownIds(events);
          normalizer.rootIds(events);
        });
    ReadBatch read = content.read(batch, normalizer);
    NormalizedBatch normalized = normalizer.finish();
    attempt.close();
    steps.end("normalize");
    if (earlier.isPresent() && isKnown(earlier.get(), steps)) {
      LOG.log(Level.DEBUG, "{0} is normalised again, without what earlier batches brought", batch);
      return null;
    }
    StoredSchema stored = evolved(current, base, normalized);
    steps.end("evolve");
    if (stored == null) {
      return null;
    }
    return new Manifest(
        loadId,
        attempt.id(),
        read.format().word(),
        read.bytes(),
        attempt.tables(normalized.schema()),
        attempt.badEvents(),
        Manifest.Counts.of(normalized),
        attempt.badByReason(),
        normalized.discardedValues(),
        guards(normalized, earlier),
        new Manifest.SchemaVersion(
            stored.schema().version(),
            stored.schema().versionHash(),
            stored.generation(),
            attempt.stage(stored.schema())),
        stored.broughtBy(loadId),
        startedAt,
        clock.instant());
  }

  private static boolean isKnown(EarlierEvents earlier, StepTimes steps) throws IOException {
    boolean found = earlier.found();
    steps.end("deduplicate");
    return found;
  }

  /** The schema that the tables were brought to, or null if the batch doesn't go with it. */
  private StoredSchema evolved(LoadTry current, StoredSchema base, NormalizedBatch normalized)
      throws IOException {
    BatchRef batch = current.batch();
    SaveOutcome outcome = schemas.save(base, normalized, current.loadId());
    if (outcome instanceof SaveOutcome.Clashed clashed) {
      LOG.log(Level.INFO, "{0} is normalised again: {1}", batch, clashed.detail());
      return null;
    }
    StoredSchema stored = ((SaveOutcome.Saved) outcome).stored();
    List<OtherColumn> others =
        ports.warehouse().evolve(stored.schema(), normalized.rows().keySet(), current.deadline());
    if (!others.isEmpty()) {
      schemas.adopt(stored, others);
      LOG.log(Level.INFO, "{0} is normalised again, for the tables have other types", batch);
      return null;
    }
    return stored;
  }

  private static Map<String, Long> guards(
      NormalizedBatch normalized, Optional<EarlierEvents> earlier) {
    Map<String, Long> guards = new LinkedHashMap<>(normalized.guards());
    earlier
        .filter(events -> events.skipped() > 0)
        .ifPresent(events -> guards.put(EarlierEvents.GUARD, events.skipped()));
    return guards;
  }
}
