package dev.millrace.embedded.pubsub;

import com.google.pubsub.v1.PubsubMessage;

/**
 * An acknowledged message.
 *
 * @param id its message id
 * @param publishMicros when it was received, microseconds since 1970 UTC
 * @param content as the publisher sent it
 */
record ReceivedMessage(long id, long publishMicros, PubsubMessage content) {}
