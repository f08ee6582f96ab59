package dev.millrace.loader.read;

/**
 * A Pub/Sub message, as a Cloud Storage subscription wrote it.
 *
 * @param id Pub/Sub's message id; null where the object has no metadata
 * @param publishTimeMicros microseconds since 1970 UTC; 0 where the object has no metadata
 * @param isPack whether its attributes say that the payload is many events, packed; false where the
 *     object has no metadata
 * @param data the payload
 */
record PubsubMessage(String id, long publishTimeMicros, boolean isPack, byte[] data) {}
