package dev.millrace.cli.forget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Run;
import dev.millrace.cli.show.Loads;
import dev.millrace.cli.show.LocalDataset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ada wants to be forgotten; Bob does not. */
class ForgetCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String EVENTS =
      """
      {"event": "Order", "messageId": "1", "userId": "ada-lovelace", "items": [{"sku": "a", "options": [{"o": 1}, {"o": 2}]}]}
      {"event": "Order", "messageId": "2", "userId": "bob", "items": [{"sku": "b", "options": [{"o": 3}]}]}
      {"event": "Counted", "messageId": "3", "userId": 42, "tags": ["x", "y"]}
      {"event": "Counted", "messageId": "4", "userId": "ada-lovelace", "tags": ["z"]}
      {"event": "Seen", "messageId": "5", "anonymousId": "anon-1", "userId": "ada-lovelace"}
      {"event": "Seen", "messageId": "6", "anonymousId": "anon-1"}
      {"event": "Seen", "messageId": "7", "userId": "ada-lovelace", broken
      {"event": "Seen", "messageId": "8", "userId": "bob", "note": "met ada-lovelace", broken
      """;

  @TempDir private static Path loaded;
  @TempDir private Path folder;
  private Path database;

  @BeforeAll
  static void load() throws IOException {
    Path file = Files.writeString(loaded.resolve("monday.jsonl"), EVENTS);
    String into = loaded.resolve("shop.duckdb").toString();
    assertThat(Run.millrace("load", "--into", into, file.toString()).exitCode()).isZero();
  }

  @BeforeEach
  void copy() throws IOException {
    copy(loaded, folder);
    database = folder.resolve("shop.duckdb");
  }

  /** All that is in a folder, into one that is there and empty. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.filter(path -> !path.equals(from)).toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  private Run load(String name, String events) throws IOException {
    Path file = Files.writeString(folder.resolve(name), events);
    return Run.millrace("load", "--into", database.toString(), file.toString());
  }

  private Run forget(String... arguments) {
    List<String> all = new ArrayList<>(List.of("forget", "--database"));
    all.add(database.toString());
    all.addAll(List.of(arguments));
    return Run.millrace(all.toArray(String[]::new));
  }

  private Map<String, Long> rows() {
    return new LocalDataset(database, "telemetry").read(it -> new Loads(it).tables());
  }

  private String badEvents() {
    return new LocalDataset(database, "telemetry")
        .read(
            it ->
                new Loads(it)
                    .query("select reason, decode(raw) from _millrace_bad_events order by 1, 2")
                    .toString());
  }

  @Test
  void a_dry_run_tells_every_row_and_changes_nothing() {
    Map<String, Long> before = rows();

    Run run = forget("--user-id", "ada-lovelace");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("user_id ada-lovelace in " + database)
        .containsPattern("order +1\n")
        .containsPattern("order__items +1\n")
        .containsPattern("order__items__options +2\n")
        .containsPattern("counted +1\n")
        .containsPattern("counted__tags +1\n")
        .containsPattern("seen +1\n")
        .containsPattern("_millrace_bad_events +1\n")
        .contains("8 rows of 1 load in 7 tables.")
        .contains("1 bad event has the id elsewhere")
        .contains("1 batch object still holds their events")
        .contains("Nothing is deleted yet.");
    assertThat(rows()).isEqualTo(before);
    assertThat(forget("--list").out()).isEqualTo("No erasure is recorded.\n");
  }

  @Test
  void a_person_is_deleted_everywhere_and_nobody_else_is() {
    Run run = forget("--user-id", "ada-lovelace", "--yes");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("8 rows of 1 load in 7 tables are deleted.");
    assertThat(rows())
        .isEqualTo(
            Map.of(
                "counted", 1L,
                "counted__tags", 2L,
                "order", 1L,
                "order__items", 1L,
                "order__items__options", 1L,
                "seen", 1L));
    assertThat(badEvents()).contains("\"messageId\": \"8\"").doesNotContain("\"messageId\": \"7\"");
    assertThat(forget("--user-id", "ada-lovelace").out())
        .contains("Nothing found", "Recorded on ", "loads and replays skip their events")
        .doesNotContain("--yes");
  }

  @Test
  void a_number_is_found_in_its_column_and_as_it_is_written() throws IOException {
    assertThat(forget("--user-id", "42", "--yes").out()).contains("3 rows of 1 load in 2 tables");
    assertThat(rows()).containsEntry("counted", 1L).containsEntry("counted__tags", 1L);

    load("tuesday.jsonl", "{\"event\": \"Counted\", \"userId\": 42, \"day\": 2}");

    assertThat(rows()).containsEntry("counted", 1L);
  }

  @Test
  void what_was_forgotten_does_not_come_back_by_new_events_nor_by_a_replay() throws IOException {
    forget("--user-id", "ada-lovelace", "--yes");
    forget("--anonymous-id", "anon-1", "--yes");
    Map<String, Long> before = rows();

    Run again = load("copy.jsonl", EVENTS);
    Run more = load("tuesday.jsonl", EVENTS + "\n");
    Files.delete(database);
    Run replayed = load("monday.jsonl", EVENTS);

    assertThat(again.out()).contains("loaded before");
    assertThat(more.exitCode()).isZero();
    assertThat(replayed.out()).contains("8 events read = 2 loaded + 0 duplicates + 6 bad");
    assertThat(rows())
        .containsEntry("order", 1L)
        .containsEntry("order__items__options", 1L)
        .doesNotContainKey("seen");
    assertThat(before).containsEntry("seen", 0L);
    assertThat(badEvents()).contains("erased").doesNotContain("\"userId\": \"ada-lovelace\"");
  }

  @Test
  void one_event_is_found_by_its_message_id_and_its_children_go_with_it() {
    Run run = forget("--message-id", "2", "--yes");

    assertThat(run.out()).contains("3 rows of 1 load in 3 tables are deleted.");
    assertThat(rows()).containsEntry("order", 1L).containsEntry("order__items__options", 2L);
  }

  @Test
  void an_id_that_nobody_has_is_told_and_can_still_be_recorded() throws IOException {
    Run dry = forget("--user-id", "carol");
    Run recorded = forget("--user-id", "carol", "--yes");

    assertThat(dry.exitCode()).isZero();
    assertThat(dry.out()).contains("Nothing found: no table has a row of theirs.");
    assertThat(recorded.exitCode()).isZero();
    load("late.jsonl", "{\"event\": \"Late\", \"userId\": \"carol\"}");
    assertThat(rows()).doesNotContainKey("late");
  }

  @Test
  void a_dataset_that_is_not_there_is_refused_and_nothing_is_recorded() throws IOException {
    Path settings = Files.writeString(folder.resolve("typo.yaml"), "dataset: telemtry\n");

    Run run = forget("--user-id", "ada-lovelace", "--yes", "--settings", settings.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("nothing was loaded into", "telemtry");
    assertThat(run.out()).isEmpty();
    assertThat(forget("--list").out()).isEqualTo("No erasure is recorded.\n");
  }

  @Test
  void the_record_tells_what_was_deleted_when_and_holds_no_id() throws IOException {
    forget("--user-id", "ada-lovelace", "--yes");

    JsonNode list = JSON.readTree(forget("--list", "--json").out()).get("erasures");

    assertThat(list).hasSize(1);
    JsonNode erasure = list.get(0);
    assertThat(erasure.get("field").asString()).isEqualTo("user_id");
    assertThat(erasure.get("finished").asBoolean()).isTrue();
    assertThat(erasure.get("deleted_rows").get("order__items__options").asLong()).isEqualTo(2);
    assertThat(erasure.get("batch_objects")).hasSize(1);
    Path state = folder.resolve(".shop.duckdb.work").resolve("state");
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.filter(it -> it.toString().contains("erasures")).toList()) {
        if (Files.isRegularFile(file)) {
          assertThat(Files.readString(file, StandardCharsets.UTF_8)).doesNotContain("ada-lovelace");
        }
      }
    }
  }

  @Test
  void a_second_run_still_tells_of_the_batch_objects_that_hold_the_person() {
    forget("--user-id", "ada-lovelace", "--yes");

    Run again = forget("--user-id", "ada-lovelace", "--yes", "--json");

    assertThat(forget("--user-id", "ada-lovelace").out())
        .contains("1 batch object still holds their events");
    JsonNode answer = JSON.readTree(again.out());
    assertThat(answer.get("batch_objects")).hasSize(1);
    assertThat(answer.get("batch_objects").get(0).get("load_id").asString()).contains(".");
  }

  @Test
  void the_list_tells_of_batch_objects_and_until_when_they_are_there() {
    forget("--user-id", "ada-lovelace", "--yes");

    assertThat(forget("--list").out())
        .contains("batch objects", "until")
        .containsPattern("done +1  you delete them\n");
  }

  @Test
  void json_tells_the_same_as_the_text() {
    JsonNode found = JSON.readTree(forget("--user-id", "ada-lovelace", "--json").out());

    assertThat(found.get("deleted").asBoolean()).isFalse();
    assertThat(found.get("rows").get("order__items__options").asLong()).isEqualTo(2);
    assertThat(found.get("deleting").get("dollars").asDouble()).isZero();
    assertThat(found.get("batch_objects").get(0).get("until").isNull()).isTrue();
    assertThat(found.get("recorded_at").isNull()).isTrue();
  }

  @Test
  void arguments_that_name_nobody_or_two_end_in_exit_code_2() {
    assertThat(forget().exitCode()).isEqualTo(2);
    assertThat(forget("--user-id", "a", "--message-id", "b").exitCode()).isEqualTo(2);
    assertThat(forget("--user-id", " ").exitCode()).isEqualTo(2);
    Run nowhere = Run.millrace("forget", "--database", "nowhere.duckdb", "--user-id", "a");
    assertThat(nowhere.exitCode()).isEqualTo(2);
    assertThat(nowhere.err()).contains("nowhere.duckdb").doesNotContain("\tat ");
  }
}
