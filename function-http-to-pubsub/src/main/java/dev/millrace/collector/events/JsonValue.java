package dev.millrace.collector.events;

/**
 * A value of an object.
 *
 * @param kind what it is
 * @param text of a text or number that the collector looks at; else null
 * @param levels how many containers are in each other here; 0 for a scalar
 */
record JsonValue(Slice slice, Kind kind, String text, int levels) {
  enum Kind {
    OBJECT,
    LIST,
    TEXT,
    NUMBER,
    NULL,
    BOOLEAN
  }

  boolean isObject() {
    return kind == Kind.OBJECT;
  }

  /** A text that says something, or a number: what can identify. */
  boolean identifies() {
    return text != null && !text.isBlank();
  }
}
