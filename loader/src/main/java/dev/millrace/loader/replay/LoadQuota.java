package dev.millrace.loader.replay;

import dev.millrace.loader.Sleeper;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.system.SystemTables;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps a replay within limits: counts the load jobs of the last day, by the hour, and lets batches
 * wait for their turn. Thread-safe.
 */
public final class LoadQuota {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int HOURS = 24;

  /** By which a batch's outcome is written, beside its event tables. */
  private static final int COMMIT_JOBS = SystemTables.ALL.size();

  private final LoadLimits limits;
  private final Clock clock;
  private final Sleeper sleeper;
  private final TreeMap<Instant, Hour> hours = new TreeMap<>();
  private Instant next = Instant.MIN;

  /** The jobs that began in an hour. */
  private static final class Hour {
    private long jobs;
    private final Map<String, Long> ofTable = new HashMap<>();
  }

  public LoadQuota(LoadLimits limits, Clock clock, Sleeper sleeper) {
    this.limits = Objects.requireNonNull(limits, "limits");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.sleeper = Objects.requireNonNull(sleeper, "sleeper");
  }

  /** No limits. */
  public static LoadQuota none() {
    return new LoadQuota(LoadLimits.NONE, Clock.systemUTC(), time -> {});
  }

  /** Counts the jobs that the dataset says were done in the last day, by whomever. */
  public void count(Dataset dataset) throws IOException {
    if (limits.equals(LoadLimits.NONE)
        || !dataset.tables().containsKey(SystemTables.BATCHES.name())) {
      return;
    }
    dataset.query(
        "SELECT recorded_at, load_jobs FROM %s WHERE recorded_at >= ? AND state = 'loaded'"
            .formatted(dataset.table(SystemTables.BATCHES.name())),
        List.of(clock.instant().minus(HOURS, ChronoUnit.HOURS)),
        row -> {
          Instant hour = row.time(0).truncatedTo(ChronoUnit.HOURS);
          add(hour, SystemTables.LOADS.name(), COMMIT_JOBS, 1);
          jobs(row.text(1)).forEach((table, jobs) -> add(hour, table, jobs, jobs));
        });
  }

  private static Map<String, Long> jobs(String json) {
    Map<String, Long> jobs = new HashMap<>();
    try {
      JsonNode tables = JSON.readTree(json == null ? "{}" : json);
      tables.properties().forEach(each -> jobs.put(each.getKey(), (long) each.getValue().size()));
    } catch (JacksonException e) {
      // What somebody else wrote there has had jobs too, nobody knows how many.
      return Map.of();
    }
    return jobs;
  }

  /**
   * Waits for a batch's turn.
   *
   * @param listener told where the day's quota is waited for
   */
  public void await(ReplayListener listener) throws InterruptedException {
    boolean told = false;
    while (true) {
      Duration wait;
      synchronized (this) {
        Instant now = clock.instant();
        forget(now);
        boolean usedUp = isUsedUp();
        if (!usedUp && !now.isBefore(next)) {
          next = now.plus(limits.apart());
          add(hour(now), SystemTables.LOADS.name(), COMMIT_JOBS, 1);
          return;
        }
        Instant until = usedUp ? hour(now).plus(1, ChronoUnit.HOURS) : next;
        if (usedUp && !told) {
          told = true;
          listener.waiting(until);
        }
        wait = Duration.between(now, until);
      }
      sleeper.sleep(wait);
    }
  }

  /** Counts the load jobs of a batch that is loaded. */
  synchronized void used(Iterable<String> tables) {
    Instant hour = hour(clock.instant());
    tables.forEach(table -> add(hour, table, 1, 1));
  }

  private synchronized void add(Instant hour, String table, long jobs, long ofTable) {
    Hour counted = hours.computeIfAbsent(hour, begin -> new Hour());
    counted.jobs += jobs;
    counted.ofTable.merge(table, ofTable, Long::sum);
  }

  private boolean isUsedUp() {
    long jobs = 0;
    Map<String, Long> ofTable = new HashMap<>();
    for (Hour hour : hours.values()) {
      jobs += hour.jobs;
      hour.ofTable.forEach((table, count) -> ofTable.merge(table, count, Long::sum));
    }
    return jobs >= limits.jobsADay()
        || ofTable.values().stream().anyMatch(count -> count >= limits.jobsOfATableADay());
  }

  private void forget(Instant now) {
    hours.headMap(hour(now).minus(HOURS, ChronoUnit.HOURS), true).clear();
  }

  private static Instant hour(Instant time) {
    return time.truncatedTo(ChronoUnit.HOURS);
  }
}
