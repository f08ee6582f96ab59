package dev.millrace.normalizer.ids;

import java.nio.charset.StandardCharsets;

/**
 * The {@code _dlt_id} of child rows, as dlt derives them (spec 2.4): SHAKE-128 of {@code <parent
 * id>_<child table>_<index>}, 10 bytes, base64. Allocates nothing after construction. Not
 * thread-safe.
 */
public final class ChildIds {
  /** Length of an id in characters, which are bytes. */
  public static final int LENGTH = Base64Ten.LENGTH;

  private static final int MAX_DIGITS = 10;

  private final Shake128 prefix = new Shake128();
  private final Shake128 hash = new Shake128();
  private final byte[] digits = new byte[MAX_DIGITS];

  /**
   * Sets whose children are meant from now on.
   *
   * @param parent holds the parent row's id, in UTF-8
   * @param table the child table's final name, in UTF-8
   */
  public void under(byte[] parent, int offset, int length, byte[] table) {
    prefix.reset();
    prefix.absorb(parent, offset, length);
    prefix.absorb((byte) '_');
    prefix.absorb(table, 0, table.length);
    prefix.absorb((byte) '_');
  }

  /** As {@link #under(byte[], int, int, byte[])}, for callers that are in no hurry. */
  public void under(String parent, String table) {
    byte[] id = parent.getBytes(StandardCharsets.UTF_8);
    under(id, 0, id.length, table.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes the 14 characters of the id of the child at {@code index} of its list.
   *
   * @param index position in the list, from 0
   */
  public void write(int index, byte[] target, int offset) {
    hash.copyFrom(prefix);
    int from = MAX_DIGITS;
    int rest = index;
    do {
      digits[--from] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    hash.absorb(digits, from, MAX_DIGITS - from);
    hash.squeezeTenAsBase64(target, offset);
  }
}
