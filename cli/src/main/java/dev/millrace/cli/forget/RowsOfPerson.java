package dev.millrace.cli.forget;

import dev.millrace.cli.ids.SearchedId;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.Dataset.ColumnInfo;
import dev.millrace.normalizer.IdField;
import dev.millrace.normalizer.ids.RootIds;
import dev.millrace.normalizer.schema.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which rows of a root table are a person's. */
final class RowsOfPerson {
  private final Dataset dataset;
  private final EventTables tables;
  private final SearchedId person;
  private final NumberColumns numbers;
  private final List<String> notCompared = new ArrayList<>();

  RowsOfPerson(Dataset dataset, EventTables tables, SearchedId person) {
    this.dataset = dataset;
    this.tables = tables;
    this.person = person;
    this.numbers = new NumberColumns(person.id());
  }

  /** The condition on the rows of a root table; empty if none can be theirs. */
  Optional<Condition> of(String root) {
    Condition all = null;
    if (person.field() == IdField.MESSAGE_ID) {
      // Also where the column is dropped or masked: the row's own id is made of the message id.
      all =
          Ids.of(List.of(new RootIds().of("m:" + person.id())))
              .in(dataset.name(EventTables.ROW_ID));
    }
    for (ColumnInfo column : tables.columns(root, person.field())) {
      Condition one = compared(root, column);
      if (one != null) {
        all = all == null ? one : all.or(one);
      }
    }
    return Optional.ofNullable(all);
  }

  private Condition compared(String root, ColumnInfo column) {
    String name = dataset.name(column.name());
    if (column.type() == DataType.TEXT) {
      return Ids.of(List.copyOf(person.spellings())).in(name);
    }
    if (column.type() == DataType.BIGINT || column.type() == DataType.DOUBLE) {
      return numbers
          .compared(root + "." + column.name(), column.type())
          .map(number -> Ids.of(List.of(number)).in(name))
          .orElse(null);
    }
    if (column.type() != DataType.BOOL) {
      notCompared.add(root + "." + column.name());
    }
    return null;
  }

  /** What a person should know of columns of numbers. */
  List<String> notes() {
    return numbers.notes();
  }

  /** Columns that hold ids of a type that no id can be compared with, as {@code table.column}. */
  List<String> notCompared() {
    return notCompared;
  }
}
