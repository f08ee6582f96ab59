package dev.millrace.loader;

import dev.millrace.loader.ports.BatchRef;
import java.time.Instant;

/**
 * One try at loading a batch.
 *
 * @param deadline when to give up
 * @param steps told when each step has ended
 */
record LoadTry(BatchRef batch, String loadId, Instant deadline, StepTimes steps) {}
