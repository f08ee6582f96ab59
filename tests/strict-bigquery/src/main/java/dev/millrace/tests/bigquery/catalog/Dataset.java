package dev.millrace.tests.bigquery.catalog;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A dataset with what is in it, by name. */
public final class Dataset {
  private final DatasetName name;
  private final String location;
  private final long creationMillis;
  private final Map<String, Relation> relations = new ConcurrentSkipListMap<>();
  private final Map<String, TableFunction> functions = new TreeMap<>();

  Dataset(DatasetName name, String location, long creationMillis) {
    this.name = name;
    this.location = location;
    this.creationMillis = creationMillis;
  }

  public DatasetName name() {
    return name;
  }

  /** Such as {@code US}. */
  public String location() {
    return location;
  }

  public long creationMillis() {
    return creationMillis;
  }

  /** Tables and views, in the order of their names. */
  public Map<String, Relation> relations() {
    return relations;
  }

  public Map<String, TableFunction> functions() {
    return functions;
  }
}
