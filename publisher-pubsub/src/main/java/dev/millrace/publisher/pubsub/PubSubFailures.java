package dev.millrace.publisher.pubsub;

import com.google.api.gax.rpc.ApiException;
import com.google.pubsub.v1.TopicName;
import dev.millrace.publisher.TransportException;
import java.io.IOException;

/** Says what a failure of Google's client means, and what to do about it. */
final class PubSubFailures {
  private final TopicName topic;
  private final String endpoint;

  /**
   * @param endpoint host and port, as a person would recognise them
   */
  PubSubFailures(TopicName topic, String endpoint) {
    this.topic = topic;
    this.endpoint = endpoint;
  }

  TransportException explain(Throwable failure) {
    return new TransportException(sentence(failure), failure);
  }

  /** Pub/Sub refuses the message itself, and would again. */
  TransportException rejected(Throwable failure) {
    return TransportException.eventRejected(
        "Pub/Sub refuses the event's message for " + topic + ": " + failure.getMessage(), failure);
  }

  /** No credentials were found, or those that were found can't be used. */
  TransportException noCredentials(IOException failure) {
    return new TransportException(
        "There are no Google credentials to publish to "
            + topic
            + " with. Run `gcloud auth application-default login`, or set PUBSUB_EMULATOR_HOST to"
            + " publish to a local endpoint.",
        failure);
  }

  private String sentence(Throwable failure) {
    if (!(failure instanceof ApiException api)) {
      return "Publishing to " + topic + " failed: " + failure;
    }
    return switch (api.getStatusCode().getCode()) {
      case NOT_FOUND ->
          "The topic "
              + topic
              + " isn't there. Create it with `gcloud pubsub topics create "
              + topic.getTopic()
              + " --project="
              + topic.getProject()
              + "`, or check both names.";
      case PERMISSION_DENIED, UNAUTHENTICATED ->
          "Publishing to "
              + topic
              + " is refused. The account needs roles/pubsub.publisher on the topic; see which one"
              + " it is with `gcloud auth list`.";
      case UNAVAILABLE, DEADLINE_EXCEEDED ->
          "Nobody answered at " + endpoint + " for " + topic + " in time.";
      default ->
          "Publishing to "
              + topic
              + " failed with "
              + api.getStatusCode().getCode()
              + ": "
              + api.getMessage();
    };
  }
}
