package dev.millrace.tests.infrastructure.google;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pub/Sub's administration. What it takes, it makes in the emulator too, which checks less and
 * can't change a Cloud Storage subscription, but delivers.
 */
final class PubSubApi implements Api {
  private static final long LONGEST_RETENTION_SECONDS = 31 * 86400L;

  private final Cloud cloud;
  private final Optional<PubSubForward> emulator;

  PubSubApi(Cloud cloud, Optional<PubSubForward> emulator) {
    this.cloud = cloud;
    this.emulator = emulator;
  }

  @Override
  public JsonNode answer(Call call) throws Refused {
    if (Policies.are(call)) {
      cloud.get(call.resource());
      return Policies.answer(cloud, call);
    }
    boolean subscription = call.segment(2).equals("subscriptions");
    return switch (call.method()) {
      case "GET" -> cloud.get(call.path());
      case "PUT" -> {
        cloud.mustBeEnabled("pubsub.googleapis.com");
        ObjectNode made = call.body().deepCopy().put("name", call.path());
        if (subscription) {
          mustBeTaken(made);
        }
        if (!cloud.has(call.path())) {
          forward("PUT", call.path(), forEmulator(call.body()));
        }
        yield cloud.create(call.path(), made);
      }
      case "PATCH" -> {
        ObjectNode fields =
            (ObjectNode) call.body().path(subscription ? "subscription" : "topic").deepCopy();
        ObjectNode changed = cloud.get(call.path()).deepCopy();
        fields.properties().forEach(field -> changed.set(field.getKey(), field.getValue()));
        if (subscription) {
          mustBeTaken(changed);
        }
        yield cloud.update(call.path(), fields);
      }
      default -> {
        forward("DELETE", call.path(), null);
        cloud.delete(call.path());
        yield Cloud.JSON.createObjectNode();
      }
    };
  }

  private void mustBeTaken(ObjectNode subscription) throws Refused {
    cloud.get(subscription.path("topic").asString());
    long ackDeadline = subscription.path("ackDeadlineSeconds").asLong(10);
    if (ackDeadline < 10 || ackDeadline > 600) {
      throw Refused.invalid("Invalid ack deadline: " + ackDeadline);
    }
    double retention = seconds(subscription.path("messageRetentionDuration"), 604800);
    if (retention < 600 || retention > LONGEST_RETENTION_SECONDS) {
      throw Refused.invalid("Invalid message retention duration: " + retention);
    }
    JsonNode deadLetters = subscription.path("deadLetterPolicy");
    if (deadLetters.isObject()) {
      int attempts = deadLetters.path("maxDeliveryAttempts").asInt(5);
      if (attempts < 5 || attempts > 100) {
        throw Refused.invalid("Invalid maxDeliveryAttempts: " + attempts);
      }
      cloud.get(deadLetters.path("deadLetterTopic").asString());
    }
    JsonNode account =
        subscription.path("pushConfig").path("oidcToken").path("serviceAccountEmail");
    if (account.isString()) {
      cloud.accountMustExist(account.asString());
    }
    if (subscription.path("cloudStorageConfig").isObject()) {
      storageMustBeTaken(subscription.path("cloudStorageConfig"), ackDeadline);
    }
  }

  private void storageMustBeTaken(JsonNode config, long ackDeadline) throws Refused {
    String bucket = "b/" + config.path("bucket").asString();
    cloud.get(bucket);
    for (String role :
        new String[] {"roles/storage.objectCreator", "roles/storage.legacyBucketReader"}) {
      if (!cloud.holds(cloud.pubSubAgent(), role, bucket)) {
        throw Refused.invalid(
            cloud.pubSubAgent() + " lacks " + role + " on the bucket " + bucket.substring(2));
      }
    }
    double window = seconds(config.path("maxDuration"), 300);
    if (window < 60 || window > 600 || window > ackDeadline) {
      throw Refused.invalid(
          "maxDuration of %s s: it must be within 60 to 600 and the ack deadline of %d s"
              .formatted(window, ackDeadline));
    }
    long bytes = config.path("maxBytes").asLong(1024);
    if (bytes < 1000 || bytes > 10L << 30) {
      throw Refused.invalid("Invalid maxBytes: " + bytes);
    }
    if (config.path("filenameSuffix").asString("").endsWith("/")) {
      throw Refused.invalid("filenameSuffix may not end in /");
    }
  }

  /** The emulator still has the limit of 7 days that Pub/Sub once had. */
  private static ObjectNode forEmulator(ObjectNode sent) {
    ObjectNode taken = sent.deepCopy();
    taken.remove("messageRetentionDuration");
    return taken;
  }

  private void forward(String method, String path, JsonNode body) throws Refused {
    if (emulator.isPresent()) {
      emulator.get().send(method, path, body);
    }
  }

  private static double seconds(JsonNode duration, long otherwise) throws Refused {
    if (!duration.isString()) {
      return otherwise;
    }
    String text = duration.asString();
    if (!text.matches("[0-9]+(\\.[0-9]{1,9})?s")) {
      throw Refused.invalid("Not a duration: " + text);
    }
    return new BigDecimal(text.substring(0, text.length() - 1)).doubleValue();
  }
}
