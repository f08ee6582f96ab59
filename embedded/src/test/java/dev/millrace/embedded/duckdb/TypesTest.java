package dev.millrace.embedded.duckdb;

import static dev.millrace.embedded.duckdb.Fixture.commit;
import static dev.millrace.embedded.duckdb.Fixture.row;
import static dev.millrace.embedded.duckdb.Fixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Table;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypesTest {
  private static final String AT = "2026-11-23T10:00:00.000000Z";

  @TempDir Path folder;
  private Fixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture(folder);
  }

  /** Type; the value in a part; how DuckDB shows it as text, in UTC. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '\u00a6',
      quoteCharacter = '\u00a7',
      value = {
        "text ¦ \"\" ¦ ",
        "text ¦ \"a\\u0000b \\uD83D\\uDE00 \\\"q\\\" \\\\ \\t.\" ¦ a\u0000b \uD83D\uDE00 \"q\" \\ \t.",
        "bigint ¦ 1 ¦ 1",
        "bigint ¦ \"9007199254740993\" ¦ 9007199254740993",
        "bigint ¦ \"9223372036854775807\" ¦ 9223372036854775807",
        "bigint ¦ \"-9223372036854775808\" ¦ -9223372036854775808",
        "double ¦ 1 ¦ 1.0",
        "double ¦ 0.1 ¦ 0.1",
        "double ¦ 1.7976931348623157e308 ¦ 1.7976931348623157e+308",
        "double ¦ 5e-324 ¦ 5e-324",
        "double ¦ -0.0 ¦ -0.0",
        "bool ¦ true ¦ true",
        "bool ¦ false ¦ false",
        "timestamp ¦ \"2026-11-23T10:11:12.123456Z\" ¦ 2026-11-23 10:11:12.123456+00",
        "timestamp ¦ \"0001-01-01T00:00:00.000000Z\" ¦ 0001-01-01 00:00:00+00",
        "timestamp ¦ \"9999-12-31T23:59:59.999999Z\" ¦ 9999-12-31 23:59:59.999999+00",
        "date ¦ \"2026-11-23\" ¦ 2026-11-23",
        "date ¦ \"0001-01-01\" ¦ 0001-01-01",
        "time ¦ \"10:11:12.123456\" ¦ 10:11:12.123456",
        "time ¦ \"00:00:00\" ¦ 00:00:00",
        "decimal ¦ \"1.5\" ¦ 1.500000000",
        "decimal ¦ \"12345678901234567890123456789.123456789\" ¦ 12345678901234567890123456789.123456789",
        "wei ¦ \"99999999999999999999999999999999999999\" ¦ 99999999999999999999999999999999999999",
        "wei ¦ \"-99999999999999999999999999999999999999\" ¦ -99999999999999999999999999999999999999",
        "binary ¦ \"\" ¦ ",
        "binary ¦ \"AP9h\" ¦ \\x00\\xFFa",
        "json ¦ {\"z\":1,\"a\":[null,true,\"\u00e9\"]} ¦ {\"z\":1,\"a\":[null,true,\"\u00e9\"]}",
        "json ¦ \"text\" ¦ \"text\"",
        "json ¦ 123456789012345678901234567890 ¦ 123456789012345678901234567890",
        "json ¦ [] ¦ []",
        "json ¦ {\"a\":1,\"a\":2} ¦ {\"a\":1,\"a\":2}",
      })
  void value_comesBackAsItWas(String type, String inPart, String shown) throws Exception {
    Table table = table("orders", Column.of("v", DataType.of(type)));
    fixture.load(fixture.sealed("1", table, row("a", AT, ",\"v\":" + inPart)), commit("1"));
    assertThat(
            fixture.query(
                "SELECT %s FROM telemetry.orders"
                    .formatted(
                        type.equals("timestamp")
                            ? "(v AT TIME ZONE 'UTC')::VARCHAR || '+00'"
                            : "v::VARCHAR")))
        .containsExactly(shown == null ? "" : shown);
  }

  @Test
  void lines_withoutValues_areRowsOfNulls() throws Exception {
    Map<String, Column> columns =
        Map.of("v", Column.of("v", DataType.BINARY), "j", Column.of("j", DataType.JSON));
    Table table = new Table("orders", columns, Map.of());
    fixture.load(fixture.sealed("1", table, "{}", "{\"v\":null,\"j\":null}"), commit("1"));
    assertThat(fixture.query("SELECT v, j FROM telemetry.orders"))
        .containsExactly("null|null", "null|null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text      | {precision=64}             | VARCHAR",
        "bigint    | {precision=8}              | TINYINT",
        "bigint    | {precision=16}             | SMALLINT",
        "bigint    | {precision=32}             | INTEGER",
        "bigint    | {precision=64}             | BIGINT",
        "bigint    | {precision=128}            | HUGEINT",
        "timestamp | {precision=3}              | TIMESTAMP WITH TIME ZONE",
        "timestamp | {timezone=false}           | TIMESTAMP",
        "timestamp | {timezone=false,precision=0} | TIMESTAMP_S",
        "timestamp | {timezone=false,precision=3} | TIMESTAMP_MS",
        "timestamp | {timezone=false,precision=6} | TIMESTAMP",
        "timestamp | {timezone=false,precision=9} | TIMESTAMP_NS",
        "decimal   | {}                         | DECIMAL(38,9)",
        "decimal   | {precision=10,scale=2}     | DECIMAL(10,2)",
        "wei       | {}                         | DECIMAL(38,0)",
        "binary    | {}                         | BLOB",
        "json      | {}                         | JSON",
        "time      | {}                         | TIME",
        "date      | {}                         | DATE",
      })
  void type_isSpelledAsDuckDbSpellsIt(String type, String hints, String physical) throws Exception {
    Table table = table("orders", new Column("v", DataType.of(type), true, parse(hints)));
    assertThat(new PhysicalColumn(table.columns().get("v")).type()).isEqualTo(physical);
    fixture.load(fixture.sealed("1", table, row("a", AT, "")), commit("1"));
    assertThat(
            fixture.query(
                "SELECT data_type FROM duckdb_columns() WHERE schema_name = 'telemetry' AND column_name = 'v'"))
        .containsExactly(physical);
  }

  private static Map<String, Object> parse(String hints) {
    Map<String, Object> parsed = new LinkedHashMap<>();
    for (String hint : hints.substring(1, hints.length() - 1).split(",")) {
      if (!hint.isEmpty()) {
        String value = hint.split("=")[1];
        parsed.put(
            hint.split("=")[0],
            value.equals("false") ? Boolean.FALSE : (Object) Integer.valueOf(value));
      }
    }
    return parsed;
  }
}
