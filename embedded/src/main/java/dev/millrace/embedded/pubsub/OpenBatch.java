package dev.millrace.embedded.pubsub;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** The batch in the making: its journal, and how near it is to its limits. */
final class OpenBatch {
  private static final System.Logger LOG = System.getLogger(OpenBatch.class.getName());

  private final Journal journal;
  private final String objectName;
  private final BatchLimits limits;
  private final Instant started;
  private long messages;
  private long objectBytes;

  OpenBatch(Journal journal, String objectName, BatchLimits limits, Instant started) {
    this.journal = journal;
    this.objectName = objectName;
    this.limits = limits;
    this.started = started;
  }

  /** How many of the first publishes fit in; at least 1 if the batch is empty. */
  int room(List<Publish> publishes) {
    long withMessages = messages;
    long withBytes = objectBytes;
    int fit = 0;
    for (Publish each : publishes) {
      withMessages += each.messages();
      withBytes += each.objectBytes();
      boolean over = withMessages > limits.maxMessages() || withBytes > limits.maxBytes();
      if (over && !(fit == 0 && messages == 0)) {
        break;
      }
      fit++;
    }
    return fit;
  }

  /** Writes them all, or throws and none is in the batch. */
  void add(List<Publish> publishes) throws IOException {
    journal.append(publishes.stream().map(Publish::record).toList());
    for (Publish each : publishes) {
      messages += each.messages();
      objectBytes += each.objectBytes();
    }
  }

  /** Also once the clock was set back, for then nobody knows how long it has lasted. */
  boolean isDue(Instant now) {
    return now.isBefore(started) || !now.isBefore(started.plus(limits.maxDuration()));
  }

  /** Whether it has reached a limit, or can't take any more. */
  boolean isFull() {
    return messages >= limits.maxMessages()
        || objectBytes >= limits.maxBytes()
        || journal.isBroken();
  }

  SealedBatch seal() {
    try {
      journal.close();
    } catch (IOException e) {
      // What was acknowledged is in the file already, so it is finalised all the same.
      LOG.log(System.Logger.Level.WARNING, "The journal " + journal.path() + " did not close.", e);
    }
    return new SealedBatch(journal.path(), objectName, journal.goodBytes());
  }
}
