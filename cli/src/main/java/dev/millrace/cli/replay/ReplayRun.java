package dev.millrace.cli.replay;

import dev.millrace.cli.console.Progress;
import dev.millrace.cli.settings.OpenPipeline;
import dev.millrace.cli.settings.PipelinePlace;
import dev.millrace.loader.replay.LoadQuota;
import dev.millrace.loader.replay.Replay;
import dev.millrace.loader.replay.ReplayPlan;
import dev.millrace.loader.replay.ReplayReport;
import dev.millrace.loader.replay.ReplaySource;
import java.io.IOException;

/** Loads into a pipeline's dataset, with a bar that shows how far it is. */
public final class ReplayRun {
  private final OpenPipeline pipeline;
  private final LoadQuota quota;
  private final Progress progress;

  /**
   * @param quota of the pipeline's dataset
   */
  public ReplayRun(OpenPipeline pipeline, LoadQuota quota, Progress progress) {
    this.pipeline = pipeline;
    this.quota = quota;
    this.progress = progress;
  }

  /**
   * Loads what is missing of a source.
   *
   * @throws dev.millrace.cli.console.Failure if a pipeline runs in the same folder
   */
  public ReplayReport of(ReplaySource source, ReplayPlan plan) throws IOException {
    boolean isEmbedded = PipelinePlace.of(pipeline.settings()).isPresent();
    PipelinePlace.of(pipeline.settings()).ifPresent(PipelinePlace::refuseIfInUse);
    ReplayBar bar = new ReplayBar(progress, isEmbedded ? pipeline.ports().store().staging() : null);
    Thread farewell = new Thread(bar::interrupted, "replay-farewell");
    Runtime.getRuntime().addShutdownHook(farewell);
    try {
      return new Replay(pipeline.ports().warehouse(), plan, quota, bar).run(source);
    } finally {
      bar.done();
      remove(farewell);
    }
  }

  private static void remove(Thread farewell) {
    try {
      Runtime.getRuntime().removeShutdownHook(farewell);
    } catch (IllegalStateException e) {
      // It is being said.
    }
  }
}
