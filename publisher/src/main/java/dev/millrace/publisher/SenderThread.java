package dev.millrace.publisher;

import java.util.concurrent.atomic.AtomicBoolean;

/** The publisher's one thread: a daemon, started by the first event. */
final class SenderThread {
  private final AtomicBoolean started = new AtomicBoolean();
  private final Sender sender;

  SenderThread(Sender sender) {
    this.sender = sender;
  }

  void start() {
    if (!started.get() && started.compareAndSet(false, true)) {
      Thread thread = new Thread(sender, "millrace-publisher");
      thread.setDaemon(true);
      thread.start();
    }
  }
}
