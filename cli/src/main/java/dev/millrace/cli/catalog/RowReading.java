package dev.millrace.cli.catalog;

import dev.millrace.cli.console.Progress;
import dev.millrace.cli.show.Counted;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.Dataset.ColumnInfo;
import dev.millrace.loader.ports.Dataset.TableInfo;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
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
  private final Instant now;
  private final Progress progress;

  RowReading(Dataset dataset, Depth depth, Instant now, Progress progress) {
    this.dataset = dataset;
    this.depth = depth;
    this.now = now;
    this.progress = progress;
  }

  /**
   * The tables' answers.
   *
   * @param byTable nothing of tables that were not asked
   */
  record Answers(Reading reading, Map<String, TableAnswers> byTable) {}

  /**
   * Asks.
   *
   * @param shown tells of which columns examples are wanted
   */
  Answers ask(List<TableInfo> tables, Function<TableInfo, List<ColumnInfo>> shown)
      throws IOException {
    if (!depth.statistics() || tables.isEmpty()) {
      return new Answers(new Reading(depth.statistics(), 0, OptionalLong.empty()), Map.of());
    }
    boolean billed = isBilled(tables.get(0));
    int days = depth.days() == null ? (billed ? DAYS_IF_BILLED : 0) : depth.days();
    Instant since = days == 0 ? null : now.minus(Duration.ofDays(days));
    Map<String, TableAnswers> answers = ask(tables, shown, new TableQuestions(dataset, since));
    long bytes = answers.values().stream().mapToLong(TableAnswers::billedBytes).sum();
    OptionalLong cost = billed ? OptionalLong.of(bytes) : OptionalLong.empty();
    return new Answers(new Reading(true, days, cost), answers);
  }

  private boolean isBilled(TableInfo table) throws IOException {
    String figuresAlone = "SELECT count(*) FROM " + dataset.table(table.name());
    return dataset.billedBytes(figuresAlone, List.of()).isPresent();
  }

  private Map<String, TableAnswers> ask(
      List<TableInfo> tables, Function<TableInfo, List<ColumnInfo>> shown, TableQuestions questions)
      throws IOException {
    Closeable open = dataset.keepOpen();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      Map<String, Future<TableAnswers>> asked = new LinkedHashMap<>();
      for (TableInfo table : tables) {
        List<ColumnInfo> examples = depth.examples() ? shown.apply(table) : List.of();
        asked.put(table.name(), threads.submit(() -> questions.ask(table, examples)));
      }
      Map<String, TableAnswers> answers = new LinkedHashMap<>();
      for (Map.Entry<String, Future<TableAnswers>> each : asked.entrySet()) {
        progress.at("read %d of %s".formatted(answers.size(), Counted.of(asked.size(), "table")));
        answers.put(each.getKey(), answer(each.getValue()));
      }
      return answers;
    } finally {
      threads.shutdownNow();
      open.close();
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
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while tables were read");
    }
  }
}
