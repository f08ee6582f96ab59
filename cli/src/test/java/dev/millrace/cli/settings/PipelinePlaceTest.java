package dev.millrace.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.cli.console.Failure;
import dev.millrace.embedded.pubsub.EndpointSettings;
import dev.millrace.embedded.pubsub.ObjectNames;
import dev.millrace.embedded.pubsub.PubSubEndpoint;
import dev.millrace.embedded.pubsub.TopicNames;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelinePlaceTest {
  @TempDir private Path folder;

  @Test
  void a_folder_that_a_pipeline_runs_on_is_refused_until_it_ends() throws Exception {
    PipelinePlace place = PipelinePlace.ofPipeline(folder);
    EndpointSettings settings =
        EndpointSettings.of(
            new TopicNames("millrace-local", "events", "to-storage"),
            new ObjectNames(place.bucket(), "", ""));

    try (PubSubEndpoint running = PubSubEndpoint.builder(folder, settings).start()) {
      assertThat(running.port()).isPositive();
      assertThatThrownBy(place::refuseIfInUse)
          .isInstanceOf(Failure.class)
          .hasMessageContaining("another pipeline runs in the folder " + folder);
    }
    place.refuseIfInUse();
  }

  @Test
  void the_work_of_file_loads_is_hidden_beside_the_database() {
    PipelinePlace place = PipelinePlace.ofFiles(folder.resolve("shop.duckdb"), null);

    assertThat(place.folder()).isEqualTo(folder.resolve(".shop.duckdb.work")).isDirectory();
  }

  @Test
  void a_folder_in_the_place_of_the_database_is_refused() {
    assertThatThrownBy(() -> PipelinePlace.ofFiles(folder, null))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is a folder; name a DuckDB file");
  }

  @Test
  void a_file_where_the_folder_should_be_is_refused() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> PipelinePlace.ofPipeline(file.resolve("below")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("can't be made");
  }
}
