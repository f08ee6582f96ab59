package dev.millrace.tests.docs;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A comment before a block, which a reader does not see: {@code <!-- kind: text -->}. */
record Remark(Kind kind, String text) {
  private static final Pattern COMMENT = Pattern.compile("(?s)<!--\\s*([a-z ]+?):\\s*(.*?)\\s*-->");

  /** What a comment may say. */
  enum Kind {
    /** Shell commands that make what the block takes for granted, such as a file of events. */
    FIRST("first"),
    /** What a Java snippet takes for granted, as members of the class that it stands in. */
    GIVEN("given"),
    /** Why the block can't be tried, in the words of an {@link Excuse}. */
    NOT_TRIED("not tried");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  /** Reads a comment. Empty if it says nothing to these tests. */
  static Optional<Remark> of(String comment) {
    Matcher matcher = COMMENT.matcher(comment);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.word.equals(matcher.group(1)))
        .map(kind -> new Remark(kind, matcher.group(2)))
        .findFirst();
  }
}
