package dev.millrace.publisher;

/**
 * Hears what becomes of every event, those of an earlier process's spool included. Called from any
 * thread, the app's own for a refused call; it must be quick. What it throws is logged.
 */
@FunctionalInterface
public interface DeliveryListener {
  /** Hears nothing. */
  DeliveryListener NONE = (messageId, delivery) -> {};

  /**
   * @param messageId null for a raw payload and for an event that can't be written
   */
  void settled(String messageId, Delivery delivery);
}
