package dev.millrace.embedded.duckdb;

import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import java.util.Arrays;
import java.util.Optional;

/** A column as DuckDB has it (spec, "Physical types"). */
record PhysicalColumn(Column column) {
  String name() {
    return column.name();
  }

  /** The type, spelled as DuckDB's catalog spells it. */
  String type() {
    return switch (column.type()) {
      case TEXT -> "VARCHAR";
      case BIGINT -> integer();
      case DOUBLE -> "DOUBLE";
      case BOOL -> "BOOLEAN";
      case TIMESTAMP -> timestamp();
      case DATE -> "DATE";
      case TIME -> "TIME";
      case DECIMAL -> decimal();
      case WEI -> "DECIMAL(38,0)";
      case BINARY -> "BLOB";
      case JSON -> "JSON";
    };
  }

  /** What dlt would call a type, as the catalog spells it, without any hints; empty if nothing. */
  static Optional<DataType> dataType(String physicalType) {
    return Arrays.stream(DataType.values())
        .filter(type -> new PhysicalColumn(Column.of("any", type)).type().equals(physicalType))
        .findFirst();
  }

  /** The column in a CREATE TABLE. */
  String definition() {
    return SqlText.name(name()) + ' ' + type() + (column.nullable() ? "" : " NOT NULL");
  }

  /** The type under which {@code read_json} reads the column from a part. */
  String readType() {
    return column.type() == DataType.BINARY ? "VARCHAR" : type();
  }

  /** The column's value, made of what {@code read_json} read. */
  String readExpression() {
    String name = SqlText.name(name());
    return column.type() == DataType.BINARY ? "from_base64(" + name + ')' : name;
  }

  private String integer() {
    Integer precision = column.number("precision");
    if (precision == null || precision > 32 && precision <= 64) {
      return "BIGINT";
    }
    if (precision <= 8) {
      return "TINYINT";
    }
    if (precision <= 16) {
      return "SMALLINT";
    }
    return precision <= 32 ? "INTEGER" : "HUGEINT";
  }

  private String timestamp() {
    if (!Boolean.FALSE.equals(column.hints().get("timezone"))) {
      return "TIMESTAMP WITH TIME ZONE";
    }
    Integer precision = column.number("precision");
    if (precision == null || precision > 3 && precision <= 6) {
      return "TIMESTAMP";
    }
    if (precision == 0) {
      return "TIMESTAMP_S";
    }
    return precision <= 3 ? "TIMESTAMP_MS" : "TIMESTAMP_NS";
  }

  /** dlt's defaults, each by itself: 38 digits, 9 of them after the point. */
  private String decimal() {
    Integer precision = column.number("precision");
    Integer scale = column.number("scale");
    int digits = precision == null ? 38 : precision;
    return "DECIMAL(%d,%d)".formatted(digits, scale == null ? Math.min(9, digits) : scale);
  }
}
