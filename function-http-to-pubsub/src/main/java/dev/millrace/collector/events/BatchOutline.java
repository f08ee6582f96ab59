package dev.millrace.collector.events;

import dev.millrace.collector.http.Refusal;
import dev.millrace.collector.http.RefusedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds a batch's events by quotes and brackets alone, in one pass without a stack: what is wrong
 * within an event is left for who reads it, so that its neighbours are taken.
 */
final class BatchOutline {
  private static final byte[] BATCH = "\"batch\"".getBytes(StandardCharsets.US_ASCII);

  private final Slice body;
  private final int mostEvents;
  private final ByteArrayOutputStream envelope = new ByteArrayOutputStream();
  private List<Slice> events;
  private int at;
  private int copied;

  private BatchOutline(Slice body, int mostEvents) {
    this.body = body;
    this.mostEvents = mostEvents;
    this.at = body.from();
    this.copied = body.from();
  }

  /**
   * Goes through a body.
   *
   * @throws RefusedException if its brackets don't match, or it has more events than that
   */
  static BatchOutline of(Slice body, int mostEvents) throws RefusedException {
    BatchOutline outline = new BatchOutline(body, mostEvents);
    outline.read();
    return outline;
  }

  /** The body with an empty list where the events were; nothing of it has been checked. */
  Slice envelope() {
    return Slice.of(envelope.toByteArray());
  }

  /** What should be events, none of which has been checked; null where there is no list of them. */
  List<Slice> events() {
    return events;
  }

  private void read() throws RefusedException {
    take('{');
    while (peek() != '}') {
      boolean isBatch = isBatch(value());
      take(':');
      if (isBatch) {
        events = null;
      }
      if (isBatch && peek() == '[') {
        envelope.write(body.bytes(), copied, at - copied);
        envelope.writeBytes(new byte[] {'[', ']'});
        elements();
        copied = at;
      } else {
        value();
      }
      if (peek() == ',') {
        at++;
      }
    }
    envelope.write(body.bytes(), copied, body.to() - copied);
  }

  private static boolean isBatch(Slice name) {
    return name.length() == BATCH.length
        && Arrays.equals(name.bytes(), name.from(), name.to(), BATCH, 0, BATCH.length);
  }

  private void elements() throws RefusedException {
    take('[');
    events = new ArrayList<>();
    if (peek() == ']') {
      at++;
      return;
    }
    for (byte next = ','; next == ','; at++) {
      if (events.size() == mostEvents) {
        throw new RefusedException(Refusal.TOO_MANY_EVENTS);
      }
      events.add(value());
      next = peek();
      if (next != ',' && next != ']') {
        throw malformed();
      }
    }
  }

  /** To the end of the value that is next. */
  private Slice value() throws RefusedException {
    byte first = peek();
    int from = at;
    if (first == '"') {
      skipText();
    } else if (first == '{' || first == '[') {
      skipContainer();
    } else {
      skipScalar();
    }
    return new Slice(body.bytes(), from, at);
  }

  private void skipContainer() throws RefusedException {
    int open = 0;
    do {
      switch (current()) {
        case '"' -> {
          skipText();
          continue;
        }
        case '{', '[' -> open++;
        case '}', ']' -> open--;
        default -> {}
      }
      at++;
    } while (open > 0);
  }

  private void skipText() throws RefusedException {
    at++;
    while (current() != '"') {
      at += current() == '\\' ? 2 : 1;
    }
    at++;
  }

  private void skipScalar() throws RefusedException {
    int from = at;
    while (!isSpace(current()) && ",:]}".indexOf(current()) < 0) {
      at++;
    }
    if (at == from) {
      throw malformed();
    }
  }

  private void take(char expected) throws RefusedException {
    if (peek() != expected) {
      throw malformed();
    }
    at++;
  }

  /** The next byte that is no space. */
  private byte peek() throws RefusedException {
    while (isSpace(current())) {
      at++;
    }
    return current();
  }

  private byte current() throws RefusedException {
    if (at >= body.to()) {
      throw malformed();
    }
    return body.bytes()[at];
  }

  private static boolean isSpace(byte character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
  }

  private static RefusedException malformed() {
    return new RefusedException(Refusal.MALFORMED);
  }
}
