package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.KnownIds;
import dev.millrace.normalizer.ids.RootIds;
import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * What an event is known by: its {@code messageId}, or its place where it has none (design, "Ids").
 * Tells by it whether the event was there before (M13).
 */
final class EventIdentity {
  private static final byte[] MESSAGE_ID = "m:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MESSAGE_ID_KEY = "\"messageId\"".getBytes(StandardCharsets.US_ASCII);

  private final JsonBytes json;
  private final GuardCounts guards;
  private final RootIds rootIds = new RootIds();
  private final MessageIds messageIds;
  private KnownIds known = KnownIds.NONE;
  private byte[] placePrefix = new byte[0];
  private String placePrefixText = "";
  private boolean hasMessageId;

  EventIdentity(JsonBytes json, GuardCounts guards, MessageIds messageIds) {
    this.json = json;
    this.guards = guards;
    this.messageIds = messageIds;
  }

  /** Sets which events are in the tables already. */
  void known(KnownIds ids) {
    known = Objects.requireNonNull(ids, "ids");
  }

  /** Sets what the place of the events that follow starts with. */
  void placePrefix(String prefix) {
    if (!prefix.equals(placePrefixText)) {
      placePrefixText = prefix;
      placePrefix = prefix.getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * Writes the root id of an event.
   *
   * @param from where its {@code messageId} is, with its quotes if it is a string; -1 without one
   * @param index of the event in its message or text object
   */
  void writeRootId(int from, int to, long index, byte[] target) {
    byte[] messageId = messageId(from, to);
    hasMessageId = messageId != null;
    if (hasMessageId) {
      rootIds.write(MESSAGE_ID, messageId, 0, messageId.length, target, 0);
    } else {
      byte[] position = Long.toString(index).getBytes(StandardCharsets.US_ASCII);
      rootIds.write(placePrefix, position, 0, position.length, target, 0);
    }
  }

  /**
   * Whether the event whose id was written last was there before. If it was not, it is from now on.
   *
   * @param id the id that its root row has
   * @param length of the id in bytes
   */
  boolean isDuplicate(byte[] id, int length) {
    if (known.contains(id, 0, length)) {
      return true;
    }
    if (!hasMessageId) {
      return false;
    }
    if (messageIds.isFull()) {
      guards.acted(GuardName.DEDUPLICATION);
      return false;
    }
    return !messageIds.add(rootIds.hashHigh(), rootIds.hashLow());
  }

  /** The root id of the event whose brace is at {@code start}, before it is read. */
  String rootIdAhead(int start, long index) throws BadValueException, IncompleteException {
    TopLevelKeys keys = new TopLevelKeys();
    byte[] id = null;
    if (keys.find(json, start, MESSAGE_ID_KEY)) {
      byte first = json.bytes()[keys.from()];
      if (first == '"' || first == '-' || (first >= '0' && first <= '9')) {
        id = messageId(keys.from(), keys.to());
      }
    }
    return rootIds.of(
        id == null ? placePrefixText + index : "m:" + new String(id, StandardCharsets.UTF_8));
  }

  /** A non-blank string, or a number as written; anything else counts as none. */
  private byte[] messageId(int from, int to) {
    if (from < 0) {
      return null;
    }
    byte[] bytes = json.bytes();
    if (bytes[from] != '"') {
      return Arrays.copyOfRange(bytes, from, to);
    }
    if (isPlain(bytes, from + 1, to - 1)) {
      return Arrays.copyOfRange(bytes, from + 1, to - 1);
    }
    String text = JsonText.decode(bytes, from + 1, to - 1);
    return text.isBlank() ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a string's bytes are its text, and not blank, by a look that is right for most. */
  private static boolean isPlain(byte[] bytes, int from, int to) {
    if (from == to || bytes[from] <= ' ') {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\') {
        return false;
      }
    }
    return true;
  }
}
