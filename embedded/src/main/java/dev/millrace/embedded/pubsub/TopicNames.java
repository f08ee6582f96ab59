package dev.millrace.embedded.pubsub;

import java.util.regex.Pattern;

/**
 * The one topic and its one Cloud Storage subscription.
 *
 * @param project the project's id
 * @param topic the topic's id, without {@code projects/…/topics/}
 * @param subscription the subscription's id, likewise
 */
public record TopicNames(String project, String topic, String subscription) {
  private static final Pattern PROJECT = Pattern.compile("[a-z][a-z0-9.:-]{1,61}[a-z0-9]");
  private static final Pattern ID = Pattern.compile("(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}");

  public TopicNames {
    if (project == null || !PROJECT.matcher(project).matches()) {
      throw new IllegalArgumentException(
          "The project '"
              + project
              + "' is not a project id: 3 to 63 lower-case letters, digits and '-', a letter first.");
    }
    requireId("topic", topic);
    requireId("subscription", subscription);
  }

  /** The topic as clients name it. */
  String topicPath() {
    return "projects/" + project + "/topics/" + topic;
  }

  /** The subscription as Avro batches name it. */
  String subscriptionPath() {
    return "projects/" + project + "/subscriptions/" + subscription;
  }

  private static void requireId(String what, String id) {
    if (id == null || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "The "
              + what
              + " '"
              + id
              + "' is not a Pub/Sub id: 3 to 255 letters, digits and -._~+%, a letter first, and"
              + " not 'goog'.");
    }
  }
}
