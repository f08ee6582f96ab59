package dev.millrace.tests.segment;

import dev.millrace.tests.dataset.Dataset;
import dev.millrace.tests.process.LocalPipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code millrace local} with its collector. */
final class CollectorPipeline implements AutoCloseable {
  static final String KEY = "the-key";
  static final String SOURCE = "shop";

  private static final Pattern ADDRESS =
      Pattern.compile("collector\\s+(http://127\\.0\\.0\\.1:\\d+)");

  private final LocalPipeline pipeline;

  private CollectorPipeline(LocalPipeline pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * Starts it.
   *
   * @param more arguments of {@code millrace local}
   */
  static CollectorPipeline start(Path folder, String... more) throws Exception {
    Path keys =
        Files.writeString(folder.resolve("keys.json"), "{\"%s\":\"%s\"}".formatted(KEY, SOURCE));
    List<String> arguments =
        new ArrayList<>(List.of("--collector-port", "0", "--write-keys", keys.toString()));
    arguments.addAll(List.of(more));
    return new CollectorPipeline(
        LocalPipeline.in(folder.resolve("pipeline"), arguments.toArray(String[]::new)).start());
  }

  String address() {
    Matcher address = ADDRESS.matcher(pipeline.printed());
    if (!address.find()) {
      throw new AssertionError("no collector in:\n" + pipeline.printed());
    }
    return address.group(1);
  }

  Dataset dataset() {
    return pipeline.dataset();
  }

  Path refused() {
    return pipeline.folder().resolve("refused-events.jsonl");
  }

  /** Ends it as ctrl-C does, and returns what the collector has counted. */
  Tally end() throws Exception {
    return new Tally(pipeline.interrupt().out());
  }

  /** The collector's last words. */
  record Tally(String out) {
    long count(String name) {
      Matcher matcher =
          Pattern.compile("Collector: .*\\b" + Pattern.quote(name) + "=(\\d+)").matcher(out);
      return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
