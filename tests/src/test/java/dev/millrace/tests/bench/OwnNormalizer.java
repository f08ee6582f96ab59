package dev.millrace.tests.bench;

import dev.millrace.normalizer.EventOrigin;
import dev.millrace.normalizer.NormalizedBatch;
import dev.millrace.normalizer.Normalizer;
import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.RowSink;
import dev.millrace.normalizer.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * The normaliser as the loader calls it: default settings, deduplication on, every table's rows
 * written as lines of a part. The parts are thrown away.
 */
final class OwnNormalizer implements Contestant {
  private static final EventOrigin ORIGIN =
      new EventOrigin("b:bench/events#1:", 1_700_000_000_123_456L, null, 0);

  private final String name;
  private final byte[] events;
  private final long count;
  private final Schema schema;
  private final Map<String, String> rawPaths;

  private OwnNormalizer(
      String name, byte[] events, long count, Schema schema, Map<String, String> rawPaths) {
    this.name = name;
    this.events = events;
    this.count = count;
    this.schema = schema;
    this.rawPaths = rawPaths;
  }

  /** With a schema that knows nothing, as in a pipeline's first batch. */
  static OwnNormalizer withEmptySchema(byte[] events, long count) {
    return new OwnNormalizer(
        "millrace, empty schema", events, count, Schema.initial("millrace"), Map.of());
  }

  /** With the schema that the same events left behind, as in any other batch. */
  static OwnNormalizer withSeenSchema(byte[] events, long count) throws IOException {
    NormalizedBatch first =
        withEmptySchema(events, count).normalise(new ByteArrayInputStream(events), new RowBytes());
    return new OwnNormalizer(
        "millrace, schema known", events, count, first.schema(), first.rawPaths());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int passesPerRound() {
    return 4;
  }

  @Override
  public double pass() throws IOException {
    RowBytes rows = new RowBytes();
    long start = CpuTime.nanos();
    NormalizedBatch batch = normalise(new ByteArrayInputStream(events), rows);
    double seconds = CpuTime.secondsSince(start);
    if (batch.loaded() != count || rows.bytes() == 0) {
      throw new IllegalStateException("%d of %d events loaded".formatted(batch.loaded(), count));
    }
    return seconds;
  }

  /** Bytes of all rows that a pass makes. */
  long rowBytes() throws IOException {
    RowBytes rows = new RowBytes();
    normalise(new ByteArrayInputStream(events), rows);
    return rows.bytes();
  }

  NormalizedBatch normalise(InputStream stream, RowSink sink) throws IOException {
    Normalizer normalizer =
        new Normalizer(
            schema,
            rawPaths,
            NormalizerSettings.DEFAULT,
            "1700000000.123456000000",
            sink,
            event -> {
              throw new IOException("a bad event: " + event.detail());
            });
    normalizer.text(stream, ORIGIN);
    return normalizer.finish();
  }

  /** Counts the rows' bytes. */
  static final class RowBytes implements RowSink {
    private long bytes;

    @Override
    public void rows(String table, byte[] buffer, int offset, int length, int rows) {
      bytes += length;
    }

    long bytes() {
      return bytes;
    }
  }
}
