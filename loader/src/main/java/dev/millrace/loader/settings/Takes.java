package dev.millrace.loader.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which values a setting takes: what the reader checks, and what the page of settings says. */
sealed interface Takes {
  /** For the page: the beginning of a sentence. */
  String onThePage();

  /** For the problem of a value that is another: what goes before "is expected". */
  String expected();

  /** From {@code least} to {@code most}, both included. */
  record WholeNumber(int least, int most) implements Takes {
    @Override
    public String onThePage() {
      return "Whole number from %d to %d".formatted(least, most);
    }

    @Override
    public String expected() {
      return "a whole number from %d to %d".formatted(least, most);
    }
  }

  /** A number of bytes, both bounds included. */
  record Size(int least, int most) implements Takes {
    @Override
    public String onThePage() {
      return "From %s to %s".formatted(words(least), words(most));
    }

    @Override
    public String expected() {
      return "a size from %d to %d bytes, such as 512 KiB or 1 MiB".formatted(least, most);
    }

    static String words(int bytes) {
      if (bytes % (1 << 20) == 0) {
        return (bytes >> 20) + " MiB";
      }
      return bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : bytes + " bytes";
    }
  }

  /** A time, both bounds included. */
  record Span(Duration least, Duration most) implements Takes {
    @Override
    public String onThePage() {
      return "From %s to %s".formatted(words(least), words(most));
    }

    @Override
    public String expected() {
      return "a time from %s to %s, such as 3 days or 12 hours,"
          .formatted(words(least), words(most));
    }

    static String words(Duration duration) {
      long days = duration.toDays();
      return days > 0
          ? days + (days == 1 ? " day" : " days")
          : duration.toHours() + (duration.toHours() == 1 ? " hour" : " hours");
    }
  }

  /** Yes or no. */
  record Flag() implements Takes {
    @Override
    public String onThePage() {
      return "`true` or `false`";
    }

    @Override
    public String expected() {
      return "true or false";
    }
  }

  /** One of some words. */
  record OneOf(List<String> words) implements Takes {
    /** The names of constants in lower case. */
    static OneOf of(Enum<?>... constants) {
      return new OneOf(
          List.of(constants).stream()
              .map(constant -> constant.name().toLowerCase(Locale.ROOT))
              .toList());
    }

    @Override
    public String onThePage() {
      return listed(words.stream().map(word -> "`" + word + "`").toList());
    }

    @Override
    public String expected() {
      return listed(words);
    }

    private static String listed(List<String> words) {
      int last = words.size() - 1;
      return words.subList(0, last).stream().collect(Collectors.joining(", "))
          + " or "
          + words.get(last);
    }
  }

  /** Text that a pattern holds to its form. */
  record Text(String onThePage, String pattern, String expected) implements Takes {}
}
