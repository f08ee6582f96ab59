package dev.millrace.publisher;

import dev.millrace.publisher.spool.Spool;
import java.util.List;
import java.util.Optional;

/** Moves events from the queue and the spool to the transport, on a thread of its own. */
final class Sender implements Runnable {
  // Small, because calls that spool an event wait for a read to end.
  private static final int EVENTS_A_READ = 256;
  private static final long BYTES_A_READ = 256 << 10;

  private final OutboundQueue queue;
  private final Spool spool;
  private final Transport transport;
  private final Settlement settlement;
  private final Tally tally;
  private final TroubleLog log;

  Sender(
      OutboundQueue queue,
      Spool spool,
      Transport transport,
      Settlement settlement,
      Tally tally,
      TroubleLog log) {
    this.queue = queue;
    this.spool = spool;
    this.transport = transport;
    this.settlement = settlement;
    this.tally = tally;
    this.log = log;
  }

  @Override
  public void run() {
    try {
      Optional<OutboundQueue.Work> work = queue.take();
      while (work.isPresent()) {
        work.get().events().forEach(this::send);
        if (work.get().flush()) {
          flush();
        }
        refill();
        work = queue.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(PendingEvent event) {
    if (queue.isStopped()) {
      return;
    }
    try {
      transport
          .send(event.payload(), event.attributes())
          .whenComplete(
              (id, failure) -> {
                if (failure == null) {
                  settlement.delivered(event, id);
                } else {
                  settlement.failed(event, failure);
                }
              });
    } catch (RuntimeException | Error e) {
      // Whatever the transport throws, the event must be accounted for and the others must go on.
      settlement.failed(event, e);
    }
  }

  private void flush() {
    try {
      transport.flush();
    } catch (RuntimeException | Error e) {
      log.warn(Trouble.FLUSH_FAILED, "Flushing the transport failed: " + Settlement.sentence(e));
    }
  }

  private void refill() {
    if (!spool.exists() || !queue.needsRefill()) {
      return;
    }
    QueueLevel level = queue.level();
    int most = (int) Math.min(EVENTS_A_READ, level.maxEvents() - level.events());
    long mostBytes = Math.min(BYTES_A_READ, level.maxBytes().bytes() - level.bytes().bytes());
    synchronized (spool) {
      List<PendingEvent> events =
          spool.read(most, mostBytes).stream().map(PendingEvent::of).toList();
      queue.addFromDisk(events, spool.unread() > 0);
    }
    tally.lost(spool.takeLost());
    spool.findings().forEach(finding -> log.warn(Trouble.SPOOL_DAMAGED, finding));
  }
}
