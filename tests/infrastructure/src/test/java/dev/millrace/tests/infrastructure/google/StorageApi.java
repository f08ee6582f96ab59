package dev.millrace.tests.infrastructure.google;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cloud Storage: buckets, their rights, their notifications; of objects the names and sizes. */
final class StorageApi implements Api {
  private final Cloud cloud;
  private int generation;

  StorageApi(Cloud cloud) {
    this.cloud = cloud;
  }

  @Override
  public JsonNode answer(Call call) throws Refused {
    String[] path = call.path().split("/", 4);
    if (path[0].equals("projects")) {
      return Cloud.JSON
          .createObjectNode()
          .put("kind", "storage#serviceAccount")
          .put("email_address", cloud.storageAgent().substring("serviceAccount:".length()));
    }
    if (path.length == 1) {
      return createBucket(call.body());
    }
    String bucket = path[0] + "/" + path[1];
    if (path.length == 2) {
      return bucket(call, bucket);
    }
    cloud.get(bucket);
    return switch (path[2]) {
      case "iam" -> call.reads() ? cloud.policy(bucket) : cloud.setPolicy(bucket, call.body());
      case "notificationConfigs" -> notification(call, bucket);
      default -> object(call, bucket);
    };
  }

  private ObjectNode createBucket(ObjectNode sent) throws Refused {
    String name = sent.path("name").asString();
    if (!name.matches("[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]")) {
      throw Refused.invalid("Invalid bucket name: " + name);
    }
    for (JsonNode rule : sent.path("lifecycle").path("rule")) {
      String type = rule.path("action").path("type").asString();
      if (!type.equals("Delete") && !type.equals("SetStorageClass")) {
        throw Refused.invalid("Invalid lifecycle action: " + type);
      }
    }
    int softDelete = sent.path("softDeletePolicy").path("retentionDurationSeconds").asInt(604800);
    if (softDelete != 0 && (softDelete < 7 * 86400 || softDelete > 90 * 86400)) {
      throw Refused.invalid("Invalid soft delete retention: " + softDelete);
    }
    ObjectNode bucket = sent.deepCopy();
    bucket.put("id", name).put("projectNumber", cloud.number()).put("storageClass", "STANDARD");
    bucket.put("selfLink", "https://www.googleapis.com/storage/v1/b/" + name);
    bucket.put("location", sent.path("location").asString().toUpperCase(Locale.ROOT));
    bucket.put("timeCreated", "2026-11-01T00:00:00.000Z");
    bucket.put("locationType", "region");
    return cloud.create("b/" + name, bucket);
  }

  private JsonNode bucket(Call call, String name) throws Refused {
    return switch (call.method()) {
      case "GET" -> cloud.get(name);
      case "DELETE" -> {
        if (!cloud.names(name + "/o/").isEmpty()) {
          throw new Refused(409, "The bucket you tried to delete is not empty.");
        }
        yield cloud.delete(name);
      }
      default -> cloud.update(name, call.body());
    };
  }

  /** As the real one, it asks for the right to publish before it takes the topic. */
  private JsonNode notification(Call call, String bucket) throws Refused {
    if (!call.is("POST")) {
      return call.reads() ? cloud.get(call.path()) : cloud.delete(call.path());
    }
    String topic = call.body().path("topic").asString();
    topic = topic.replaceFirst("^//pubsub.googleapis.com/", "");
    cloud.get(topic);
    if (!cloud.holds(cloud.storageAgent(), "roles/pubsub.publisher", topic)) {
      throw new Refused(
          403, "The service account " + cloud.storageAgent() + " may not publish to " + topic);
    }
    String id = Integer.toString(cloud.names(bucket + "/notificationConfigs/").size() + 1);
    ObjectNode made = call.body().deepCopy().put("id", id);
    made.put("topic", "//pubsub.googleapis.com/" + topic);
    made.put("selfLink", "https://www.googleapis.com/storage/v1/" + call.path() + "/" + id);
    return cloud.create(call.path() + "/" + id, made);
  }

  private JsonNode object(Call call, String bucket) throws Refused {
    if (call.path().equals(bucket + "/o")) {
      return call.is("POST") ? upload(call, bucket) : list(bucket);
    }
    return call.reads() ? cloud.get(call.path()) : cloud.delete(call.path());
  }

  private ObjectNode upload(Call call, String bucket) {
    String name = call.body().path("name").asString(call.query().get("name"));
    ObjectNode object = call.body().deepCopy().put("name", name).put("bucket", bucket.substring(2));
    object.put("generation", Integer.toString(++generation));
    object.put("storageClass", "STANDARD").put("metageneration", "1");
    object.put("selfLink", "https://www.googleapis.com/storage/v1/" + bucket + "/o/" + name);
    object.put("mediaLink", "https://www.googleapis.com/download/storage/v1/" + bucket);
    try {
      cloud.delete(bucket + "/o/" + name);
    } catch (Refused absent) {
      // The first of this name.
    }
    try {
      return cloud.create(bucket + "/o/" + name, object);
    } catch (Refused e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode list(String bucket) throws Refused {
    ObjectNode answer = Cloud.JSON.createObjectNode().put("kind", "storage#objects");
    ArrayNode items = answer.putArray("items");
    for (String name : cloud.names(bucket + "/o/")) {
      items.add(cloud.get(name));
    }
    return answer;
  }
}
