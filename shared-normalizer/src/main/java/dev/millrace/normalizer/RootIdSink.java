package dev.millrace.normalizer;

import java.io.IOException;

/** Takes the id of every root row that a {@link Normalizer} makes. Called by one thread. */
@FunctionalInterface
public interface RootIdSink {
  /** Nobody wants to know. */
  RootIdSink NONE = (table, id, offset, length) -> {};

  /**
   * Takes the id of a root row that is loaded, in the order of the events; must not keep the array.
   *
   * @param table the root table's name
   * @param id holds the id's characters in UTF-8: 14 of ASCII, unless the event brought an id of
   *     its own and is trusted with it (M3)
   */
  void rootId(String table, byte[] id, int offset, int length) throws IOException;
}
