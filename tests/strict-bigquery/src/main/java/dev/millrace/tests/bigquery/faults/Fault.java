package dev.millrace.tests.bigquery.faults;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What is to go wrong, and when.
 *
 * @param kinds the kinds of calls that it is about; empty for any
 * @param target a part of the calls' {@link Call#target} or {@link Call#jobId}; empty for any
 */
public record Fault(
    Set<CallKind> kinds, String target, Occasion occasion, Misbehaviour misbehaviour) {
  public Fault {
    kinds = Set.copyOf(kinds);
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(occasion, "occasion");
    Objects.requireNonNull(misbehaviour, "misbehaviour");
  }

  /** On any call. */
  public static Fault onAny(Occasion occasion, Misbehaviour misbehaviour) {
    return new Fault(Set.of(), "", occasion, misbehaviour);
  }

  public static Fault on(CallKind kind, Occasion occasion, Misbehaviour misbehaviour) {
    return new Fault(EnumSet.of(kind), "", occasion, misbehaviour);
  }

  public static Fault on(List<CallKind> kinds, Occasion occasion, Misbehaviour misbehaviour) {
    return new Fault(Set.copyOf(kinds), "", occasion, misbehaviour);
  }

  /** The same, about calls with this in their target or job id only. */
  public Fault about(String part) {
    return new Fault(kinds, part, occasion, misbehaviour);
  }

  boolean isAbout(CallKind kind, String callTarget, String jobId) {
    return (kinds.isEmpty() || kinds.contains(kind))
        && (callTarget.contains(target) || jobId.contains(target));
  }
}
