package dev.millrace.loader.read;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;

/**
 * What stands at the head of an Avro container.
 *
 * @param schema of its records
 * @param deflated whether its blocks are packed
 * @param sync what ends each block
 */
record AvroHeader(PubsubSchema schema, boolean deflated, byte[] sync) {
  private static final int MAX_ENTRIES = 1_000;
  private static final int MAGIC_BYTES = 4;
  private static final int SYNC_BYTES = 16;

  /**
   * Reads it from the container's start.
   *
   * @throws LoadException if it says that the rest can't be read here
   */
  static AvroHeader read(BinaryDecoder in) throws IOException {
    in.skipFixed(MAGIC_BYTES);
    Map<String, String> entries = entries(in);
    byte[] sync = new byte[SYNC_BYTES];
    in.readFixed(sync);
    boolean deflated = isDeflated(entries.getOrDefault("avro.codec", "null"));
    return new AvroHeader(PubsubSchema.of(schema(entries.get("avro.schema"))), deflated, sync);
  }

  private static Map<String, String> entries(BinaryDecoder in) throws IOException {
    Map<String, String> entries = new HashMap<>();
    for (long count = in.readMapStart(); count > 0; count = in.mapNext()) {
      for (long i = 0; i < count; i++) {
        String key = AvroValues.text(in);
        entries.put(key, AvroValues.text(in));
        if (entries.size() > MAX_ENTRIES) {
          throw new IOException("its Avro header is damaged");
        }
      }
    }
    return entries;
  }

  private static boolean isDeflated(String codec) throws LoadException {
    if (codec.equals("deflate") || codec.equals("null")) {
      return codec.equals("deflate");
    }
    throw new LoadException(
        LoadError.OBJECT_UNREADABLE,
        "its Avro codec is " + codec + "; only null and deflate can be read");
  }

  private static Schema schema(String json) throws IOException {
    if (json == null) {
      throw new IOException("its Avro header has no schema");
    }
    try {
      return new Schema.Parser().parse(json);
    } catch (AvroRuntimeException e) {
      throw new IOException("its Avro header has a schema that can't be read", e);
    }
  }
}
