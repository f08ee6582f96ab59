package dev.millrace.tests.bigquery.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The faults that have been told, with what is counted for each. Thread-safe. */
public final class Faults {
  private static final class Told {
    final Fault fault;
    final Random random;
    long seen;
    long befallen;

    Told(Fault fault) {
      this.fault = fault;
      this.random =
          fault.occasion() instanceof Occasion.Random chosen ? new Random(chosen.seed()) : null;
    }

    boolean befalls() {
      seen++;
      boolean now =
          fault.occasion() instanceof Occasion.Span span
              ? seen >= span.first() && seen <= span.last()
              : random.nextDouble() < ((Occasion.Random) fault.occasion()).rate();
      befallen += now ? 1 : 0;
      return now;
    }
  }

  private final List<Told> told = new ArrayList<>();

  public synchronized void add(Fault fault) {
    told.add(new Told(fault));
  }

  public synchronized void clear() {
    told.clear();
  }

  /** How often any fault has befallen a call. */
  public synchronized long befallen() {
    return told.stream().mapToLong(each -> each.befallen).sum();
  }

  /** What befalls this call; null if nothing does. All count it, the one told first acts. */
  public synchronized Misbehaviour onto(CallKind kind, String target, String jobId) {
    Misbehaviour first = null;
    for (Told each : told) {
      if (each.fault.isAbout(kind, target, jobId) && each.befalls() && first == null) {
        first = each.fault.misbehaviour();
      }
    }
    return first;
  }
}
