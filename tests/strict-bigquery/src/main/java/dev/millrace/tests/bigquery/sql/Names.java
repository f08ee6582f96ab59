package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.catalog.DatasetName;
import dev.millrace.tests.bigquery.catalog.TableName;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.util.List;

/**
 * What completes a name in a query that is not written in full.
 *
 * @param project the job's
 * @param dataset the job's default dataset, or null if it has none
 */
public record Names(String project, DatasetName dataset) {
  TableName table(List<String> path) {
    return switch (path.size()) {
      case 1 -> {
        if (dataset == null) {
          throw new RefusedException(
              Reason.INVALID,
              "Table \"%s\" must be qualified with a dataset (e.g. dataset.table)."
                  .formatted(path.get(0)));
        }
        yield new TableName(dataset, path.get(0));
      }
      case 2 -> new TableName(project, path.get(0), path.get(1));
      case 3 -> new TableName(path.get(0), path.get(1), path.get(2));
      default ->
          throw new RefusedException(
              Reason.INVALID_QUERY, "Invalid table name: " + String.join(".", path));
    };
  }
}
