package dev.millrace.normalizer;

import java.util.Random;

/** Events of any shape, from a seed: the keys collide, the types drift, the text is odd. */
final class RandomEvents {
  private static final String[] KEYS = {
    "a",
    "b",
    "A",
    "userId",
    "user_id",
    "a__b",
    "value",
    "list",
    "",
    "__",
    "_dlt_id",
    "日本",
    "x y",
    "timestamp",
    "\\u0061",
    "a.b",
    "Ünï"
  };
  private static final String[] STRINGS = {
    "",
    "x",
    "17",
    "1.5",
    "true",
    "2026-01-02T03:04:05Z",
    "2026-01-02",
    "NaN",
    "\\u0000",
    "\\ud800",
    "\\\"q\\\"",
    "ü – 日本",
    "\\ud83d\\ude00",
    "{ }",
    "[true ]",
    "1e400",
    "0x1f",
    "1_000",
    " 7 ",
    "yes",
    "2026-01-02T03:04:05.678+02:00",
    "10:00",
    "9223372036854775808"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "-17",
    "9007199254740993",
    "9223372036854775808",
    "1e3",
    "1.0",
    "-0.0",
    "1e400",
    "0.1234567890123456789",
    "123456789012345678901234567890123456789012345",
    "1714557600000",
    "1714557600",
    "1e-7",
    "1e22",
    "-9223372036854775808",
    "100000000000000000000"
  };

  private final Random random;
  private int count;

  RandomEvents(long seed) {
    random = new Random(seed);
  }

  /** One event with a messageId that no other has. */
  String next() {
    StringBuilder text = new StringBuilder("{\"event\":\"");
    text.append(pick("order", "order__list", "Order", "page view", "a", "", "_dlt_x")).append('"');
    text.append(",\"messageId\":\"m").append(count++).append('"');
    members(text, 0);
    return text.append('}').toString();
  }

  private void members(StringBuilder text, int depth) {
    int members = random.nextInt(5);
    for (int i = 0; i < members; i++) {
      text.append(',');
      text.append(random.nextInt(8) == 0 ? " " : "");
      text.append('"').append(pick(KEYS)).append("\":");
      value(text, depth);
    }
  }

  private void value(StringBuilder text, int depth) {
    switch (random.nextInt(depth > 5 ? 5 : 8)) {
      case 0 -> text.append('"').append(pick(STRINGS)).append('"');
      case 1 -> text.append(pick(NUMBERS));
      case 2 -> text.append(random.nextBoolean());
      case 3 -> text.append("null");
      case 4 -> text.append(random.nextInt(100));
      case 5 -> {
        text.append("{\"k").append(random.nextInt(3)).append("\":1");
        members(text, depth + 1);
        text.append('}');
      }
      default -> {
        text.append('[');
        int elements = random.nextInt(4);
        for (int i = 0; i < elements; i++) {
          text.append(i > 0 ? ", " : "");
          value(text, depth + 1);
        }
        text.append(']');
      }
    }
  }

  /** A text with {@code bytes} bytes changed, cut or doubled. */
  byte[] damaged(byte[] bytes) {
    byte[] copy = bytes.clone();
    int damages = 1 + random.nextInt(3);
    for (int i = 0; i < damages && copy.length > 0; i++) {
      copy[random.nextInt(copy.length)] = (byte) pick("{}[]\",:\\\n\0 x1\u00e9").charAt(0);
    }
    return copy;
  }

  private String pick(String... of) {
    return of[random.nextInt(of.length)];
  }

  private String pick(String characters) {
    int at = random.nextInt(characters.length());
    return characters.substring(at, at + 1);
  }
}
