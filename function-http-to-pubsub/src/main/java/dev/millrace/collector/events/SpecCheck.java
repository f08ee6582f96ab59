package dev.millrace.collector.events;

import dev.millrace.collector.http.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What Segment's specification requires of each call. */
final class SpecCheck {
  private static final Set<String> TYPES =
      Set.of("identify", "track", "page", "screen", "group", "alias");

  private SpecCheck() {}

  /** What is missing, if anything. */
  static Optional<Refusal> of(String type, Map<String, JsonValue> fields) {
    if (type == null || !TYPES.contains(type)) {
      return Optional.of(Refusal.INVALID_TYPE);
    }
    if (type.equals("alias")) {
      return has(fields, "previousId") && has(fields, "userId")
          ? Optional.empty()
          : Optional.of(Refusal.NO_PREVIOUS_ID);
    }
    if (!has(fields, "userId") && !has(fields, "anonymousId")) {
      return Optional.of(Refusal.NO_USER_ANON_ID);
    }
    if (type.equals("track") && !has(fields, "event")) {
      return Optional.of(Refusal.NO_EVENT);
    }
    if (type.equals("group") && !has(fields, "groupId")) {
      return Optional.of(Refusal.NO_GROUP_ID);
    }
    return Optional.empty();
  }

  private static boolean has(Map<String, JsonValue> fields, String name) {
    JsonValue value = fields.get(name);
    return value != null && value.identifies();
  }
}
