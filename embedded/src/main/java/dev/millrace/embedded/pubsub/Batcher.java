package dev.millrace.embedded.pubsub;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Puts publishes into the batch in the making, and seals it at its limits. Publishes that come
 * while one is being written are written together after it, by one of the threads that brought
 * them.
 */
final class Batcher implements Closeable {
  private final JournalFolder journals;
  private final BatchLimits limits;
  private final Clock clock;
  private final Consumer<SealedBatch> sealed;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private List<Publish> waiting = new ArrayList<>();
  private boolean taken;
  // Touched only by the thread that has taken the batcher. Null if no batch is started.
  private OpenBatch open;

  /**
   * @param sealed is given each sealed batch, and must not block
   */
  Batcher(JournalFolder journals, BatchLimits limits, Clock clock, Consumer<SealedBatch> sealed) {
    this.journals = journals;
    this.limits = limits;
    this.clock = clock;
    this.sealed = sealed;
  }

  /** Returns when the publish is in a journal; throws if it is in none. */
  void add(Publish publish) throws IOException {
    lock.lock();
    List<Publish> group;
    try {
      waiting.add(publish);
      while (taken && !publish.isSettled()) {
        freed.awaitUninterruptibly();
      }
      if (publish.isSettled()) {
        throwIfRefused(publish);
        return;
      }
      taken = true;
      group = waiting;
      waiting = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    try {
      write(group);
    } finally {
      free(group);
    }
    throwIfRefused(publish);
  }

  /** Seals the batch in the making if it has lasted its time. */
  void sealIfDue() {
    take();
    try {
      if (open != null && open.isDue(clock.instant())) {
        seal();
      }
    } finally {
      free(List.of());
    }
  }

  /** Seals what is in the making. Nothing may be added any more. */
  @Override
  public void close() {
    take();
    try {
      if (open != null) {
        seal();
      }
    } finally {
      free(List.of());
    }
  }

  private void take() {
    lock.lock();
    try {
      while (taken) {
        freed.awaitUninterruptibly();
      }
      taken = true;
    } finally {
      lock.unlock();
    }
  }

  private void free(List<Publish> group) {
    lock.lock();
    try {
      for (Publish each : group) {
        if (!each.isSettled()) {
          each.refuse(new IOException("The publish was not written; try again."));
        }
      }
      taken = false;
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static void throwIfRefused(Publish publish) throws IOException {
    if (publish.refusal() != null) {
      throw new IOException(publish.refusal().getMessage(), publish.refusal());
    }
  }

  private void write(List<Publish> group) {
    List<Publish> left = group;
    try {
      while (!left.isEmpty()) {
        if (open == null) {
          open = journals.start(limits, clock.instant());
        }
        int fit = open.room(left);
        if (fit == 0) {
          seal();
          continue;
        }
        List<Publish> run = left.subList(0, fit);
        open.add(run);
        run.forEach(Publish::accept);
        left = left.subList(fit, left.size());
        if (open.isFull()) {
          seal();
        }
      }
    } catch (IOException e) {
      left.forEach(each -> each.refuse(e));
      if (open != null && open.isFull()) {
        seal();
      }
    }
  }

  private void seal() {
    SealedBatch batch = open.seal();
    open = null;
    sealed.accept(batch);
  }
}
