package dev.millrace.cli.forget;

import dev.millrace.loader.ports.Dataset;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A dataset that dies before a chosen change; what others before it did stays done. */
final class InterruptedDataset implements Dataset {
  private final Dataset dataset;
  private final int failing;
  private int changes;

  InterruptedDataset(Dataset dataset, int failing) {
    this.dataset = dataset;
    this.failing = failing;
  }

  /** How many changes were asked for. */
  int changes() {
    return changes;
  }

  @Override
  public long change(String sql, List<?> values) throws IOException {
    if (changes++ == failing) {
      throw new IOException("injected before " + sql);
    }
    return dataset.change(sql, values);
  }

  @Override
  public String label() {
    return dataset.label();
  }

  @Override
  public Map<String, TableInfo> tables() throws IOException {
    return dataset.tables();
  }

  @Override
  public String table(String name) {
    return dataset.table(name);
  }

  @Override
  public String unique(String name) {
    return dataset.unique(name);
  }

  @Override
  public String name(String name) {
    return dataset.name(name);
  }

  @Override
  public void query(String sql, List<?> values, RowVisitor visitor) throws IOException {
    dataset.query(sql, values, visitor);
  }

  @Override
  public OptionalLong billedBytes(String sql, List<?> values) throws IOException {
    return dataset.billedBytes(sql, values);
  }
}
