package dev.millrace.normalizer;

/** Why an event, or a row of one, could not be loaded. A code is never reused. */
public enum BadReason {
  /** The value is not JSON. */
  MALFORMED("malformed"),
  /** The bytes are not UTF-8. */
  INVALID_UTF8("invalid_utf8"),
  /** The value is JSON and no object. */
  NOT_AN_OBJECT("not_an_object"),
  /** Nested deeper than 400 levels. */
  TOO_DEEP("too_deep"),
  /**
   * Larger than the guard allows, or with more rows or keys than there is memory for; only its
   * beginning is kept.
   */
  TOO_LARGE("too_large"),
  /** A null, or no value, where a hint says that there is one. */
  NULL_IN_REQUIRED("null_in_required"),
  /** A value fits neither its column nor the column's variant. */
  CANNOT_COERCE("cannot_coerce"),
  /** A contract that is frozen would have had to change. */
  CONTRACT_FROZEN("contract_frozen"),
  /** A contract drops the row. */
  CONTRACT_DISCARDED("contract_discarded"),
  /** A packed message in a text object, where it can't be told from other bytes. */
  PACKED_IN_TEXT("packed_in_text"),
  /** The object ends, or can't be read any further, before its end; the event is the remainder. */
  TRUNCATED("truncated"),
  /** The object unpacks to more than the limit; the event is the remainder. */
  TOO_LARGE_UNPACKED("too_large_unpacked"),
  /** Good or not, it is of a person who has asked to be forgotten; nothing is kept of it. */
  ERASED("erased");

  private final String code;

  BadReason(String code) {
    this.code = code;
  }

  /** Whether the event is good JSON, so that privacy rules can be applied to what is kept of it. */
  boolean isOfReadableEvent() {
    return switch (this) {
      case NULL_IN_REQUIRED, CANNOT_COERCE, CONTRACT_FROZEN, CONTRACT_DISCARDED -> true;
      default -> false;
    };
  }

  /** The code as tables, logs and answers spell it. */
  public String code() {
    return code;
  }
}
