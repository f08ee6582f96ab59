package dev.millrace.loader.replay;

import dev.millrace.loader.LoadId;
import dev.millrace.loader.ports.Landing;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * Which objects of an archive are meant.
 *
 * @param prefix that their names begin with; empty for all
 * @param since created at this time or later; {@link Instant#MIN} for any
 * @param until created before this time; {@link Instant#MAX} for any
 * @param loadIds the load ids that are meant; empty for all
 */
public record Selection(String prefix, Instant since, Instant until, Set<String> loadIds) {
  /** Everything that is there. */
  public static final Selection ALL = new Selection("", Instant.MIN, Instant.MAX, Set.of());

  public Selection {
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(until, "until");
    loadIds = Set.copyOf(loadIds);
  }

  /** These up to a time. */
  public Selection until(Instant time) {
    return new Selection(prefix, since, time, loadIds);
  }

  /** Whether an object whose name begins with the prefix is meant. */
  boolean has(Landing.Listed object) {
    return !object.created().isBefore(since)
        && object.created().isBefore(until)
        && (loadIds.isEmpty() || loadIds.contains(LoadId.of(object.batch())));
  }
}
