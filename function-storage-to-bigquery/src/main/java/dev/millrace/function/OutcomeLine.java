package dev.millrace.function;

import dev.millrace.function.log.LogLine;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.LoadReport;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadError.Blame;
import dev.millrace.normalizer.BadReason;
import java.lang.System.Logger.Level;
import java.util.Locale;

/** Describes what became of a batch: counts, durations and identifiers. */
final class OutcomeLine {
  private static final String REFUSED = "refused_by_warehouse";

  /** The topic's publishers pack events, and its subscription writes text, which can't say so. */
  private static final String PACKED_IN_TEXT = BadReason.PACKED_IN_TEXT.code();

  private OutcomeLine() {}

  static LogLine of(LoadOutcome outcome) {
    if (outcome instanceof LoadOutcome.Loaded loaded) {
      return loaded(loaded.report());
    }
    if (outcome instanceof LoadOutcome.AlreadyLoaded already) {
      return new LogLine(Level.INFO, "already_loaded").with("load_id", already.loadId());
    }
    if (outcome instanceof LoadOutcome.FailedForGood failed) {
      return new LogLine(Level.ERROR, "failed_for_good")
          .with("load_id", failed.loadId())
          .with(failed.error(), failed.detail());
    }
    LoadOutcome.TryAgain again = (LoadOutcome.TryAgain) outcome;
    return new LogLine(level(again.error()), "try_again")
        .with("load_id", again.loadId())
        .with(again.error(), again.detail());
  }

  private static Level level(LoadError error) {
    return error.blame() == Blame.PASSING ? Level.WARNING : Level.ERROR;
  }

  private static LogLine loaded(LoadReport report) {
    LogLine line =
        new LogLine(level(report), "loaded")
            .with("load_id", report.loadId())
            .with("read", report.read())
            .with("loaded", report.loaded())
            .with("duplicate", report.duplicate())
            .with("bad", report.bad())
            .with("bytes", report.bytes())
            .with("tables", report.rows().size())
            .with("rows", report.rows().values().stream().mapToLong(Long::longValue).sum())
            .with("schema_changes", report.changes().size());
    report.badByReason().forEach((reason, times) -> line.with("bad_" + reason, times));
    report.guards().forEach((guard, times) -> line.with("guard_" + guard, times));
    report.times().steps().forEach(line::with);
    if (report.refused() > 0) {
      line.with("refused", report.refused())
          .with("code", REFUSED)
          .with("blame", Blame.US.name().toLowerCase(Locale.ROOT));
    } else if (isPackedInText(report)) {
      line.with("code", PACKED_IN_TEXT)
          .with("blame", Blame.CONFIGURATION.name().toLowerCase(Locale.ROOT));
    }
    return line;
  }

  private static Level level(LoadReport report) {
    if (report.refused() > 0 || isPackedInText(report)) {
      return Level.ERROR;
    }
    return report.guards().isEmpty() ? Level.INFO : Level.WARNING;
  }

  private static boolean isPackedInText(LoadReport report) {
    return report.badByReason().getOrDefault(PACKED_IN_TEXT, 0L) > 0;
  }
}
