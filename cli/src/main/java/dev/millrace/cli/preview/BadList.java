package dev.millrace.cli.preview;

import dev.millrace.normalizer.BadEvent;
import dev.millrace.normalizer.BadEventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts bad events and keeps the first of each reason, so that memory stays bounded. */
final class BadList implements BadEventSink {
  /** How many are kept of each reason. */
  static final int MOST_OF_A_REASON = 100;

  private final Map<String, Long> byReason = new TreeMap<>();
  private final List<SeenBad> first = new ArrayList<>();
  private int file;

  /** Sets which file the events that follow come from. */
  void readsFile(int index) {
    file = index;
  }

  @Override
  public void bad(BadEvent event) {
    if (byReason.merge(event.reason().code(), 1L, Long::sum) <= MOST_OF_A_REASON) {
      first.add(SeenBad.of(file, event));
    }
  }

  /** Bad events and dropped rows, by reason code. */
  Map<String, Long> byReason() {
    return byReason;
  }

  /** The first of each reason, in the order of the files. */
  List<SeenBad> first() {
    return first;
  }
}
