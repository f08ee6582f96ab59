package dev.millrace.loader.dedup;

import dev.millrace.loader.ports.Warehouse;
import dev.millrace.normalizer.KnownIds;
import dev.millrace.normalizer.RootIdSink;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The events of one batch that earlier batches have brought: the batch is normalised, its ids are
 * looked up, and if any are known it is normalised again without those. Used by one thread.
 */
public final class EarlierEvents implements KnownIds, RootIdSink {
  /** What counts the events of a batch that is not looked up, among the guards. */
  public static final String GUARD = "deduplication_ids";

  private static final Logger LOG = System.getLogger(EarlierEvents.class.getName());

  /** Of ids in memory and in one query. */
  private static final int MAX_IDS = 500_000;

  private final Warehouse warehouse;
  private final String loadId;
  private final Instant since;
  private final int maxIds;
  private final Map<String, Set<String>> ids = new HashMap<>();
  private Set<String> known = Set.of();
  private long count;
  private boolean lookedUp;

  /**
   * @param loadId the batch's load id, whose own rows are no earlier ones
   * @param since events received before it are not looked for
   */
  public EarlierEvents(Warehouse warehouse, String loadId, Instant since) {
    this(warehouse, loadId, since, MAX_IDS);
  }

  EarlierEvents(Warehouse warehouse, String loadId, Instant since, int maxIds) {
    this.warehouse = warehouse;
    this.loadId = loadId;
    this.since = since;
    this.maxIds = maxIds;
  }

  @Override
  public boolean contains(byte[] id, int offset, int length) {
    return !known.isEmpty()
        && known.contains(new String(id, offset, length, StandardCharsets.UTF_8));
  }

  @Override
  public void rootId(String table, byte[] id, int offset, int length) {
    count++;
    if (count <= maxIds && !lookedUp) {
      ids.computeIfAbsent(table, name -> new HashSet<>())
          .add(new String(id, offset, length, StandardCharsets.UTF_8));
    }
  }

  /** To be called before the batch is normalised, each time. */
  public void begin() {
    count = 0;
    if (!lookedUp) {
      ids.clear();
    }
  }

  /**
   * Looks up the batch's ids, once: whether the batch has to be normalised again, for some of its
   * events are in already.
   */
  public boolean found() throws IOException {
    if (lookedUp || count == 0) {
      return false;
    }
    if (count > maxIds) {
      LOG.log(
          Level.WARNING,
          "Load {0} has {1} events, more than the {2} that are looked up: what earlier batches"
              + " brought of them is loaded again",
          loadId,
          Long.toString(count),
          Integer.toString(maxIds));
      return false;
    }
    known = warehouse.present(ids, since, loadId);
    lookedUp = true;
    ids.clear();
    return !known.isEmpty();
  }

  /** Events that could not be looked up because there were too many. */
  public long skipped() {
    return lookedUp || count <= maxIds ? 0 : count;
  }
}
