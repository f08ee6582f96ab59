package dev.millrace.tests.bench;

/** One of those that a benchmark lets read the same events, in turns. */
interface Contestant {
  /** As the report calls it. */
  String name();

  /** Passes over the file in a round, so that a round takes long enough to be timed. */
  int passesPerRound();

  /** Reads all events once and returns the processor time that took, in seconds. */
  double pass() throws Exception;

  /** The mean of a round's passes, in seconds. */
  default double round() throws Exception {
    double seconds = 0;
    for (int pass = 0; pass < passesPerRound(); pass++) {
      seconds += pass();
    }
    return seconds / passesPerRound();
  }
}
