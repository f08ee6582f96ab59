package dev.millrace.cli.catalog;

import dev.millrace.loader.ports.Dataset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A dataset that has nothing but a way to write names. */
final class NamedDataset implements Dataset {
  @Override
  public String label() {
    return "shop";
  }

  @Override
  public Map<String, TableInfo> tables() {
    return Map.of();
  }

  @Override
  public String table(String name) {
    return "[shop." + name + "]";
  }

  @Override
  public String unique(String name) {
    return "[shop_unique." + name + "]";
  }

  @Override
  public String name(String name) {
    return "[" + name + "]";
  }

  @Override
  public void query(String sql, List<?> values, RowVisitor visitor) {
    throw new UnsupportedOperationException(sql);
  }

  @Override
  public long change(String sql, List<?> values) {
    throw new UnsupportedOperationException(sql);
  }

  @Override
  public OptionalLong billedBytes(String sql, List<?> values) {
    return OptionalLong.empty();
  }
}
