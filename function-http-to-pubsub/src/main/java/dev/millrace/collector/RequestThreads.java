package dev.millrace.collector;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread a request. From JDK 24 on they are virtual, and clients that stall cost next to
 * nothing; before, 256 at most, and connections beyond are closed at once. (JDK 21 has virtual
 * threads, but there a request that waits for its body would hold a real one.)
 */
final class RequestThreads {
  private static final int FIRST_WITHOUT_PINNING = 24;
  private static final int MOST_PLATFORM_THREADS = 256;
  private static final int STACK_BYTES = 256 << 10;

  private RequestThreads() {}

  static ExecutorService start() {
    return Runtime.version().feature() >= FIRST_WITHOUT_PINNING ? virtual() : platform();
  }

  /** By reflection, for this is compiled for JDK 17. */
  private static ExecutorService virtual() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK has no virtual threads", e);
    }
  }

  private static ExecutorService platform() {
    return new ThreadPoolExecutor(
        0,
        MOST_PLATFORM_THREADS,
        30,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(null, work, "collector", STACK_BYTES);
          thread.setDaemon(true);
          return thread;
        });
  }
}
