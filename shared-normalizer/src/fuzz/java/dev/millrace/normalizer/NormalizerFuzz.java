package dev.millrace.normalizer;

import dev.millrace.normalizer.BatchRecord.Form;
import dev.millrace.normalizer.NormalizerSettings.ColumnHint;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fuzzer's target: any bytes through reader and normaliser. The first byte chooses the
 * settings; a byte 0xff ends a batch, 0xfe a message.
 */
public final class NormalizerFuzz {
  private static final int MESSAGES = 1;
  private static final int SMALL_GUARDS = 2;
  private static final int HINTS = 4;
  private static final int SHORT_NAMES = 8;
  private static final int SYSTEM_KEYS = 16;
  private static final int SEQUENCES = 32;
  private static final int PIECES = 64;

  private NormalizerFuzz() {}

  /** Called by the fuzzer; whatever is thrown is a finding. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    int mode = input[0];
    NormalizerSettings settings = settings(mode);
    boolean messages = (mode & MESSAGES) != 0;
    Form form = messages ? Form.MESSAGES : Form.TEXT;
    Form again = messages || (mode & PIECES) == 0 ? form : Form.TEXT_BY_THE_BYTE;
    Schema schema = Schema.initial("millrace");
    Map<String, String> rawPaths = Map.of();
    int load = 0;
    for (byte[] bytes : split(input, 1, (byte) 0xff)) {
      List<byte[]> parts = messages ? split(bytes, 0, (byte) 0xfe) : List.of(bytes);
      String loadId = "1700000000." + load++;
      BatchRecord first = BatchRecord.of(parts, form, settings, schema, rawPaths, loadId);
      BatchChecks.check(first);
      BatchRecord second = BatchRecord.of(parts, again, settings, schema, rawPaths, loadId);
      if (!first.printed().equals(second.printed())) {
        throw new AssertionError("two runs:\n" + first.printed() + "\n" + second.printed());
      }
      schema = first.batch().schema();
      rawPaths = first.batch().rawPaths();
    }
  }

  private static List<byte[]> split(byte[] bytes, int from, byte separator) {
    List<byte[]> parts = new ArrayList<>();
    int start = from;
    for (int i = from; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == separator) {
        parts.add(Arrays.copyOfRange(bytes, start, i));
        start = i + 1;
      }
    }
    return parts;
  }

  private static NormalizerSettings settings(int mode) {
    boolean small = (mode & SMALL_GUARDS) != 0;
    boolean hints = (mode & HINTS) != 0;
    return NormalizerSettings.DEFAULT
        .withMaxIdentifierLength((mode & SHORT_NAMES) != 0 ? 20 : 300)
        .withRootKey((mode & SHORT_NAMES) != 0)
        .withColumnHints(hints ? Map.of("*", hints()) : Map.of())
        .withPreferredTypes(
            hints ? Map.of("re:_at$", DataType.TIMESTAMP, "jj", DataType.JSON) : Map.of())
        .withTrustSystemKeys((mode & SYSTEM_KEYS) != 0)
        .withArraysAreSequences((mode & SEQUENCES) != 0)
        .withGuards(small ? new Guards(3, 12, 3, 1_024) : Guards.DEFAULT);
  }

  /** Columns {@code cte}, {@code cbi}, … of every type, and one that must have a value. */
  private static Map<String, ColumnHint> hints() {
    Map<String, ColumnHint> hints = new LinkedHashMap<>();
    for (DataType type : DataType.values()) {
      hints.put("c" + type.word().substring(0, 2), new ColumnHint(type, null, Map.of()));
    }
    hints.put("nn", new ColumnHint(null, false, Map.of()));
    return hints;
  }
}
