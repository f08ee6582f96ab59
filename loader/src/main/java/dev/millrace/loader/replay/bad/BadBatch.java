package dev.millrace.loader.replay.bad;

import dev.millrace.loader.ports.BatchRef;

/**
 * The bad events of one load that are bad for one reason, as a batch.
 *
 * @param loadId of the load
 * @param reason the code
 * @param events how many they are
 */
record BadBatch(String loadId, String reason, long events, Original original) {
  /** The bucket's name of all such batches. */
  static final String BUCKET = "bad_events";

  /** Which batch they are. */
  BatchRef ref() {
    return new BatchRef(BUCKET, loadId + "/" + reason, original.batch().generation());
  }

  /**
   * The load whose bad events such a batch is made of.
   *
   * @param object of the batch
   */
  static String loadOf(String object) {
    return object.substring(0, object.indexOf('/'));
  }
}
