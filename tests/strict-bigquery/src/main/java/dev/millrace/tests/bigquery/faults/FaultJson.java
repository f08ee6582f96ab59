package dev.millrace.tests.bigquery.faults;

import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.faults.Misbehaviour.Moment;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads a fault from JSON.
 *
 * <pre>{@code
 * {"calls": ["jobs.insert.load"], "target": "orders",
 *  "nth": 2,
 *  "action": "refuse", "when": "after", "reason": "backendError", "status": 503}
 * }</pre>
 *
 * Without {@code calls} or {@code target} it is about any. The occasion is {@code nth}, {@code
 * first} (that many), {@code rate} with {@code seed}, or always. Actions are {@code refuse} and
 * {@code hangUp} ({@code when}: before, unless set), {@code cutAnswer}, {@code delay} and {@code
 * slowJob} ({@code millis}), {@code failJob} ({@code reason}). Of reason and status, one is enough.
 */
public final class FaultJson {
  private static final Set<String> KEYS =
      Set.of(
          "calls", "target", "nth", "first", "rate", "seed", "action", "when", "status", "reason",
          "millis");

  private FaultJson() {}

  /**
   * @throws IllegalArgumentException if it says what there is not
   */
  public static Fault read(JsonNode json) {
    for (String key : json.propertyNames()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException("unknown key: " + key);
      }
    }
    Set<CallKind> kinds = EnumSet.noneOf(CallKind.class);
    for (JsonNode name : json.path("calls")) {
      kinds.addAll(CallKind.of(name.asString()));
    }
    return new Fault(kinds, json.path("target").asString(""), occasion(json), misbehaviour(json));
  }

  private static Occasion occasion(JsonNode json) {
    if (json.has("nth")) {
      return Occasion.nth(json.path("nth").asLong());
    }
    if (json.has("first")) {
      return Occasion.firstTimes(json.path("first").asLong());
    }
    if (json.has("rate")) {
      return Occasion.randomly(json.path("rate").asDouble(), json.path("seed").asLong(0));
    }
    return Occasion.always();
  }

  private static Misbehaviour misbehaviour(JsonNode json) {
    String action = json.path("action").asString("");
    return switch (action) {
      case "refuse" -> {
        Reason reason = reason(json);
        yield new Misbehaviour.Refuse(
            moment(json), reason, json.path("status").asInt(reason.status()));
      }
      case "hangUp" -> new Misbehaviour.HangUp(moment(json));
      case "cutAnswer" -> Misbehaviour.cutAnswer();
      case "delay" -> Misbehaviour.delay(millis(json));
      case "failJob" -> Misbehaviour.failJob(reason(json));
      case "slowJob" -> Misbehaviour.slowJob(millis(json));
      default -> throw new IllegalArgumentException("no action: \"" + action + "\"");
    };
  }

  private static Reason reason(JsonNode json) {
    return json.has("reason")
        ? Reason.of(json.path("reason").asString())
        : Reason.ofStatus(json.path("status").asInt());
  }

  private static Moment moment(JsonNode json) {
    String when = json.path("when").asString("before");
    return switch (when) {
      case "before" -> Moment.BEFORE_WORK;
      case "after" -> Moment.AFTER_WORK;
      default -> throw new IllegalArgumentException("when is before or after, not " + when);
    };
  }

  private static Duration millis(JsonNode json) {
    return Duration.ofMillis(json.path("millis").asLong());
  }
}
