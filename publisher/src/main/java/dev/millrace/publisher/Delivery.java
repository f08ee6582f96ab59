package dev.millrace.publisher;

import java.util.Objects;

/** What became of an event in the end. */
public sealed interface Delivery {
  /**
   * The broker has it.
   *
   * @param brokerId the broker's id of the message
   */
  record Delivered(String brokerId) implements Delivery {}

  /**
   * It is given up. When {@link Reason#OUT_OF_TIME}, the broker may have it all the same.
   *
   * @param detail a sentence for a person
   */
  record Dropped(Reason reason, String detail) implements Delivery {
    public Dropped {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(detail, "detail");
    }
  }

  /** Why an event is dropped. */
  enum Reason {
    /** The call refused it. */
    REFUSED,
    /** The transport gave up on it. */
    NOT_DELIVERED,
    /** The publisher was closed before the broker answered. */
    OUT_OF_TIME
  }
}
