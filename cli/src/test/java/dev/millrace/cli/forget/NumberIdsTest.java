package dev.millrace.cli.forget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People whose ids are numbers: 42 in a bigint column, 1.5 and 100000 in a double one. */
class NumberIdsTest {
  private static final String EVENTS =
      """
      {"event": "Counted", "messageId": "1", "userId": 42}
      {"event": "Counted", "messageId": "2", "userId": "042"}
      {"event": "Weighed", "messageId": "3", "userId": 1.5}
      {"event": "Weighed", "messageId": "4", "userId": 1e5}
      {"event": "Named", "messageId": "5", "userId": "bob"}
      {"event": "Named", "messageId": "6", "userId": 7.50}
      """;

  @TempDir private Path folder;
  private Path database;

  @BeforeEach
  void load() throws IOException {
    database = folder.resolve("shop.duckdb");
    load("monday.jsonl", EVENTS);
  }

  private String load(String name, String events) throws IOException {
    Path file = Files.writeString(folder.resolve(name), events);
    Run run = Run.millrace("load", "--into", database.toString(), file.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  private JsonNode forget(String id) {
    Run run =
        Run.millrace(
            "forget", "--database", database.toString(), "--user-id", id, "--yes", "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    return JsonMapper.shared().readTree(run.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"042", "+42", " 42", "42.0", "0x2a", "4_2", "1.50", "15e-1", "1e5", "1e+5"})
  void another_spelling_of_a_number_is_nobody_in_a_column_of_numbers(String id) {
    JsonNode answer = forget(id);

    assertThat(answer.get("rows")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "42, counted, 2",
    "1.5, weighed, 1",
    "100000, weighed, 1",
    "100000.0, weighed, 1",
    "7.5, named, 1"
  })
  void the_spelling_that_a_column_gives_its_number_is_found(String id, String table, long rows) {
    assertThat(forget(id).get("rows").get(table).asLong()).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource({
    "42, 42",
    "42, 42.0",
    "42, 4.2e1",
    "1.5, 1.50",
    "100000, 1e5",
    "100000.0, 1e5",
    "7.5, 7.50"
  })
  void a_number_that_is_found_is_skipped_by_later_loads(String id, String json) throws IOException {
    forget(id);

    assertThat(load("tuesday.jsonl", "{\"event\": \"Counted\", \"userId\": %s}".formatted(json)))
        .contains("0 loaded");
  }

  @ParameterizedTest
  @CsvSource({"042, 42", "+42, 42", "1e5, 100000", "1.50, 1.5", "42.0, 42"})
  void a_number_that_is_not_found_is_loaded_later_too(String id, String json) throws IOException {
    forget(id);

    assertThat(load("tuesday.jsonl", "{\"event\": \"Counted\", \"userId\": %s}".formatted(json)))
        .contains("1 loaded");
  }

  @Test
  void a_text_that_looks_like_a_number_is_skipped_as_it_is_written() throws IOException {
    forget("042");

    assertThat(load("tuesday.jsonl", "{\"event\": \"Counted\", \"userId\": \"042\"}"))
        .contains("0 loaded");
  }

  @Test
  void the_answer_says_where_a_column_of_numbers_can_not_tell_ids_apart() {
    assertThat(forget("42").get("notes").toString())
        .contains("42 in counted.user_id may have been")
        .contains("042");
    assertThat(forget("042").get("notes").toString())
        .contains("042 would be 42 in counted.user_id")
        .contains("rows of 42 are not theirs");
  }

  @Test
  void a_message_id_that_is_a_number_is_known_as_it_is_written() throws IOException {
    load("numbers.jsonl", "{\"event\": \"Timed\", \"messageId\": 1e5}");
    Run run =
        Run.millrace("forget", "--database", database.toString(), "--message-id", "1e5", "--yes");

    assertThat(run.out()).contains("1 row of 1 load in 1 table");
    assertThat(load("again.jsonl", "{\"event\": \"Timed\", \"messageId\": 1e5, \"day\": 2}"))
        .contains("0 loaded");
  }
}
