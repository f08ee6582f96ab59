package dev.millrace.normalizer;

import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What must hold of any batch whatever, contracts and hints of the caller's aside. */
final class BatchChecks {
  /** The first level of an event is Jackson's first too. */
  private static final JsonFactory EVENTS = factory(400).build();

  private static final JsonMapper ROWS =
      JsonMapper.builder(
              factory(1_000).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final BatchRecord record;
  private final NormalizedBatch batch;
  private final NormalizerSettings settings;
  private final Map<String, List<JsonNode>> rows = new LinkedHashMap<>();

  /**
   * Of all tables: lists of two tables' rows may have one name, and with it one table, as in dlt.
   */
  private final Set<String> ids = new HashSet<>();

  private BatchChecks(BatchRecord record) {
    this.record = record;
    this.batch = record.batch();
    this.settings = record.settings();
  }

  private static tools.jackson.core.json.JsonFactoryBuilder factory(int depth) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNumberLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .maxNestingDepth(depth)
                .build());
  }

  /** Fails with an {@link AssertionError} that says what does not hold. */
  static void check(BatchRecord record) {
    BatchChecks checks = new BatchChecks(record);
    checks.badEvents();
    checks.readRows();
    checks.counts();
    checks.rows.forEach(checks::table);
    checks.document();
  }

  private void badEvents() {
    long bad = 0;
    for (int i = 0; i < record.parts().size(); i++) {
      badEvents(record.parts().get(i), record.bad().get(i));
      bad += record.bad().get(i).size();
    }
    demand(batch.bad() == bad, "bad events counted are not those given");
    demand(batch.partialBad() == 0, "partial bad events without a contract");
  }

  private void badEvents(byte[] part, List<BadEvent> bad) {
    long end = 0;
    long index = -1;
    for (BadEvent event : bad) {
      demand(!event.partial(), "a partial bad event");
      demand(event.index() > index, "bad events' indexes do not rise");
      demand(event.byteOffset() >= end, "bad events overlap");
      index = event.index();
      end = event.byteOffset() + event.rawLength();
      demand(end <= part.length, "a bad event ends behind the bytes");
      int kept = event.raw().length;
      byte[] source = Arrays.copyOfRange(part, (int) event.byteOffset(), (int) end);
      demand(Arrays.equals(event.raw(), Arrays.copyOf(source, kept)), "a bad event's other bytes");
      boolean large = event.rawLength() > settings.guards().eventBytes();
      demand(large ? kept <= 65_536 : kept == source.length, "a bad event is cut");
      demand(!event.detail().contains("byte -"), "a bad event's fault before its start");
    }
    if (!settings.arraysAreSequences()) {
      compareWithJackson(part, bad);
    }
  }

  /** What Jackson reads without a fault is good here, and what it finds a fault with is bad. */
  private static void compareWithJackson(byte[] part, List<BadEvent> bad) {
    boolean good;
    try {
      good = areObjects(part);
    } catch (CharacterCodingException e) {
      good = false;
    } catch (JacksonException e) {
      if (e.getOriginalMessage().contains("surrogate")) {
        // Jackson refuses an escaped surrogate that stands alone; M16 replaces it.
        return;
      }
      good = false;
    }
    if (good) {
      for (BadEvent event : bad) {
        demand(
            event.reason() == BadReason.TOO_LARGE || event.reason() == BadReason.NULL_IN_REQUIRED,
            "Jackson finds no fault: " + event.detail());
      }
    } else {
      demand(!bad.isEmpty(), "Jackson finds a fault");
    }
  }

  private static boolean areObjects(byte[] part) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(part)).toString();
    String json = text.startsWith("\ufeff") ? text.substring(1) : text;
    try (JsonParser parser = EVENTS.createParser(ObjectReadContext.empty(), json)) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (depth == 0 && token != JsonToken.START_OBJECT) {
          return false;
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      }
      return true;
    }
  }

  private void readRows() {
    record
        .lines()
        .forEach(
            (table, lines) -> {
              List<JsonNode> parsed = new ArrayList<>();
              for (String line : lines.split("\n")) {
                JsonNode row = ROWS.readTree(line);
                demand(row.isObject(), "a line that is no object");
                ids.add(row.get("_dlt_id").asString());
                parsed.add(row);
              }
              rows.put(table, parsed);
            });
  }

  private void counts() {
    demand(
        batch.read() == batch.loaded() + batch.duplicate() + batch.bad(),
        "read is not loaded and duplicate and bad");
    demand(batch.rows().keySet().equals(rows.keySet()), "tables counted are not those given");
    long roots = 0;
    for (Map.Entry<String, List<JsonNode>> table : rows.entrySet()) {
      demand(
          batch.rows().get(table.getKey()) == table.getValue().size(),
          "rows counted are not those given");
      Table definition = batch.schema().table(table.getKey());
      demand(definition != null, "rows of a table that is not in the schema");
      roots += definition.parent() == null ? table.getValue().size() : 0;
    }
    demand(roots == batch.loaded(), "root rows are not the events loaded");
    long tables = batch.schema().tables().values().stream().filter(t -> !t.isSystem()).count();
    // A batch that the guard finds without the fallback table makes that one besides.
    demand(tables <= settings.guards().tables() + 1, "more tables than the guard allows");
  }

  private void table(String name, List<JsonNode> inTable) {
    Table table = batch.schema().table(name);
    demand(
        !settings.columnHints().isEmpty()
            || table.columns().size() <= settings.guards().columnsPerTable() + 1,
        "more columns than the guard allows");
    Set<String> idsHere = new HashSet<>();
    for (JsonNode row : inTable) {
      row(table, row);
      boolean isNew = idsHere.add(row.get("_dlt_id").asString());
      demand(isNew || settings.trustSystemKeys(), "two rows have one id");
    }
    if (table.parent() != null && !settings.trustSystemKeys()) {
      for (JsonNode row : inTable) {
        demand(ids.contains(row.get("_dlt_parent_id").asString()), "a row without its parent");
      }
    }
  }

  private void row(Table table, JsonNode row) {
    for (Map.Entry<String, JsonNode> value : row.properties()) {
      Column column = table.columns().get(value.getKey());
      demand(column != null && column.isComplete(), "a value without a column");
      demand(
          PhysicalFit.holds(column.type(), value.getValue()),
          "a value that does not fit " + column + ": " + value.getValue());
    }
    for (Column column : table.columns().values()) {
      boolean dltLeavesItOut =
          settings.trustSystemKeys() && column.name().startsWith("_dlt") && row.has("_dlt_id");
      String variant = column.name() + "__v_";
      boolean isInItsVariant =
          row.properties().stream().anyMatch(value -> value.getKey().startsWith(variant));
      demand(
          column.nullable() || row.hasNonNull(column.name()) || dltLeavesItOut || isInItsVariant,
          "no value where one is required: " + column);
    }
    demand(row.hasNonNull("_dlt_id"), "no _dlt_id");
    demand(row.hasNonNull("_millrace_received_at"), "no _millrace_received_at");
    demand(row.has("_dlt_load_id") == (table.parent() == null), "_dlt_load_id");
  }

  private void document() {
    byte[] document = batch.schema().document();
    demand(
        Arrays.equals(document, Schema.parse(document).document()),
        "the document is another when it is read and written");
  }

  private static void demand(boolean holds, String broken) {
    if (!holds) {
      throw new AssertionError(broken);
    }
  }
}
