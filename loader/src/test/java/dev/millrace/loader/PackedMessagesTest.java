package dev.millrace.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.LoadOutcome.Loaded;
import dev.millrace.loader.read.AvroObjects;
import dev.millrace.loader.read.BatchReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many events in one message, marked by an attribute. */
class PackedMessagesTest {
  private static final Map<String, String> MARK =
      Map.of("traceparent", "00-1", "millrace-pack", "gzip-jsonl-1");
  private static final String LINES =
      """
      {"event": "e", "messageId": "1"}
      {"event": "e", "n": 2}
      {broken
      {"event": "e", "messageId": "1"}
      {"event": "f"}
      """;

  private final World world = new World();

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private LoadReport load(String name, Map<String, String> attributes, byte[]... payloads) {
    LoadOutcome outcome =
        world.load(world.put(name, AvroObjects.withAttributes(attributes, List.of(payloads))));
    assertThat(outcome).isInstanceOf(Loaded.class);
    return ((Loaded) outcome).report();
  }

  private JsonNode badRow() {
    List<JsonNode> rows = world.warehouse.rows("_millrace_bad_events");
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private List<String> idsOf(String table) {
    return world.warehouse.rows(table).stream()
        .map(row -> row.get("_dlt_id").asString())
        .sorted()
        .toList();
  }

  @Test
  void markedMessage_isUnpacked_andEachEventIsAccountedFor() throws IOException {
    LoadReport report = load("a", MARK, gzip(LINES));
    assertThat(report.read()).isEqualTo(5);
    assertThat(report.loaded()).isEqualTo(3);
    assertThat(report.duplicate()).isEqualTo(1);
    assertThat(report.badByReason()).isEqualTo(Map.of("malformed", 1L));
    assertThat(badRow().get("event_index").asLong()).isEqualTo(2);
    assertThat(badRow().get("message_id").asString()).isEqualTo("m0");
  }

  @Test
  void events_haveTheIdsThatTheyWouldHaveUnpacked() throws IOException {
    load("a", MARK, gzip(LINES));
    List<String> packed = idsOf("e");
    load("b", Map.of(), LINES.getBytes(StandardCharsets.UTF_8));
    assertThat(idsOf("e").stream().distinct()).containsExactlyElementsOf(packed);
  }

  @Test
  void unmarkedMessage_isNotGuessedAt() throws IOException {
    LoadReport report = load("a", Map.of("other", "gzip-jsonl-1"), gzip(LINES));
    assertThat(report.loaded()).isZero();
    assertThat(report.bad()).isPositive();
  }

  @Test
  void markOfAnotherFormat_isNotUnpacked() throws IOException {
    LoadReport report = load("a", Map.of("millrace-pack", "gzip-jsonl-2"), gzip(LINES));
    assertThat(report.loaded()).isZero();
  }

  @Test
  void damagedPack_loadsWhatCanBeRead_andTheNextMessageIsWhole() throws IOException {
    String many =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "{\"event\":\"e\",\"n\":" + i * 7919 + "}\n")
            .collect(Collectors.joining());
    byte[] whole = gzip(many);
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    LoadReport report = load("a", MARK, cut, gzip("{\"event\":\"f\"}"));
    assertThat(report.rows().get("e")).isBetween(1_000L, 19_999L);
    assertThat(report.rows()).containsEntry("f", 1L);
    assertThat(badRow().get("reason").asString()).isEqualTo("truncated");
    assertThat(badRow().get("message_id").asString()).isEqualTo("m0");
  }

  @Test
  void markedMessageThatIsNoGzip_isOneBadEvent() throws IOException {
    LoadReport report =
        load("a", MARK, LINES.getBytes(StandardCharsets.UTF_8), gzip("{\"event\":\"f\"}"));
    assertThat(report.bad()).isEqualTo(1);
    assertThat(report.loaded()).isEqualTo(1);
    assertThat(badRow().get("reason").asString()).isEqualTo("truncated");
  }

  @Test
  void packThatUnpacksToTooMuch_isReadUpToTheLimit() throws IOException {
    String bomb = "{\"event\":\"e\"}\n" + " ".repeat(17 << 20);
    LoadReport report = load("a", MARK, gzip(bomb));
    assertThat(report.loaded()).isEqualTo(1);
    assertThat(badRow().get("reason").asString()).isEqualTo("too_large_unpacked");
  }

  @Test
  void packsTogether_areHeldToTheObjectsLimit() throws IOException {
    byte[] pack = gzip("{\"event\":\"e\",\"x\":\"" + "y".repeat(800) + "\"}\n");
    byte[] object = AvroObjects.withAttributes(MARK, List.of(pack, pack, pack));
    LoadOutcome outcome =
        world.loader(new BatchReader(2_000)).load(world.put("a", object), World.BUDGET);
    LoadReport report = ((Loaded) outcome).report();
    assertThat(report.loaded()).isEqualTo(2);
    assertThat(report.badByReason()).isEqualTo(Map.of("too_large_unpacked", 1L));
  }

  @Test
  void packInATextObject_isOneBadEvent() throws IOException {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.writeBytes("{\"event\":\"e\"}\n".getBytes(StandardCharsets.UTF_8));
    object.writeBytes(gzip(LINES));
    world.load(world.put("a", object.toByteArray()));
    assertThat(badRow().get("reason").asString()).isEqualTo("packed_in_text");
  }

  @Test
  void packWithoutMetadata_isNotUnpacked() throws IOException {
    byte[] pack = gzip(LINES);
    byte[] object =
        AvroObjects.plain(
            CodecFactory.nullCodec(), 1, List.of(new String(pack, StandardCharsets.ISO_8859_1)));
    world.load(world.put("a", object));
    assertThat(world.warehouse.rows("_millrace_bad_events")).isNotEmpty();
  }
}
