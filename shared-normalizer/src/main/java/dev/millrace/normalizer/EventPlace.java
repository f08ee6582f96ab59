package dev.millrace.normalizer;

import java.util.Objects;

/**
 * Where an event stands.
 *
 * @param origin the message or object that it came in
 * @param index which JSON value of it the event is, counted from 0, bad ones included
 * @param byteOffset where its first byte stands in it
 */
public record EventPlace(EventOrigin origin, long index, long byteOffset) {
  public EventPlace {
    Objects.requireNonNull(origin, "origin");
  }
}
