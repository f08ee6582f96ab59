package dev.millrace.normalizer;

import dev.millrace.normalizer.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a batch of text or messages became, for tests to look at. */
final class Normalized {
  static final EventOrigin ORIGIN =
      new EventOrigin("b:bucket/name#1:", 1_700_000_000_123_456L, null, 0);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  final Map<String, List<JsonNode>> rows = new LinkedHashMap<>();
  final List<BadEvent> bad = new ArrayList<>();
  NormalizedBatch batch;

  static Normalized text(String text) {
    return text(text, NormalizerSettings.DEFAULT);
  }

  static Normalized text(String text, NormalizerSettings settings) {
    return text(text.getBytes(StandardCharsets.UTF_8), settings, Schema.initial("millrace"));
  }

  static Normalized text(byte[] text, NormalizerSettings settings, Schema schema) {
    return stream(new ByteArrayInputStream(text), settings, schema);
  }

  static Normalized stream(InputStream stream, NormalizerSettings settings, Schema schema) {
    return run(settings, schema, normalizer -> normalizer.text(stream, ORIGIN));
  }

  static Normalized messages(String... payloads) {
    return run(
        NormalizerSettings.DEFAULT,
        Schema.initial("millrace"),
        normalizer -> {
          for (int i = 0; i < payloads.length; i++) {
            byte[] bytes = payloads[i].getBytes(StandardCharsets.UTF_8);
            normalizer.message(
                bytes, 0, bytes.length, new EventOrigin("p:" + i + ":", 0, "" + i, i));
          }
        });
  }

  /** The same with what this batch left behind. */
  Normalized then(String text) {
    return then(text, NormalizerSettings.DEFAULT);
  }

  Normalized then(String text, NormalizerSettings settings) {
    return text(text.getBytes(StandardCharsets.UTF_8), settings, batch.schema());
  }

  interface Reading {
    void read(Normalizer normalizer) throws IOException;
  }

  static Normalized run(NormalizerSettings settings, Schema schema, Reading reading) {
    Normalized result = new Normalized();
    Normalizer normalizer =
        new Normalizer(
            schema,
            Map.of(),
            settings,
            "1700000000.123456000000",
            (table, buffer, offset, length, count) -> {
              String[] lines =
                  new String(buffer, offset, length, StandardCharsets.UTF_8).split("\n");
              if (lines.length != count) {
                throw new IOException(count + " rows said, " + lines.length + " given");
              }
              for (String line : lines) {
                result
                    .rows
                    .computeIfAbsent(table, each -> new ArrayList<>())
                    .add(JSON.readTree(line));
              }
            },
            result.bad::add);
    try {
      reading.read(normalizer);
      result.batch = normalizer.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }

  List<JsonNode> rows(String table) {
    return rows.getOrDefault(table, List.of());
  }

  JsonNode onlyRow(String table) {
    if (rows(table).size() != 1) {
      throw new AssertionError(rows(table).size() + " rows in " + table + " of " + rows);
    }
    return rows(table).get(0);
  }

  List<String> badReasons() {
    return bad.stream().map(event -> event.reason().code()).toList();
  }

  /** All rows as text, in order. */
  String printed() {
    StringBuilder text = new StringBuilder();
    rows.forEach((table, list) -> list.forEach(row -> text.append(table).append(row).append('\n')));
    return text.toString();
  }
}
