package dev.millrace.tests.kill;

import dev.millrace.tests.process.Eventually;
import dev.millrace.tests.process.LocalPipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Kills a pipeline at random moments while events are published to it, and starts it again each
 * time. How far publishing has come at each kill is drawn, then what the pipeline is to be doing,
 * then when within that.
 *
 * @param kills how many times
 * @param events how many are published at least: it goes on until the last kill
 * @param seed of the moments
 */
record KillRun(int kills, int events, long seed) {
  // So that a run has several windows between two kills.
  private static final Duration PUBLISHING_PER_KILL = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * What came of it.
   *
   * @param kills how many there were
   * @param published requests, all acknowledged
   * @param ambiguous of these, the ones that may have arrived more than once
   * @param lastStop the exit code of the pipeline, ended by ctrl-C after the last batch
   */
  record Result(
      LocalPipeline pipeline,
      int kills,
      Set<Integer> published,
      Set<Integer> ambiguous,
      int lastStop) {
    long events() {
      return (long) published.size() * KillEvents.PER_REQUEST;
    }
  }

  /** Runs it in a folder, and leaves the pipeline stopped, with all that was published loaded. */
  Result in(Path folder) throws Exception {
    System.out.printf("%d kills, %,d events or more, seed %d%n", kills, events, seed);
    Random random = new Random(seed);
    int requests = events / KillEvents.PER_REQUEST;
    Duration between = PUBLISHING_PER_KILL.multipliedBy(kills).dividedBy(requests);
    int[] progress = random.ints(kills, 0, requests).sorted().toArray();
    try (LocalPipeline pipeline = LocalPipeline.in(folder).start();
        StubbornPublisher publisher = new StubbornPublisher(pipeline.port(), requests, between)) {
      for (int kill = 1; kill <= kills; kill++) {
        Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
        int least = progress[kill - 1];
        Eventually.until(
            least + " requests are acknowledged",
            PATIENCE,
            () -> publisher.acknowledged() >= least);
        moment.await(folder, random);
        pipeline.kill();
        System.out.printf(
            "kill %2d %-11s %,7d events acknowledged; left %s%n",
            kill, moment, publisher.acknowledged() * KillEvents.PER_REQUEST, Cut.of(pipeline));
        pipeline.launch();
      }
      pipeline.awaitReady();
      Set<Integer> published = publisher.finish();
      Set<Integer> ambiguous = new TreeSet<>(published);
      ambiguous.removeIf(request -> !publisher.isAmbiguous(request));
      return new Result(pipeline, kills, published, ambiguous, pipeline.interrupt().exitCode());
    }
  }
}
