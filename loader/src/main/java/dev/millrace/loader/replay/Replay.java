package dev.millrace.loader.replay;

import dev.millrace.loader.LoadId;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.loader.ports.Warehouse.Settled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Loads batches again, those that are not in. It asks the dataset first, for the warehouse may have
 * forgotten old load jobs. It may be interrupted anywhere: another run finds what is in, and goes
 * on with the rest. Memory is bounded however many batches there are.
 */
public final class Replay {
  private final Warehouse warehouse;
  private final ReplayPlan plan;
  private final LoadQuota quota;
  private final ReplayListener listener;

  public Replay(Warehouse warehouse, ReplayPlan plan, LoadQuota quota, ReplayListener listener) {
    this.warehouse = Objects.requireNonNull(warehouse, "warehouse");
    this.plan = Objects.requireNonNull(plan, "plan");
    this.quota = Objects.requireNonNull(quota, "quota");
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  /**
   * Loads what is missing of a source.
   *
   * @throws IOException if the source can't be listed or the dataset can't be asked; what was
   *     loaded before stays so
   */
  public ReplayReport run(ReplaySource source) throws IOException {
    long[] total = {0};
    source.list(batch -> total[0]++);
    try (ReplayThreads threads = new ReplayThreads(plan, quota, listener)) {
      Run run = new Run(threads, total[0], source.page());
      source.list(run::add);
      run.endPage();
      return run.tally.report();
    }
  }

  /** One run over a source. */
  private final class Run {
    private final ReplayTally tally = new ReplayTally();
    private final List<Replayable> page = new ArrayList<>();
    private final ReplayThreads threads;
    private final long total;
    private final int pageSize;

    Run(ReplayThreads threads, long total, int pageSize) {
      this.threads = threads;
      this.total = total;
      this.pageSize = pageSize;
    }

    void add(Replayable batch) throws IOException {
      page.add(batch);
      if (page.size() == pageSize) {
        endPage();
      }
    }

    void endPage() throws IOException {
      if (page.isEmpty()) {
        return;
      }
      List<String> loadIds = new ArrayList<>();
      for (Replayable batch : page) {
        loadIds.add(loadId(batch));
      }
      Set<String> known = new HashSet<>(loadIds);
      known.remove(null);
      Map<String, Settled> settled = warehouse.settled(known);
      List<Replayable> missing = new ArrayList<>();
      for (int i = 0; i < page.size(); i++) {
        String loadId = loadIds.get(i);
        if (loadId == null) {
          continue;
        }
        Settled outcome = settled.get(loadId);
        if (outcome instanceof Settled.In) {
          tally.before();
        } else if (outcome instanceof Settled.Failed why && !plan.failedToo()) {
          tally.failedBefore(page.get(i).label(), loadId, why);
        } else {
          missing.add(page.get(i));
        }
      }
      listener.progress(total, tally.report());
      threads.load(missing, this::done);
      page.clear();
    }

    /** Null if it can't be told; then that is counted. */
    private String loadId(Replayable batch) {
      try {
        return LoadId.of(batch.batch());
      } catch (LoadException e) {
        tally.left(batch.label(), null, e.error(), e.getMessage());
      } catch (IOException e) {
        tally.left(batch.label(), null, LoadError.UNAVAILABLE, ReplayThreads.sentence(e));
      }
      return null;
    }

    private void done(Replayable batch, LoadOutcome outcome) {
      tally.outcome(batch.label(), outcome);
      if (outcome instanceof LoadOutcome.Loaded loaded) {
        listener.loaded(loaded.report());
      }
      listener.progress(total, tally.report());
    }
  }
}
