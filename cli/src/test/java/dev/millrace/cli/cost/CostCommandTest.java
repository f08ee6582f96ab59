package dev.millrace.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CostCommandTest {
  @Test
  void the_bill_is_told_line_by_line_beyond_the_free_tiers_and_at_list_prices() {
    Run run = Run.millrace("cost", "--events", "1M");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("1,000,000 events a month of 1,024 bytes", "0.95 GiB", "4,320 batches")
        .contains("Pub/Sub", "Cloud Storage", "Cloud Run", "BigQuery")
        .contains("the first month is $2.24 so")
        .contains("One more million events a month costs $0.123");
  }

  @Test
  void other_vendors_are_told_with_the_date_of_their_list() {
    Run run = Run.millrace("cost", "--events", "10M");

    assertThat(run.out())
        .containsPattern("Segment Team, 40,000 users .* 465.00 .* 2024-03-11")
        .containsPattern("Jitsu Business +419.00")
        .containsPattern("RudderStack Growth +ask them");
  }

  @Test
  void the_users_given_are_those_that_segment_counts() {
    assertThat(Run.millrace("cost", "--events", "1M", "--users", "100k").out())
        .containsPattern("Segment Team, 100,000 users +1,125.00")
        .contains("Segment Team asks $1,125 for 100,000 users");
  }

  @Test
  void what_packing_saves_shows() {
    Run run = Run.millrace("cost", "--events", "1M", "--packed");

    assertThat(run.out()).contains("published packed as 0.22", "costs $0.044");
  }

  @Test
  void every_option_of_the_workload_counts() {
    JsonNode workload =
        json(
                "cost",
                "--json",
                "--events=2M",
                "--users=5k",
                "--bytes-per-event=700",
                "--window=5m",
                "--files-per-window=2.5",
                "--retention=7",
                "--table-months=24",
                "--packed")
            .get("workload");

    assertThat(workload.toString())
        .isEqualTo(
            """
            {"events":2000000,"users":5000,"bytes_per_event":700,"packed":true,"window_seconds":300,\
            "files_per_window":2.5,"landing_days":7,"table_months":24,"measured":null}""");
  }

  @Test
  void for_programs_there_is_one_json_document() {
    JsonNode document = json("cost", "--events", "1M", "--json");

    assertThat(document.get("millrace_cost").asInt()).isEqualTo(1);
    assertThat(document.get("one_more_million").asDouble()).isCloseTo(0.123, within(0.0005));
    assertThat(document.get("first_month").get("list").asDouble()).isCloseTo(2.24, within(0.005));
    assertThat(document.get("first_month").get("lines").size()).isEqualTo(7);
    assertThat(document.get("original_post").get("figures").size()).isEqualTo(9);
    assertThat(document.get("prices").size()).isEqualTo(Item.values().length);
  }

  @Test
  void the_original_post_is_reproduced_without_any_traffic() {
    Run run = Run.millrace("cost", "--original");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("$1000", "1,125.00", "36.67", "55.00", "220.00", "272.73", "18.18")
        .contains("1,000,000 / 60 events a run × $0.0022 a run", "What is off in it:");
  }

  @Test
  void the_page_is_one_file_without_a_script(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("cost.html");

    Run run = Run.millrace("cost", "--events", "10M", "--html", file.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("The page is in " + file);
    assertThat(Files.readString(file))
        .startsWith("<!DOCTYPE html>")
        .contains("<svg", "$1.81", "Segment Team", "Break-even", "272.73")
        .doesNotContain("<script", "src=", "url(", "@import");
  }

  @Test
  void a_page_that_can_not_be_written_is_a_failure(@TempDir Path folder) {
    Path file = folder.resolve("nowhere").resolve("cost.html");

    Run run = Run.millrace("cost", "--events", "10M", "--html", file.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("nowhere", "can't be written");
  }

  @ParameterizedTest
  @CsvSource({
    "--region,           mars-north1, known are us",
    "--events,           many,        is no number",
    "--users,            0,           from 1 to",
    "--bytes-per-event,  0,           from 1 to",
    "--window,           11m,         from 1m to 10m",
    "--files-per-window, 0,           more than 0",
    "--retention,        -1,          from 0 to",
    "--table-months,     0,           from 1 to",
  })
  void what_can_not_be_is_a_usage_error(String option, String value, String why) {
    Run run = Run.millrace("cost", "--events=1M", option + "=" + value);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(why).doesNotContain("\tat ");
  }

  @Test
  void a_price_list_that_is_not_there_is_a_usage_error(@TempDir Path folder) {
    Run run =
        Run.millrace("cost", "--events=1M", "--prices", folder.resolve("none.yaml").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("none.yaml is not there");
  }

  @Test
  void the_original_post_has_no_form_of_its_own() {
    Run run = Run.millrace("cost", "--original", "--json");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--json and --html always hold the same");
  }

  private static JsonNode json(String... arguments) {
    Run run = Run.millrace(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return JsonMapper.shared().readTree(run.out());
  }
}
