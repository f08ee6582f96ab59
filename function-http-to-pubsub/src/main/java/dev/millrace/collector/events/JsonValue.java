package dev.millrace.collector.events;

/**
 * A value of an object.
 *
 * @param kind what it is
 * @param text of a text or number that the collector looks at; else null
 */
record JsonValue(Slice slice, Kind kind, String text, Inside inside) {
  enum Kind {
    OBJECT,
    LIST,
    TEXT,
    NUMBER,
    NULL,
    BOOLEAN
  }

  /**
   * What a container holds; nothing for a scalar.
   *
   * @param levels how many containers are in each other, itself included
   * @param fields of all objects in it
   */
  record Inside(int levels, int fields) {
    static final Inside NOTHING = new Inside(0, 0);
  }

  boolean isObject() {
    return kind == Kind.OBJECT;
  }

  /** A text that says something, or a number: what can identify. */
  boolean identifies() {
    return text != null && !text.isBlank();
  }
}
