package dev.millrace.cli.local;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.packages.LoadedPackages;
import dev.millrace.cli.settings.PipelinePlace;
import dev.millrace.cli.settings.PipelineSettings;
import dev.millrace.cli.show.LocalDataset;
import dev.millrace.embedded.folder.StagingFolder;
import dev.millrace.embedded.pubsub.BatchFormat;
import dev.millrace.embedded.pubsub.CannotStartException;
import dev.millrace.embedded.pubsub.EndpointListener;
import dev.millrace.embedded.pubsub.EndpointSettings;
import dev.millrace.embedded.pubsub.ObjectNames;
import dev.millrace.embedded.pubsub.PubSubEndpoint;
import dev.millrace.embedded.pubsub.TopicNames;
import dev.millrace.embedded.trigger.PushSettings;
import dev.millrace.loader.settings.Settings;
import java.io.IOException;
import java.time.Clock;

/**
 * The whole system in this process: the Pub/Sub endpoint, the function behind the functions
 * framework's server, and DuckDB. Nothing of it can be reached from another machine.
 */
public final class LocalPipeline implements AutoCloseable {
  private static final String FUNCTION = "dev.millrace.function.HttpEntry";

  private final FunctionServer function;
  private final PubSubEndpoint endpoint;
  private final LoadedPackages packages;
  private final LocalDataset dataset;
  private final String topicPath;

  private LocalPipeline(
      FunctionServer function,
      PubSubEndpoint endpoint,
      LoadedPackages packages,
      LocalDataset dataset,
      String topicPath) {
    this.function = function;
    this.packages = packages;
    this.endpoint = endpoint;
    this.dataset = dataset;
    this.topicPath = topicPath;
  }

  /**
   * Starts the pipeline; what an earlier run on the folder left is taken up.
   *
   * @param listener told about publishes, batches and loads
   * @throws Failure in one sentence: a folder that is in use or can't be written, a port in use,
   *     settings that can't be used
   */
  public static LocalPipeline start(LocalOptions options, EndpointListener listener) {
    PipelinePlace place = PipelinePlace.ofPipeline(options.folder());
    EndpointSettings endpointSettings = endpointSettings(options, place.bucket());
    place.refuseIfInUse();
    Settings settings = PipelineSettings.forPipeline(options.settingsFile(), place);
    LocalDataset.warmUp();
    FunctionServer function = FunctionServer.start(options.functionPort(), FUNCTION);
    try {
      LocalDataset dataset = new LocalDataset(place.database(), settings.dataset());
      LoadedPackages packages =
          new LoadedPackages(
              dataset, new StagingFolder(place.folder(), Clock.systemUTC()), listener);
      PubSubEndpoint endpoint =
          PubSubEndpoint.builder(place.folder(), endpointSettings)
              .pushTo(
                  PushSettings.to(
                      function.address(),
                      "projects/" + options.project() + "/subscriptions/batches-to-function"))
              .listener(packages)
              .start();
      return new LocalPipeline(
          function,
          endpoint,
          packages,
          dataset,
          "projects/" + options.project() + "/topics/" + options.topic());
    } catch (CannotStartException e) {
      function.close();
      throw Failure.failed(e.getMessage(), e);
    } catch (IOException e) {
      function.close();
      throw Failure.failed("the pipeline did not start: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      function.close();
      throw e;
    }
  }

  private static EndpointSettings endpointSettings(LocalOptions options, String bucket) {
    try {
      String subscription = options.topic() + "-to-storage";
      TopicNames names = new TopicNames(options.project(), options.topic(), subscription);
      String suffix = options.format() == BatchFormat.TEXT ? ".jsonl" : ".avro";
      return EndpointSettings.of(names, new ObjectNames(bucket, "", suffix))
          .withLimits(options.limits())
          .withFormat(options.format())
          .withPort(options.port());
    } catch (IllegalArgumentException e) {
      throw Failure.usage(e.getMessage(), e);
    }
  }

  /** What Google's clients take from {@code PUBSUB_EMULATOR_HOST}. */
  public String address() {
    return endpoint.address();
  }

  /** {@code projects/…/topics/…}. */
  public String topicPath() {
    return topicPath;
  }

  /** Where the events end up. */
  public LocalDataset dataset() {
    return dataset;
  }

  /**
   * Takes no more publishes, batches and loads what is there, and stops. What is not loaded within
   * half a minute is loaded by the next start on the folder.
   */
  @Override
  public void close() {
    try {
      endpoint.close();
    } catch (IOException e) {
      throw Failure.failed("the pipeline did not stop well: " + e.getMessage(), e);
    } finally {
      packages.close();
      function.close();
    }
  }
}
