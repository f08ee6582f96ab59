package dev.millrace.normalizer.json;

/** Passes over objects and lists by their brackets alone, in whatever depth. */
public final class Brackets {
  private Brackets() {}

  /**
   * The index behind the object or list that starts at {@code start}. Of what is inside, only the
   * strings are checked.
   */
  public static int behind(JsonBytes json, int start)
      throws BadValueException, IncompleteException {
    int open = 0;
    int i = start;
    do {
      switch (json.at(i)) {
        case '"' -> i = json.string(i);
        case '{', '[' -> open++;
        case '}', ']' -> open--;
        default -> {}
      }
      i++;
    } while (open > 0);
    return i;
  }
}
