package dev.millrace.normalizer;

/**
 * Ids whose events are not to be loaded any more, for the person has asked to be forgotten. An
 * event with one of them is bad ({@link BadReason#ERASED}), and nothing is kept of it but its place
 * and its length.
 */
@FunctionalInterface
public interface ErasedIds {
  /** Nobody has asked. */
  ErasedIds NONE = (field, id) -> false;

  /**
   * Whether the id is one of them.
   *
   * @param id its text; of a number, as a column spells it
   */
  boolean contains(IdField field, String id);
}
