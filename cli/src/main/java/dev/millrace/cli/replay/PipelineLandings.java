package dev.millrace.cli.replay;

import dev.millrace.cli.settings.OpenPipeline;
import dev.millrace.cli.settings.PipelinePlace;
import dev.millrace.function.storage.CloudLanding;
import dev.millrace.function.storage.StorageClient;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Landing;
import dev.millrace.loader.replay.bad.Landings;
import java.util.Optional;

/**
 * Where the objects of a pipeline's batches are: in its landing place, or in the bucket of an
 * archive that was replayed. Files that are known by their content are nowhere.
 */
record PipelineLandings(OpenPipeline pipeline) implements Landings {
  @Override
  public Optional<Landing> of(String bucket) {
    if (bucket.equals(BatchRef.CONTENT)) {
      return Optional.empty();
    }
    boolean isOwn =
        PipelinePlace.of(pipeline.settings())
            .map(place -> place.bucket().equals(bucket))
            .orElse(false);
    return Optional.of(isOwn ? pipeline.ports().store().landing() : ofCloud(bucket));
  }

  private static Landing ofCloud(String bucket) {
    return new CloudLanding(StorageClient.ofEnvironment(System.getenv()), bucket);
  }
}
