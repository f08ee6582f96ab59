package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.TableId;
import java.util.Objects;

/**
 * Where the tables are.
 *
 * @param project the dataset's project, which also runs and pays for the jobs
 * @param name the dataset's name
 */
public record DatasetName(String project, String name) {
  public DatasetName {
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(name, "name");
  }

  /** The sibling with the views. */
  DatasetName unique() {
    return new DatasetName(project, name + "_unique");
  }

  /** A table of the dataset, as the API names it. */
  TableId table(String table) {
    return TableId.of(project, name, table);
  }

  /** A table of the dataset, as SQL names it. */
  String sql(String table) {
    return SqlText.name(project, name, table);
  }

  @Override
  public String toString() {
    return project + "." + name;
  }
}
