package dev.millrace.function;

import dev.millrace.function.log.LogLine;
import dev.millrace.function.log.OutcomeLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the lines. */
final class FakeLog implements OutcomeLog {
  /** The framework makes the entries itself, so they can only share it this way. */
  static final FakeLog SHARED = new FakeLog();

  final List<LogLine> lines = new CopyOnWriteArrayList<>();

  @Override
  public void write(LogLine line) {
    lines.add(line);
  }
}
