package dev.millrace.loader;

import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.read.BatchReader;
import dev.millrace.loader.settings.Settings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** A loader that does not wait before it tries again, but moves its clock instead. */
public final class HurriedLoader {
  private HurriedLoader() {}

  /** Makes one; others over the same clock see its time go by. */
  public static Loader of(Ports ports, Settings settings, Time time) {
    return of(ports, settings, time, BatchReader.DEFAULT_MAX_UNPACKED_BYTES);
  }

  /**
   * The same.
   *
   * @param maxUnpackedBytes of an object
   */
  public static Loader of(Ports ports, Settings settings, Time time, long maxUnpackedBytes) {
    return new Loader(
        ports,
        settings,
        new BatchReader(maxUnpackedBytes),
        new Loader.Surroundings(time, time::pass, new SecureRandom()));
  }

  /** The system's time, and what waits would have added to it. Thread-safe. */
  public static final class Time extends Clock {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    /** Lets time go by. */
    public void pass(Duration time) {
      ahead.accumulateAndGet(time, Duration::plus);
    }

    @Override
    public Instant instant() {
      return Clock.systemUTC().instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
      return Clock.systemUTC().getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("this clock is of UTC");
    }
  }
}
