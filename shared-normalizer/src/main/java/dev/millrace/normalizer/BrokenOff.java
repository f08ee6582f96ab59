package dev.millrace.normalizer;

import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.ValueEnd;
import dev.millrace.normalizer.json.Window;

/**
 * The containers that were open where a value turned out to be malformed: each of them is malformed
 * at the same place. When reading resumes inside that value (M15) they need not be read again,
 * which would take as many times the value's length as it has levels.
 */
final class BrokenOff {
  private long[] offsets = new long[0];
  private int next;
  private String detail = "";

  /**
   * Notes a malformed value at the window's position.
   *
   * @param fault where it was found to be malformed
   * @param newline where reading will resume, or -1
   */
  void note(Window window, int fault, int newline, String found) {
    if (newline < 0 || newline >= fault) {
      return;
    }
    ValueEnd value = new ValueEnd();
    try {
      value.next(window.bytes(), window.position(), fault);
    } catch (BadValueException e) {
      // This looks at structure alone, and sees as far as that is whole.
    }
    int[] openings = value.openings();
    offsets = new long[openings.length];
    for (int i = 0; i < openings.length; i++) {
      offsets[i] = window.offset() + openings[i] - window.position();
    }
    next = 0;
    detail = found;
  }

  /** Whether the container that opens at {@code offset} is one of them; offsets must rise. */
  boolean has(long offset) {
    while (next < offsets.length && offsets[next] < offset) {
      next++;
    }
    return next < offsets.length && offsets[next] == offset;
  }

  /** What was found. */
  String detail() {
    return detail;
  }
}
