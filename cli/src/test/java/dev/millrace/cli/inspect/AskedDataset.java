package dev.millrace.cli.inspect;

import dev.millrace.loader.ports.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Takes note of what it is asked. */
final class AskedDataset implements Dataset {
  private final List<String> questions = new ArrayList<>();
  private final List<List<?>> values = new ArrayList<>();

  @Override
  public void query(String sql, List<?> given, RowVisitor visitor) {
    questions.add(sql);
    values.add(given);
  }

  @Override
  public OptionalLong billedBytes(String sql, List<?> given) {
    query(sql, given, row -> {});
    return OptionalLong.of(7);
  }

  List<String> questions() {
    return questions;
  }

  List<List<?>> values() {
    return values;
  }

  @Override
  public String label() {
    return "asked";
  }

  @Override
  public Map<String, TableInfo> tables() {
    return Map.of();
  }

  @Override
  public String table(String name) {
    return name;
  }

  @Override
  public String unique(String name) {
    return name;
  }

  @Override
  public String name(String name) {
    return name;
  }

  @Override
  public long change(String sql, List<?> given) {
    throw new AssertionError("nothing is to be changed");
  }
}
