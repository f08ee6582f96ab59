package dev.millrace.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.cli.Run;
import dev.millrace.cli.console.Failure;
import dev.millrace.loader.ports.BatchRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class PipelineOptionsTest {
  private static final String GOOGLE =
      """
      dataset: web
      ports:
        kind: google
        project: my-project
        location: EU
        landing_bucket: l
        staging_bucket: s
        state_bucket: t
      """;

  @TempDir private Path folder;

  @Command
  private static final class Looking {
    @Mixin private PipelineOptions pipeline;
  }

  @Test
  void a_database_that_load_wrote_is_opened_with_its_work_beside_it() throws IOException {
    Path database = loaded("shop.duckdb");

    try (OpenPipeline pipeline = open("--database", database.toString())) {
      assertThat(pipeline.label()).isEqualTo(database + ", schema telemetry");
      assertThat(pipeline.dataset().tables()).containsKey("order_completed");
      assertThat(pipeline.settings().portSettings())
          .containsEntry("folder", folder.resolve(".shop.duckdb.work").toString());
    }
  }

  @Test
  void a_database_alone_can_be_read_and_nothing_is_made_beside_it() throws IOException {
    Path database = loaded("shop.duckdb");
    Path alone = Files.createDirectory(folder.resolve("alone")).resolve("copy.duckdb");
    Files.copy(database, alone);

    try (OpenPipeline pipeline = open("--database", alone.toString())) {
      assertThat(pipeline.dataset().tables()).containsKey("order_completed");
      assertThatThrownBy(() -> landed(pipeline)).hasMessageContaining("no landing archive");
    }
    assertThat(children(alone.getParent())).containsExactly("copy.duckdb");
  }

  @Test
  void settings_go_with_a_database_and_their_ports_do_not() throws IOException {
    Path database = loaded("shop.duckdb");
    Path yaml = write("shop.yaml", GOOGLE);

    try (OpenPipeline pipeline =
        open("--database", database.toString(), "--settings", yaml.toString())) {
      assertThat(pipeline.label()).isEqualTo(database + ", schema web");
      assertThat(pipeline.settings().portsKind()).isEqualTo("embedded");
    }
  }

  @Test
  void a_folder_that_local_ran_in_is_opened_with_the_settings_that_it_wrote_there()
      throws IOException {
    Path place = Files.createDirectories(folder.resolve("p/landing")).getParent();
    Files.writeString(
        place.resolve("millrace.yaml"),
        "dataset: web\nports:\n  kind: embedded\n  folder: /moved/away\n");

    try (OpenPipeline pipeline = open("--folder", place.toString())) {
      assertThat(pipeline.label()).isEqualTo(place.resolve("millrace.duckdb") + ", schema web");
      assertThat(pipeline.dataset().tables()).isEmpty();
    }
    assertThat(children(place)).containsExactly("landing", "millrace.yaml");
  }

  @Test
  void settings_alone_say_where_the_tables_are() throws IOException {
    try (OpenPipeline pipeline = open("--settings", write("m.yaml", GOOGLE).toString())) {
      assertThat(pipeline.label()).isEqualTo("my-project.web");
    }
  }

  @Test
  void who_only_looks_needs_no_secrets() throws IOException {
    Path yaml =
        write(
            "m.yaml",
            GOOGLE
                + "privacy:\n  hash_key: {env: NOBODY_SET_THIS}\n  rules: [{path: userId, action: hash}]\n");
    PipelineOptions options = options("--settings", yaml.toString());

    assertRefused(options::open, "NOBODY_SET_THIS");
    try (OpenPipeline pipeline = options.openToLook()) {
      assertThat(pipeline.label()).isEqualTo("my-project.web");
    }
  }

  @Test
  void without_options_it_is_the_settings_file_that_names_ports() throws IOException {
    loaded("millrace.duckdb");
    write("millrace.yaml", GOOGLE);

    assertThat(labelHere()).isEqualTo("my-project.web");
  }

  @Test
  void without_such_a_file_it_is_the_folder_and_then_the_database() throws IOException {
    write("millrace.yaml", "dataset: web\n");
    loaded("millrace.duckdb");
    assertThat(labelHere()).isEqualTo(folder.resolve("millrace.duckdb") + ", schema telemetry");

    Files.createDirectories(folder.resolve("millrace-local/landing"));
    assertThat(labelHere())
        .isEqualTo(folder.resolve("millrace-local/millrace.duckdb") + ", schema telemetry");
  }

  @Test
  void where_there_is_nothing_it_says_what_to_name() {
    assertRefused(() -> new PipelineOptions(folder).open(), "--settings, --folder or --database");
  }

  @Test
  void who_brings_events_from_elsewhere_may_begin_with_nothing() {
    try (OpenPipeline pipeline = new PipelineOptions(folder).openOrMake()) {
      assertThat(pipeline.label())
          .isEqualTo(folder.resolve("millrace.duckdb") + ", schema telemetry");
    }
  }

  @Test
  void who_brings_events_from_elsewhere_loads_into_what_is_there() throws IOException {
    Files.createDirectories(folder.resolve("millrace-local/landing"));

    try (OpenPipeline pipeline = new PipelineOptions(folder).openOrMake()) {
      assertThat(pipeline.label()).contains("millrace-local/millrace.duckdb");
    }
  }

  @Test
  void what_is_named_must_be_there_and_be_what_it_is_called() throws IOException {
    Path file = write("file", "");
    assertRefused(() -> open("--folder", folder.resolve("no").toString()), "no is not there");
    assertRefused(() -> open("--folder", file.toString()), "is a file");
    assertRefused(() -> open("--folder", folder.toString()), "no pipeline has run in");
    assertRefused(() -> open("--database", folder.resolve("no").toString()), "no is not there");
    assertRefused(() -> open("--database", folder.toString()), "is a folder");
    assertRefused(() -> open("--settings", folder.resolve("no").toString()), "no such file");
    assertRefused(() -> open("--folder", "a", "--database", "b"), "leave one of them out");
    assertThat(children(folder)).containsExactly("file");
  }

  @Test
  void settings_that_lead_nowhere_are_refused() throws IOException {
    Path yaml = write("a.yaml", "ports: {kind: embedded, folder: %s/no}\n".formatted(folder));
    Path other = write("b.yaml", "ports: {kind: floppy}\n");
    Path none = write("c.yaml", "dataset: web\n");

    assertRefused(() -> open("--settings", yaml.toString()), "no, which is not there");
    assertRefused(
        () -> open("--settings", other.toString()),
        "ports.kind is floppy; there are embedded, google");
    assertRefused(() -> open("--settings", none.toString()), "c.yaml:1: ");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  private Path loaded(String name) throws IOException {
    Path events =
        write("events.jsonl", "{\"event\": \"Order Completed\", \"messageId\": \"m1\"}\n");
    Run run = Run.millrace("load", "--into", folder.resolve(name).toString(), events.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    return folder.resolve(name);
  }

  private String labelHere() {
    try (OpenPipeline pipeline = new PipelineOptions(folder).open()) {
      return pipeline.label();
    }
  }

  private static OpenPipeline open(String... arguments) {
    return options(arguments).open();
  }

  private static PipelineOptions options(String... arguments) {
    Looking command = new Looking();
    new CommandLine(command).parseArgs(arguments);
    return command.pipeline;
  }

  private static List<BatchRef> landed(OpenPipeline pipeline) throws IOException {
    List<BatchRef> landed = new ArrayList<>();
    pipeline.ports().store().landing().list(object -> landed.add(object.batch()));
    return landed;
  }

  private static void assertRefused(ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
        .hasMessageContaining(why);
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static List<String> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
