package dev.millrace.loader.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.fakes.FakeStaging;
import dev.millrace.loader.fakes.Faults;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.normalizer.BadEvent;
import dev.millrace.normalizer.BadReason;
import dev.millrace.normalizer.EventOrigin;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AttemptTest {
  private static final BatchRef BATCH = new BatchRef("landing", "a.avro", 1_795_451_447_201_694L);

  private final FakeStaging staging = new FakeStaging(new Faults());
  private final Attempt attempt = new Attempt(staging, BATCH, "1.5", "a1", 30);

  private void write(String table, String... lines) throws IOException {
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    attempt.rows(table, bytes, 0, bytes.length, lines.length);
  }

  private static Schema schema(String... tables) {
    List<Table> added = new ArrayList<>();
    for (String table : tables) {
      added.add(new Table(table, Map.of("a", Column.of("a", DataType.TEXT)), Map.of()));
    }
    return Schema.initial("millrace").with(added);
  }

  private String content(String path) {
    return new String(staging.at("memory:" + path), StandardCharsets.UTF_8);
  }

  @Test
  void rows_moreThanAPartHolds_goToTheNextPart() throws IOException {
    write("orders", "{\"a\":\"0123456789\"}");
    write("orders", "{\"a\":\"x\"}", "{\"a\":\"y\"}");
    attempt.close();

    PackageTable orders = attempt.tables(schema("orders")).get("orders");
    assertThat(orders.parts())
        .containsExactly(
            new Part("packages/1.5/a1/orders.0.jsonl", 1, 19),
            new Part("packages/1.5/a1/orders.1.jsonl", 2, 20));
    assertThat(orders.rows()).isEqualTo(3);
    assertThat(content("packages/1.5/a1/orders.1.jsonl"))
        .isEqualTo("{\"a\":\"x\"}\n{\"a\":\"y\"}\n");
  }

  @Test
  void rows_manyTables_keepsFewStreamsOpenAndLosesNothing() throws IOException {
    String[] tables = new String[100];
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < tables.length; i++) {
        tables[i] = "t" + i;
        write(tables[i], "{}");
      }
    }
    attempt.close();

    assertThat(staging.mostOpen()).isLessThanOrEqualTo(32);
    assertThat(attempt.tables(schema(tables)).values()).allMatch(table -> table.rows() == 3);
  }

  @Test
  void bad_event_isARowOfTheSystemTable() throws IOException {
    attempt.bad(
        BadEvent.unread(
            BadReason.MALFORMED,
            "no value",
            new EventOrigin("p:7:", 1_000_001, "7", 3),
            2,
            40,
            9,
            new byte[] {'x', (byte) 0xff}));
    attempt.close();

    JsonNode row =
        JsonMapper.shared().readTree(content("packages/1.5/a1/_millrace_bad_events.0.jsonl"));
    assertThat(row)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"received_at":"1970-01-01T00:00:01.000001Z","load_id":"1.5",
                     "bucket":"landing","object":"a.avro","generation":1795451447201694,
                     "reason":"malformed","detail":"no value","partial":false,"message_id":"7",
                     "message_number":3,"event_index":2,"byte_offset":40,"raw_bytes":9,
                     "raw_sha256":"41add8152e6530cd1f5030084f5c4fd3a28b735897c8c8801e3f4eec08c62028",
                     "raw":"eP8="}
                    """));
    assertThat(attempt.badByReason()).isEqualTo(Map.of("malformed", 1L));
    assertThat(attempt.tables(schema())).isEmpty();
  }
}
