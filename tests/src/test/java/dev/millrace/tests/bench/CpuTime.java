package dev.millrace.tests.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The processor time that this process has used, all its threads together: unlike a clock on the
 * wall it does not run while other programs have the core.
 */
public final class CpuTime {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private CpuTime() {}

  public static long nanos() {
    return SYSTEM.getProcessCpuTime();
  }

  /** Seconds since {@link #nanos} gave {@code startNanos}. */
  public static double secondsSince(long startNanos) {
    return (nanos() - startNanos) / 1e9;
  }
}
