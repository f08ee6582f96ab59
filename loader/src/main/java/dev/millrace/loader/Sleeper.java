package dev.millrace.loader;

import java.time.Duration;

/** Waits. */
@FunctionalInterface
public interface Sleeper {
  void sleep(Duration time) throws InterruptedException;
}
