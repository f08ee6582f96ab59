package dev.millrace.collector;

import dev.millrace.collector.http.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What came of one request.
 *
 * @param suppressed how many of its events are of users that must not be stored
 */
record CollectorRun(
    Reply reply,
    List<FakeTopic.Message> events,
    List<FakeTopic.Message> deadLetters,
    long suppressed) {
  private static final Set<String> OURS =
      Set.of("messageId", "timestamp", "receivedAt", "source", "sentAt", "originalTimestamp");
  private static final Set<String> MERGED = Set.of("context", "integrations");
  private static final Set<String> TAKEN_OUT = Set.of("writeKey", "_metadata");

  /** What holds whatever was sent. */
  void checkReply() {
    JsonNode answer = SentBody.JSON.readTree(reply.body());
    check(reply.status() == 200 || reply.status() == 400, "status " + reply.status());
    if (reply.status() == 200) {
      check(reply.body().equals("{\"success\":true}"), "success says " + reply.body());
      check(deadLetters.isEmpty(), "200 for what was refused");
    } else {
      for (String field : List.of("code", "message", "error")) {
        check(answer.path(field).isString(), "no " + field + " in " + reply.body());
      }
      check(answer.path("errors").size() == deadLetters.size(), "other errors than dead letters");
      check(answer.has("errors") || events.isEmpty(), "events of a body that was refused");
    }
    for (FakeTopic.Message event : events) {
      check(SentBody.isUtf8(event.data()), "an event that is no UTF-8");
      JsonNode json = SentBody.JSON.readTree(event.data());
      check(json.isObject(), "an event that is no object");
      String id = json.path("messageId").asString("");
      check(!id.isBlank() && id.length() <= 100, "messageId " + id);
      check(json.path("source").asString("").equals("shop"), "another source");
      check(!json.has("writeKey") && !json.has("_metadata"), "what is not the topic's");
      Instant at = Instant.parse(json.path("timestamp").asString(""));
      check(!at.isAfter(Fixture.NOW), "an event of tomorrow");
      check(Instant.parse(json.path("receivedAt").asString("")).equals(Fixture.NOW), "receivedAt");
    }
  }

  /** That every event is where it belongs, and says what was sent. */
  void checkAgainst(SentBody sent, boolean strict) {
    if (!sent.isText()) {
      return;
    }
    String code = SentBody.JSON.readTree(reply.body()).path("code").asString("");
    if (sent.document().isEmpty()) {
      // Whole, or for an event that is damaged alone.
      check(reply.status() == 400, "no object, and " + reply.body());
    } else if (sent.items() == null) {
      check(code.equals("no_batch"), "no batch, and " + reply.body());
    } else if (!Set.of("too_many_events", "nested_too_deep").contains(code) || hasErrors()) {
      checkItems(sent, strict);
    }
  }

  private boolean hasErrors() {
    return SentBody.JSON.readTree(reply.body()).has("errors");
  }

  private void checkItems(SentBody sent, boolean strict) {
    int all = sent.items().size();
    check(
        events.size() + deadLetters.size() + suppressed == all,
        "%d events are %d taken, %d refused and %d suppressed: %s"
            .formatted(all, events.size(), deadLetters.size(), suppressed, reply.body()));
    Map<Integer, FakeTopic.Message> refused = new TreeMap<>();
    for (FakeTopic.Message letter : deadLetters) {
      refused.put(Integer.parseInt(letter.attributes().get("index")), letter);
    }
    int next = 0;
    for (int index = 0; index < all; index++) {
      JsonNode item = sent.items().get(index);
      if (refused.containsKey(index)) {
        check(SentBody.JSON.readTree(refused.get(index).data()).equals(item), "a dead letter");
        String reason = refused.get(index).attributes().get("reason");
        check(reason.equals("not_an_object") != item.isObject(), reason + " of " + item);
        check(strict || Set.of("not_an_object", "event_too_large", "nested_too_deep",
            "message_id_too_long").contains(reason), reason);
      } else if (!isGone(item.path("userId")) && !isGone(item.path("previousId"))) {
        checkEvent(item, SentBody.JSON.readTree(events.get(next++).data()), sent);
      }
    }
    check(next == events.size(), "events of nobody");
  }

  private static boolean isGone(JsonNode id) {
    return id.isString() && id.asString().equals("gone");
  }

  private void checkEvent(JsonNode item, JsonNode event, SentBody sent) {
    boolean batch = sent.document().get() != item;
    for (Map.Entry<String, JsonNode> field : item.properties()) {
      String name = field.getKey();
      boolean isKept =
          !OURS.contains(name)
              && !MERGED.contains(name)
              && !TAKEN_OUT.contains(name)
              && (batch || !name.equals("type"));
      check(!isKept || field.getValue().equals(event.get(name)), "lost: " + name + " of " + item);
    }
    for (String name : event.propertyNames()) {
      check(
          item.has(name) || OURS.contains(name) || MERGED.contains(name) || name.equals("type"),
          "from nowhere: " + name);
    }
    JsonNode id = item.path("messageId");
    if (id.isNumber() || id.isString() && !id.asString().isBlank()) {
      check(id.equals(event.get("messageId")), "another messageId");
    }
    if (!item.path("timestamp").isNull() && !item.path("timestamp").isMissingNode()) {
      check(item.get("timestamp").equals(event.get("originalTimestamp")), "originalTimestamp");
    }
    checkMerged("integrations", item, event, sent, batch);
    checkMerged("context", item, event, sent, batch);
  }

  private void checkMerged(
      String name, JsonNode item, JsonNode event, SentBody sent, boolean batch) {
    JsonNode own = item.path(name);
    JsonNode shared = batch ? sent.document().get().path(name) : item.path("nothing");
    if (own.isObject()) {
      for (Map.Entry<String, JsonNode> field : own.properties()) {
        boolean isAddress = name.equals("context") && field.getKey().equals("ip");
        boolean isUnsaid = field.getValue().isNull() && shared.has(field.getKey());
        check(
            isAddress || isUnsaid || field.getValue().equals(event.path(name).get(field.getKey())),
            "lost: " + name + " " + field.getKey());
      }
    } else if (!own.isNull() && !own.isMissingNode()) {
      check(own.equals(event.path(name)), "lost: " + name);
    }
    if (shared.isObject() && (own.isObject() || own.isNull() || own.isMissingNode())) {
      for (Map.Entry<String, JsonNode> field : shared.properties()) {
        JsonNode said = own.path(field.getKey());
        boolean isAddress = name.equals("context") && field.getKey().equals("ip");
        check(
            isAddress
                || !said.isNull() && !said.isMissingNode()
                || field.getValue().equals(event.path(name).get(field.getKey())),
            "lost of the envelope: " + name + " " + field.getKey());
      }
    }
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise + "\n" + reply + "\n" + texts(events) + texts(deadLetters));
    }
  }

  private static String texts(List<FakeTopic.Message> messages) {
    StringBuilder text = new StringBuilder();
    for (FakeTopic.Message message : messages) {
      text.append(message.attributes())
          .append(new String(message.data(), StandardCharsets.UTF_8))
          .append('\n');
    }
    return text.toString();
  }
}
