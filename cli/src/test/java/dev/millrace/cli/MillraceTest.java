package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MillraceTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "catalog",
        "cost",
        "demo",
        "forget",
        "inspect",
        "load",
        "local",
        "preview",
        "reconcile",
        "replay",
        "simulate"
      })
  void every_command_explains_itself_with_examples_and_exit_codes(String command) {
    Run run = Run.millrace(command, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Usage: millrace " + command, "Examples:", "Exit codes:");
  }

  @Test
  void without_a_command_the_commands_are_listed() {
    Run run = Run.millrace();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "catalog",
            "cost",
            "demo",
            "forget",
            "inspect",
            "load",
            "local",
            "preview",
            "reconcile",
            "replay",
            "simulate");
  }

  @Test
  void an_unknown_option_is_a_usage_error() {
    assertThat(Run.millrace("load", "--unknown", "x.jsonl").exitCode()).isEqualTo(2);
  }

  @Test
  void simulate_without_a_place_to_publish_says_what_to_name() {
    assertRefused(
        Run.millrace("simulate", "--endpoint", "", "--events", "1"), "--endpoint 127.0.0.1:8085");
  }

  @Test
  void simulate_with_a_negative_number_is_refused() {
    assertRefused(Run.millrace("simulate", "--print", "--events", "-1"), "-1");
  }

  @Test
  void local_with_a_window_that_no_batch_may_have_is_refused(@TempDir Path folder) {
    assertRefused(
        Run.millrace("local", "--folder", folder.resolve("p").toString(), "--window", "1h"),
        "'1h' is no time");
    assertRefused(
        Run.millrace("local", "--folder", folder.resolve("p").toString(), "--window", "11m"),
        "10 min");
    assertThat(folder.resolve("p")).doesNotExist();
  }

  @Test
  void local_in_the_place_of_a_file_is_refused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertRefused(Run.millrace("local", "--folder", file.toString()), "is a file");
  }

  private static void assertRefused(Run run, String why) {
    assertThat(run.err()).contains(why).doesNotContain("\tat ");
    assertThat(run.exitCode()).isEqualTo(2);
  }
}
