package dev.millrace.tests.bigquery.faults;

import java.util.ArrayList;
import java.util.List;

/** The kinds of calls of BigQuery's REST API that are answered. */
public enum CallKind {
  DATASETS_LIST("datasets.list"),
  DATASETS_GET("datasets.get"),
  DATASETS_INSERT("datasets.insert"),
  DATASETS_DELETE("datasets.delete"),
  TABLES_LIST("tables.list"),
  TABLES_GET("tables.get"),
  TABLES_INSERT("tables.insert"),
  TABLES_DELETE("tables.delete"),
  TABLEDATA_LIST("tabledata.list"),
  JOBS_INSERT_LOAD("jobs.insert.load"),
  JOBS_INSERT_QUERY("jobs.insert.query"),
  JOBS_GET("jobs.get"),
  JOBS_QUERY("jobs.query"),
  JOBS_GET_QUERY_RESULTS("jobs.getQueryResults"),
  /** Anything else; it is refused as not implemented. */
  OTHER("other");

  private final String code;

  CallKind(String code) {
    this.code = code;
  }

  /** As the REST reference names the method; the two sorts of job are told apart at the end. */
  public String code() {
    return code;
  }

  /** The kinds that a name stands for: {@code jobs.insert} for both sorts of jobs. */
  public static List<CallKind> of(String name) {
    List<CallKind> kinds = new ArrayList<>();
    for (CallKind kind : values()) {
      if (kind.code.equals(name) || kind.code.startsWith(name + ".")) {
        kinds.add(kind);
      }
    }
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("no kind of call: " + name);
    }
    return kinds;
  }
}
