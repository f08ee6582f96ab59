package dev.millrace.cli.forget;

import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.Dataset.RowVisitor;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Asks a dataset and adds up what it bills for it. Used by one thread. */
final class Questions {
  private final Dataset dataset;
  private boolean billed;
  private long bytes;

  Questions(Dataset dataset) {
    this.dataset = dataset;
  }

  Dataset dataset() {
    return dataset;
  }

  void ask(String sql, List<?> values, RowVisitor visitor) throws IOException {
    count(sql, values);
    dataset.query(sql, values, visitor);
  }

  /** Adds a statement's price without running it. */
  void count(String sql, List<?> values) throws IOException {
    OptionalLong one = dataset.billedBytes(sql, values);
    billed |= one.isPresent();
    bytes += one.orElse(0);
  }

  /** What was billed, or would be; empty where nothing ever is. */
  OptionalLong billedBytes() {
    return billed ? OptionalLong.of(bytes) : OptionalLong.empty();
  }
}
