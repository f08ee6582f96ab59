package dev.millrace.function.google;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings under {@code ports} of kind {@code google}.
 *
 * @param project of the dataset, and what runs the load jobs
 * @param location of the dataset, such as {@code EU}; null to ask BigQuery once
 * @param landingBucket where batch objects come in
 * @param stagingBucket where load packages are made
 * @param stateBucket where the schema object is
 * @param noticeTopic where reconciling publishes notices, {@code projects/<project>/topics/<topic>}
 *     (in the settings the topic alone will do, if it is of the same project); null for none
 * @param schemaChangeTopic where changes of the schema are told, the same way; null for none
 */
record GoogleSettings(
    String project,
    String location,
    String landingBucket,
    String stagingBucket,
    String stateBucket,
    String noticeTopic,
    String schemaChangeTopic) {
  static final String KIND = "google";

  private static final String PROJECT = "project";
  private static final String LOCATION = "location";
  private static final String LANDING_BUCKET = "landing_bucket";
  private static final String STAGING_BUCKET = "staging_bucket";
  private static final String STATE_BUCKET = "state_bucket";
  private static final String NOTICE_TOPIC = "notice_topic";
  private static final String SCHEMA_CHANGE_TOPIC = "schema_change_topic";
  private static final List<String> ALL =
      List.of(
          PROJECT,
          LOCATION,
          LANDING_BUCKET,
          STAGING_BUCKET,
          STATE_BUCKET,
          NOTICE_TOPIC,
          SCHEMA_CHANGE_TOPIC);

  /**
   * @throws LoadException {@link LoadError#MISCONFIGURED}; the message names the setting and says
   *     what to do
   */
  static GoogleSettings of(Map<String, String> set) throws LoadException {
    Set<String> unknown = new TreeSet<>(set.keySet());
    ALL.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw misconfigured(
          "ports of kind google have no setting %s; they have %s"
              .formatted(String.join(", ", unknown), String.join(", ", ALL)));
    }
    String project = required(set, PROJECT, "name the dataset's project");
    return new GoogleSettings(
        project,
        optional(set, LOCATION),
        bucket(set, LANDING_BUCKET, "name the bucket that the subscription writes to"),
        bucket(set, STAGING_BUCKET, "name the bucket for load packages"),
        bucket(set, STATE_BUCKET, "name the bucket for the schema object"),
        topic(set, NOTICE_TOPIC, project),
        topic(set, SCHEMA_CHANGE_TOPIC, project));
  }

  private static String required(Map<String, String> set, String key, String advice)
      throws LoadException {
    String value = optional(set, key);
    if (value == null) {
      throw misconfigured("ports.%s is missing: %s".formatted(key, advice));
    }
    return value;
  }

  private static String bucket(Map<String, String> set, String key, String advice)
      throws LoadException {
    String name = required(set, key, advice);
    if (name.contains("/")) {
      throw misconfigured(
          "ports.%s is %s: write the bucket's name alone, without gs:// and without a path"
              .formatted(key, name));
    }
    return name;
  }

  private static String topic(Map<String, String> set, String key, String project) {
    String topic = optional(set, key);
    return topic == null || topic.contains("/")
        ? topic
        : "projects/%s/topics/%s".formatted(project, topic);
  }

  private static String optional(Map<String, String> set, String key) {
    String value = set.getOrDefault(key, "").strip();
    return value.isEmpty() ? null : value;
  }

  private static LoadException misconfigured(String message) {
    return new LoadException(LoadError.MISCONFIGURED, message);
  }
}
