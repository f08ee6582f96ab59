package dev.millrace.normalizer;

/**
 * The events that are in the tables already: one whose root {@code _dlt_id} is among them counts as
 * a duplicate and makes no rows, as a repeated {@code messageId} inside the batch does (M13).
 */
@FunctionalInterface
public interface KnownIds {
  /** Nothing is in the tables yet. */
  KnownIds NONE = (id, offset, length) -> false;

  /**
   * Whether an event of that root {@code _dlt_id} is known. Asked once per good event; must not
   * keep the array.
   *
   * @param id holds the id's characters in UTF-8: 14 of ASCII, unless the event brought an id of
   *     its own and is trusted with it (M3)
   */
  boolean contains(byte[] id, int offset, int length);
}
