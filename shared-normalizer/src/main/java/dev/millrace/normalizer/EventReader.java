package dev.millrace.normalizer;

import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.json.ValueEnd;
import dev.millrace.normalizer.json.Window;
import java.io.IOException;

/**
 * Finds the values of a message or text object one after the other, and goes on after a bad one as
 * departure M15 says.
 */
final class EventReader {
  private static final String ENDS_EARLY = "the value is not complete where the bytes end";

  private final JsonBytes json;
  private final Window window;
  private final EventHandler handler;
  private final int maxEventBytes;
  private final boolean arraysAreSequences;
  private final BrokenOff brokenOff = new BrokenOff();
  private boolean inSequence;
  private long index;

  EventReader(
      JsonBytes json,
      Window window,
      EventHandler handler,
      int maxEventBytes,
      boolean arraysAreSequences) {
    this.json = json;
    this.window = window;
    this.handler = handler;
    this.maxEventBytes = maxEventBytes;
    this.arraysAreSequences = arraysAreSequences;
  }

  /** Counts from another number than 0: what is read is not the beginning. */
  EventReader from(long first) {
    index = first;
    return this;
  }

  /** How many values were found. */
  long count() {
    return index;
  }

  /** Reads to the end. */
  void readAll() throws IOException {
    skipByteOrderMark();
    while (moveToValue()) {
      int start = window.position();
      byte first = window.bytes()[start];
      if (isSequenceMark(first)) {
        window.moveTo(start + 1);
      } else {
        if (window.isText() && first == 0x1f && isPacked()) {
          rest(
              BadReason.PACKED_IN_TEXT,
              "packed bytes in a text object; packing needs Avro batches");
        } else if (brokenOff.has(window.offset())) {
          line(brokenOff.detail(), start);
        } else if (first == '{') {
          event();
        } else {
          bad(BadReason.NOT_AN_OBJECT, "an event is a JSON object");
        }
        index++;
      }
    }
  }

  private void skipByteOrderMark() throws IOException {
    while (window.limit() - window.position() < 3 && window.more()) {}
    int i = window.position();
    byte[] bytes = window.bytes();
    if (window.limit() - i >= 3
        && bytes[i] == (byte) 0xef
        && bytes[i + 1] == (byte) 0xbb
        && bytes[i + 2] == (byte) 0xbf) {
      window.moveTo(i + 3);
    }
  }

  private boolean moveToValue() throws IOException {
    do {
      window.moveTo(json.skipSpace(window.position()));
      if (window.position() < window.limit()) {
        return true;
      }
    } while (window.more());
    return false;
  }

  /** Brackets and commas of a top-level array whose elements are the events. */
  private boolean isSequenceMark(byte first) {
    if (!arraysAreSequences || !window.isText()) {
      return false;
    }
    if (!inSequence) {
      inSequence = first == '[';
      return inSequence;
    }
    if (first == ']') {
      inSequence = false;
      return true;
    }
    return first == ',';
  }

  private boolean isPacked() throws IOException {
    while (window.limit() - window.position() < 2 && window.more()) {}
    int i = window.position();
    return window.limit() - i >= 2 && window.bytes()[i + 1] == (byte) 0x8b;
  }

  private void event() throws IOException {
    while (true) {
      int start = window.position();
      try {
        window.moveTo(eventWithin(start));
        return;
      } catch (BadValueException e) {
        if (e.reason() == BadReason.MALFORMED) {
          line(e.detail(start), e.position());
        } else {
          bad(e.reason(), e.detail(start));
        }
        return;
      } catch (IncompleteException e) {
        if (window.limit() - start > maxEventBytes) {
          bad(BadReason.TOO_LARGE, "");
          return;
        }
        if (!window.more()) {
          line(ENDS_EARLY, window.limit());
          return;
        }
      }
    }
  }

  /** Reads no further than the limit: else the bytes at hand would decide what a fault is. */
  private int eventWithin(int start) throws BadValueException, IncompleteException, IOException {
    json.reset(window.bytes(), (int) Math.min(window.limit(), (long) start + maxEventBytes));
    try {
      return handler.event(start, index, window.offset());
    } finally {
      json.reset(window.bytes(), window.limit());
    }
  }

  /** Passes over a bad value, to its end if it has one, or else to the line's (M15). */
  private void bad(BadReason reason, String detail) throws IOException {
    while (true) {
      int start = window.position();
      int to = (int) Math.min(window.limit(), (long) start + maxEventBytes);
      ValueEnd value = new ValueEnd();
      try {
        int end = value.next(window.bytes(), start, to);
        if (end < 0 && to < window.limit()) {
          large(value, to, reason, detail);
          return;
        }
        if (end < 0 && !window.more()) {
          if (!value.endsHere()) {
            line(ENDS_EARLY, window.limit());
            return;
          }
          end = window.limit();
        }
        if (end >= 0) {
          RawBytes raw =
              reason == BadReason.TOO_LARGE ? RawBytes.ofTooLarge() : new RawBytes(maxEventBytes);
          long offset = window.offset();
          raw.add(window.bytes(), window.position(), end);
          window.moveTo(end);
          handler.bad(reason, detail, index, offset, raw);
          return;
        }
      } catch (BadValueException e) {
        line(e.detail(start), e.position());
        return;
      }
    }
  }

  /**
   * Passes over a value that is over the limit and has not ended yet. Where it breaks off, the bad
   * event ends at the next newline: the first one is no longer at hand.
   *
   * @param to where {@code value} has come to
   */
  private void large(ValueEnd value, int to, BadReason reason, String detail) throws IOException {
    long offset = window.offset();
    RawBytes raw = new RawBytes(maxEventBytes);
    raw.add(window.bytes(), window.position(), to);
    window.moveTo(to);
    boolean isEvent = reason != BadReason.NOT_AN_OBJECT && reason != BadReason.ERASED;
    BadReason found = isEvent ? BadReason.TOO_LARGE : reason;
    String said = isEvent ? "larger than the limit of %d bytes".formatted(maxEventBytes) : detail;
    try {
      int end;
      do {
        end = value.next(window.bytes(), window.position(), window.limit());
        int next = end < 0 ? window.limit() : end;
        raw.add(window.bytes(), window.position(), next);
        window.moveTo(next);
      } while (end < 0 && window.more());
      if (end < 0 && !value.endsHere()) {
        found = BadReason.MALFORMED;
        said = ENDS_EARLY;
      }
    } catch (BadValueException e) {
      found = BadReason.MALFORMED;
      said = e.getMessage();
      raw.add(window.bytes(), window.position(), e.position());
      window.moveTo(e.position());
      toNewline(raw);
    }
    handler.bad(found, said, index, offset, raw);
  }

  /** The bad event is what is left of its first line. */
  private void line(String detail, int fault) throws IOException {
    brokenOff.note(window, fault, json.newline(window.position()), detail);
    long offset = window.offset();
    RawBytes raw = new RawBytes(maxEventBytes);
    toNewline(raw);
    handler.bad(BadReason.MALFORMED, detail, index, offset, raw);
  }

  private void toNewline(RawBytes raw) throws IOException {
    int newline = json.newline(window.position());
    while (newline < 0) {
      raw.add(window.bytes(), window.position(), window.limit());
      window.moveTo(window.limit());
      if (!window.more()) {
        return;
      }
      newline = json.newline(window.position());
    }
    raw.add(window.bytes(), window.position(), newline);
    window.moveTo(newline + 1);
  }

  private void rest(BadReason reason, String detail) throws IOException {
    long offset = window.offset();
    RawBytes raw = new RawBytes(maxEventBytes);
    do {
      raw.add(window.bytes(), window.position(), window.limit());
      window.moveTo(window.limit());
    } while (window.more());
    handler.bad(reason, detail, index, offset, raw);
  }
}
