package dev.millrace.function.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ColumnTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text|||STRING",
        "text|64||STRING(64)",
        "bigint|||INT64",
        "bigint|16||INT64",
        "double|||FLOAT64",
        "bool|||BOOL",
        "timestamp|||TIMESTAMP",
        "timestamp|3||TIMESTAMP",
        "date|||DATE",
        "time|||TIME",
        "decimal|||NUMERIC(38,9)",
        "decimal|10|2|NUMERIC(10,2)",
        "decimal|5||NUMERIC(5,5)",
        "decimal|29|0|NUMERIC(29,0)",
        "decimal|30|0|BIGNUMERIC(30,0)",
        "decimal|40|5|BIGNUMERIC(40,5)",
        "decimal|38|10|BIGNUMERIC(38,10)",
        "decimal|35|2|BIGNUMERIC(35,2)",
        "decimal|76|0|BIGNUMERIC",
        "wei|||BIGNUMERIC",
        "binary|||BYTES",
        "binary|16||BYTES(16)",
        "json|||JSON",
      })
  void eachTypeIsWhatTheSpecSays(String word, Integer precision, Integer scale, String sql) {
    Map<String, Object> hints = new LinkedHashMap<>();
    if (precision != null) {
      hints.put("precision", precision);
    }
    if (scale != null) {
      hints.put("scale", scale);
    }

    assertThat(ColumnType.sql(new Column("c", DataType.of(word), true, hints))).isEqualTo(sql);
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void aColumnThatWasMadeForATypeTakesIt(DataType type) {
    String made = ColumnType.sql(Column.of("c", type)).replaceFirst("\\(.*", "");
    Field field = Field.of("c", StandardSQLTypeName.valueOf(made));

    assertThat(ColumnType.takes(ColumnType.dlt(field), type)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = StandardSQLTypeName.class,
      names = {"GEOGRAPHY", "DATETIME", "INTERVAL"})
  void whatDltHasNoNameForTakesNothing(StandardSQLTypeName type) {
    assertThat(ColumnType.dlt(Field.of("c", type))).isNull();
  }

  @Test
  void anArrayTakesNothing() {
    Field array =
        Field.newBuilder("c", StandardSQLTypeName.STRING).setMode(Field.Mode.REPEATED).build();

    assertThat(ColumnType.dlt(array)).isNull();
    assertThat(ColumnType.sql(array)).isEqualTo("ARRAY<STRING>");
    assertThat(ColumnType.takes(null, DataType.TEXT)).isFalse();
  }

  @Test
  void aStructTakesNothing() {
    Field struct =
        Field.newBuilder(
                "c", StandardSQLTypeName.STRUCT, Field.of("inner", StandardSQLTypeName.STRING))
            .build();

    assertThat(ColumnType.dlt(struct)).isNull();
  }

  @Test
  void anIntegerColumnDoesNotTakeText() {
    assertThat(ColumnType.takes(DataType.BIGINT, DataType.TEXT)).isFalse();
  }
}
