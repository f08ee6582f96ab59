package dev.millrace.collector.http;

/**
 * Why a request or an event is not taken: the {@code code} of a reply, the {@code reason} of a dead
 * letter, and the word of a log line. No message repeats what the client sent. A code is never
 * given another meaning.
 */
public enum Refusal {
  MALFORMED(400, "The body is not one JSON object in UTF-8, plain or in gzip."),
  NO_BATCH(400, "The body has no list named batch."),
  BODY_TOO_LARGE(400, "The body is larger than this source may send; see batch_bytes."),
  TOO_MANY_EVENTS(400, "A batch has 2500 events at most."),
  NOT_AN_OBJECT(400, "The event is not a JSON object."),
  EVENT_TOO_LARGE(400, "The event is larger than this source may send; see event_bytes."),
  NESTED_TOO_DEEP(400, "The event has more than 100 levels of objects and lists."),
  TOO_MANY_PROPERTIES(
      400, "The event has more than 10000 properties, those of nested objects included."),
  MESSAGE_ID_TOO_LONG(400, "The messageId has more than 100 characters."),
  INVALID_TYPE(400, "The event's type is none of identify, track, page, screen, group, alias."),
  NO_USER_ANON_ID(400, "The event has neither userId nor anonymousId."),
  NO_EVENT(400, "The track call has no event."),
  NO_GROUP_ID(400, "The group call has no groupId."),
  NO_PREVIOUS_ID(400, "The alias call lacks previousId or userId."),
  UNKNOWN_WRITE_KEY(401, "The write key is missing, or nobody knows it."),
  ORIGIN_NOT_ALLOWED(403, "Pages of this origin may not send for this source; see origins."),
  NOT_FOUND(404, "There is nothing at this path."),
  METHOD_NOT_ALLOWED(405, "This path doesn't take this method."),
  TOO_SLOW(408, "The body did not arrive in time."),
  OVERLOADED(429, "Too much is on its way; send this again later."),
  INTERNAL(500, "The collector failed; its log says why."),
  TOPIC_UNAVAILABLE(503, "Pub/Sub did not take the events in time; send this again later.");

  private final int status;
  private final String message;

  Refusal(int status, String message) {
    this.status = status;
    this.message = message;
  }

  /** The HTTP status of a request that is refused for this. */
  public int status() {
    return status;
  }

  /** A sentence for who develops the client. */
  public String message() {
    return message;
  }

  /** The code in lower case. */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
