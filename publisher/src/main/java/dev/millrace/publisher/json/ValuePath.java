package dev.millrace.publisher.json;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where a value is in an event.
 *
 * @param parent null for the event itself
 */
record ValuePath(String name, ValuePath parent, int depth) {
  private static final int MAX_SHOWN = 200;

  InvalidEventException invalid(String what) {
    return new InvalidEventException(this + " " + what + ".");
  }

  /** The names from the event down, such as {@code properties.items.[]}. */
  @Override
  public String toString() {
    if (parent == null) {
      return name;
    }
    Deque<String> names = new ArrayDeque<>();
    for (ValuePath at = this; at.parent != null; at = at.parent) {
      names.addFirst(at.name);
    }
    String all = String.join(".", names);
    return all.length() <= MAX_SHOWN ? all : all.substring(0, MAX_SHOWN) + "…";
  }
}
