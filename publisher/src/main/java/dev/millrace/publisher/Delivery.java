package dev.millrace.publisher;

import java.util.Objects;

/** What became of an event in the end, as far as this process follows it. */
public sealed interface Delivery {
  /**
   * The broker has it.
   *
   * @param brokerId the broker's id of the message; empty where the broker gives none
   */
  record Delivered(String brokerId) implements Delivery {}

  /**
   * It is on disk alone. It is sent when there is room, or by the next process that opens the
   * spool, and then a {@link DeliveryListener} hears of it once more.
   */
  record Spooled() implements Delivery {}

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
    /** The broker refuses this very event; trying again would not help. */
    REJECTED,
    /** The transport gave up on it, and there is no spool or no room in it. */
    NOT_DELIVERED,
    /** The publisher was closed before the broker answered, and there is no spool or no room. */
    OUT_OF_TIME
  }
}
