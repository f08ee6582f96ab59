package dev.millrace.tests.kill;

import dev.millrace.tests.process.LocalPipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Kills a pipeline again and again while events are published to it, and starts it again each time.
 *
 * @param kills how many times
 * @param events how many are published at least: it goes on until the last kill
 * @param seed of the moments
 */
record KillRun(int kills, int events, long seed) {
  // A kill and a start take about this long: the events are spread over all of them.
  private static final Duration PER_KILL = Duration.ofMillis(2_600);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * What came of it.
   *
   * @param published requests, all acknowledged
   * @param ambiguous of these, the ones that may have arrived more than once
   * @param lastStop the exit code of the pipeline, ended by ctrl-C after the last batch
   */
  record Result(
      LocalPipeline pipeline, Set<Integer> published, Set<Integer> ambiguous, int lastStop) {
    long events() {
      return (long) published.size() * KillEvents.PER_REQUEST;
    }
  }

  /** Runs it in a folder, and leaves the pipeline stopped, with all that was published loaded. */
  Result in(Path folder) throws Exception {
    System.out.printf("%d kills, %,d events or more, seed %d%n", kills, events, seed);
    Random random = new Random(seed);
    int requests = events / KillEvents.PER_REQUEST;
    Duration between = PER_KILL.multipliedBy(kills).dividedBy(requests);
    try (LocalPipeline pipeline = LocalPipeline.in(folder).start();
        StubbornPublisher publisher = new StubbornPublisher(pipeline.port(), requests, between)) {
      for (int kill = 1; kill <= kills; kill++) {
        Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
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
      return new Result(pipeline, published, ambiguous, pipeline.interrupt().exitCode());
    }
  }
}
