package dev.millrace.cli.catalog;

import dev.millrace.cli.console.Progress;
import dev.millrace.cli.show.Counted;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.Dataset.TableInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Asks all tables for their shares and examples, a few tables at a time. */
final class RowReading {
  private static final int AT_ONCE = 8;
  private static final int DAYS_IF_BILLED = 30;

  private final Dataset dataset;
  private final Depth depth;
  private final boolean billed;
  private final Instant now;
  private final Progress progress;

  RowReading(Dataset dataset, Depth depth, Instant now, Progress progress) throws IOException {
    this.dataset = dataset;
    this.depth = depth;
    this.billed = dataset.billedBytes("SELECT 1", List.of()).isPresent();
    this.now = now;
    this.progress = progress;
  }

  /**
   * Asks.
   *
   * @param shown tells of which columns examples are wanted
   * @return by table; nothing if statistics are not wanted
   */
  Map<String, TableAnswers> ask(List<TableInfo> tables, Function<TableInfo, List<String>> shown)
      throws IOException {
    Map<String, TableAnswers> answers = new LinkedHashMap<>();
    if (!depth.statistics()) {
      return answers;
    }
    int days = days();
    Instant since = days == 0 ? null : now.minus(Duration.ofDays(days));
    TableQuestions questions = new TableQuestions(dataset, since);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      Map<String, Future<TableAnswers>> asked = new LinkedHashMap<>();
      for (TableInfo table : tables) {
        List<String> examples = depth.examples() ? shown.apply(table) : List.of();
        asked.put(table.name(), threads.submit(() -> questions.ask(table, examples)));
      }
      for (Map.Entry<String, Future<TableAnswers>> each : asked.entrySet()) {
        progress.at("read %d of %s".formatted(answers.size(), Counted.of(asked.size(), "table")));
        answers.put(each.getKey(), answer(each.getValue()));
      }
      return answers;
    } finally {
      threads.shutdownNow();
      progress.done();
    }
  }

  private static TableAnswers answer(Future<TableAnswers> asked) throws IOException {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** What the catalog says of how rows were read. */
  Reading reading(Collection<TableAnswers> answers) {
    long bytes = answers.stream().mapToLong(TableAnswers::billedBytes).sum();
    return new Reading(
        depth.statistics(), days(), billed ? OptionalLong.of(bytes) : OptionalLong.empty());
  }

  private int days() {
    return depth.days() == null ? billed ? DAYS_IF_BILLED : 0 : depth.days();
  }
}
