package dev.millrace.tests.bench.collector;

/**
 * What a load came to.
 *
 * @param perSecond requests that were answered
 * @param refused how many of all were not answered with 200
 */
record Outcome(double perSecond, double p50Millis, double p99Millis, long refused) {}
