package dev.millrace.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.dataset.Dataset;
import dev.millrace.tests.process.Eventually;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks the DuckDB file that the commands before have made, and a BigQuery into which the same files
 * are loaded; one of them alone where the fence names the dialect. A query must find something.
 */
final class SqlTrial implements Trial, AutoCloseable {
  private static final Duration ON_ITS_WAY = Duration.ofMinutes(2);

  private final Workbench workbench;
  private BigQueryTables bigQuery;

  SqlTrial(Workbench workbench) {
    this.workbench = workbench;
  }

  @Override
  public void of(Block block) throws Exception {
    for (String statement : block.text().split(";\\s*(\n|$)")) {
      if (!block.variant().equals("bigquery")) {
        askDuckDb(statement);
      }
      if (!block.variant().equals("duckdb")) {
        askBigQuery(statement);
      }
    }
  }

  private void askDuckDb(String statement) throws Exception {
    Eventually.until(
        "DuckDB answers, and finds something: " + statement,
        workbench.runsPipeline() ? ON_ITS_WAY : Duration.ZERO,
        () -> {
          Optional<Path> file = workbench.database();
          return file.isPresent() && answers(file.get(), statement);
        });
  }

  /** While a pipeline runs, its tables may not be there yet, and the file may be locked. */
  private boolean answers(Path file, String statement) throws Exception {
    try {
      if (isQuery(statement)) {
        return !new Dataset(file).rows(statement).isEmpty();
      }
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
          Statement execution = connection.createStatement()) {
        execution.execute(statement);
        return true;
      }
    } catch (SQLException e) {
      if (workbench.runsPipeline()) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isQuery(String statement) {
    return statement.strip().toLowerCase(Locale.ROOT).matches("(?s)(select|from|with)\\b.*");
  }

  private void askBigQuery(String statement) throws Exception {
    if (bigQuery == null) {
      bigQuery = BigQueryTables.of(workbench.folder());
    }
    List<List<String>> rows = bigQuery.query(statement);
    assertThat(rows).as("what BigQuery finds: %s", statement).isNotEmpty();
  }

  @Override
  public void close() {
    if (bigQuery != null) {
      bigQuery.close();
    }
  }
}
