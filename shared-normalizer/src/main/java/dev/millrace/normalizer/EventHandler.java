package dev.millrace.normalizer;

import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.IncompleteException;
import java.io.IOException;

/** Takes the values that an {@link EventReader} finds. */
interface EventHandler {
  /**
   * Takes the object that starts at {@code start} of the window's bytes, all of it or, when this
   * throws, nothing.
   *
   * @return the index behind it
   */
  int event(int start, long index, long byteOffset)
      throws BadValueException, IncompleteException, IOException;

  /**
   * Takes a value that makes no rows.
   *
   * @param raw what is kept of the value's bytes
   */
  void bad(BadReason reason, String detail, long index, long byteOffset, RawBytes raw)
      throws IOException;
}
