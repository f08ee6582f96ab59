package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import dev.millrace.loader.ports.Dataset;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A row of a query's answer. */
record FieldRow(Schema schema, FieldValueList values) implements Dataset.Row {
  @Override
  public String text(int column) {
    FieldValue value = values.get(column);
    if (value.isNull()) {
      return null;
    }
    if (value.getAttribute() != FieldValue.Attribute.PRIMITIVE) {
      return value.getValue().toString();
    }
    StandardSQLTypeName type = schema.getFields().get(column).getType().getStandardType();
    return type == StandardSQLTypeName.TIMESTAMP ? time(column).toString() : value.getStringValue();
  }

  @Override
  public Long number(int column) {
    return values.get(column).isNull() ? null : values.get(column).getLongValue();
  }

  @Override
  public Double real(int column) {
    return values.get(column).isNull() ? null : values.get(column).getDoubleValue();
  }

  @Override
  public Boolean truth(int column) {
    return values.get(column).isNull() ? null : values.get(column).getBooleanValue();
  }

  @Override
  public Instant time(int column) {
    FieldValue value = values.get(column);
    return value.isNull() ? null : Instant.EPOCH.plus(value.getTimestampValue(), ChronoUnit.MICROS);
  }

  @Override
  public byte[] bytes(int column) {
    return values.get(column).isNull() ? null : values.get(column).getBytesValue();
  }
}
