package dev.millrace.normalizer;

import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.ByteBuilder;
import dev.millrace.normalizer.json.CompactJson;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.json.RepeatedKeyException;
import dev.millrace.normalizer.json.RepeatedKeys;
import dev.millrace.normalizer.json.TooLongException;
import dev.millrace.normalizer.privacy.PrivacyRules;

/**
 * Applies privacy rules to what is kept of bad events. Of one that can't be read, nothing is kept
 * but its length, its hash and its place.
 */
final class PrivateBadEvents {
  private static final byte[] NOTHING = new byte[0];

  private final PrivacyRules privacy;
  private final JsonBytes json = new JsonBytes();
  private final CompactJson compact;

  PrivateBadEvents(PrivacyRules privacy) {
    this.privacy = privacy;
    this.compact = new CompactJson(json, privacy);
  }

  /** The event without what the rules forbid. Of a row of an event, they have been applied. */
  BadEvent without(BadEvent event) {
    if (privacy.isEmpty() || event.partial()) {
      return event;
    }
    if (!event.reason().isOfReadableEvent() || event.raw().length < event.rawLength()) {
      return event.withRaw(NOTHING);
    }
    return event.withRaw(applied(event.raw()));
  }

  private byte[] applied(byte[] raw) {
    json.reset(raw, raw.length);
    try {
      byte[] single = new RepeatedKeys(json).removed(0);
      json.reset(single, single.length);
      ByteBuilder out = new ByteBuilder(single.length);
      compact.copy(0, out, 0, privacy.root());
      return out.toByteArray();
    } catch (BadValueException | IncompleteException | RepeatedKeyException | TooLongException e) {
      return NOTHING;
    }
  }
}
