package dev.millrace.tests.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.Job;
import dev.millrace.tests.bigquery.quotas.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a load job takes for a value of each type, and how it is read back. */
class TypesTest {
  private static Fixture fixture;

  @BeforeAll
  static void open() throws Exception {
    fixture = new Fixture(settings -> settings.withLimits(Limits.off()));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static int tables;

  private static Job load(String type, String json) throws InterruptedException {
    String table = "t" + ++tables;
    fixture.query("CREATE TABLE d.%s (v %s)".formatted(table, type));
    return fixture.loaded(table, table, "{\"v\":%s}".formatted(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "STRING | \"\" | ~~",
        "STRING | \"é\\u0000x\" | ~é\u0000x~",
        "STRING(3) | \"é€x\" | é€x",
        "INT64 | 9223372036854775807 | 9223372036854775807",
        "INT64 | \"-9223372036854775808\" | -9223372036854775808",
        "FLOAT64 | 1.5e300 | 1.5E300",
        "FLOAT64 | 3 | 3.0",
        "FLOAT64 | \"NaN\" | NaN",
        "FLOAT64 | \"-Infinity\" | -Infinity",
        "BOOL | true | true",
        "BOOL | \"FALSE\" | false",
        "TIMESTAMP | \"2026-11-23T10:00:00.123456Z\" | 1795428000.123456",
        "TIMESTAMP | \"2026-11-23 10:00:00\" | 1795428000.000000",
        "TIMESTAMP | \"2026/11/23 10:00\" | 1795428000.000000",
        "TIMESTAMP | \"2026-11-23 12:00:00+02:00\" | 1795428000.000000",
        "TIMESTAMP | \"2026-11-23 10:00:00 UTC\" | 1795428000.000000",
        "TIMESTAMP | \"2026-11-23\" | 1795392000.000000",
        "TIMESTAMP | \"0001-01-01T00:00:00Z\" | -62135596800.000000",
        "TIMESTAMP | \"9999-12-31T23:59:59.999999Z\" | 253402300799.999999",
        "TIMESTAMP | 1795428000.5 | 1795428000.500000",
        "DATE | \"2026-2-3\" | 2026-02-03",
        "DATE | \"9999-12-31\" | 9999-12-31",
        "TIME | \"1:02:03.5\" | 01:02:03.500",
        "TIME | \"10:00:00\" | 10:00:00",
        "DATETIME | \"2026-11-23T10:00:00.5\" | 2026-11-23T10:00:00.500",
        "NUMERIC | \"99999999999999999999999999999.999999999\" | 99999999999999999999999999999.999999999",
        "NUMERIC | -1.50 | -1.5",
        "NUMERIC(5, 2) | \"1.005\" | 1.01",
        "BIGNUMERIC | \"578960446186580977117854925043439539266\" | 578960446186580977117854925043439539266",
        "BIGNUMERIC | \"0.00000000000000000000000000000000000001\" | 0.00000000000000000000000000000000000001",
        "BIGNUMERIC(38, 0) | \"12345678901234567890123456789012345678\" | 12345678901234567890123456789012345678",
        "BYTES | \"AQID\" | AQID",
        "BYTES | \"\" | ~~",
        "JSON | {\"a\":[1,2.50,null,\"x\"],\"b\":12345678901234567890.123456789} | {\"a\":[1,2.50,null,\"x\"],\"b\":12345678901234567890.123456789}",
        "JSON | \"text\" | \"text\"",
        "JSON | 1.0 | 1.0",
        "INT64 | null | null",
        "JSON | null | null",
      })
  void aValueOfTheType_isReadBackAsItWas(String type, String json, String expected)
      throws Exception {
    Job job = load(type, json);
    assertThat(job.getStatus().getError()).isNull();
    assertThat(fixture.query("SELECT v FROM d.t" + tables)).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "STRING | 1 | Could not convert value to string. Field: v; Value: 1",
        "STRING | {} | JSON object specified for non-record field: v",
        "STRING | [\"a\"] | Array specified for non-record field: v",
        "STRING(3) | \"abcd\" | maximum length 3 exceeded",
        "INT64 | \"abc\" | Could not convert value to integer. Field: v; Value: abc",
        "INT64 | 1.5 | Could not convert value to integer. Field: v; Value: 1.5",
        "INT64 | 9223372036854775808 | out of range",
        "INT64 | \"-9223372036854775809\" | out of range",
        "INT64 | true | Could not convert value to integer",
        "FLOAT64 | 1e400 | Could not convert value to double",
        "FLOAT64 | \"x\" | Could not convert value to double",
        "BOOL | 1 | Could not convert value to boolean",
        "BOOL | \"yes\" | Could not convert value to boolean",
        "TIMESTAMP | \"yesterday\" | Could not convert value to timestamp",
        "TIMESTAMP | \"2026-13-01T00:00:00Z\" | Could not convert value to timestamp",
        "TIMESTAMP | \"2026-11-23T10:00:00.1234567Z\" | Could not convert value to timestamp",
        "TIMESTAMP | \"10000-01-01T00:00:00Z\" | Could not convert value to timestamp",
        "TIMESTAMP | \"0001-01-01T00:00:00+01:00\" | Could not convert value to timestamp",
        "TIMESTAMP | 1795428000000 | Could not convert value to timestamp",
        "DATE | \"2026/02/03\" | Could not convert value to date",
        "DATE | \"2026-02-30\" | Could not convert value to date",
        "TIME | \"24:00:00\" | Could not convert value to time",
        "DATETIME | \"2026-11-23T10:00:00Z\" | Could not convert value to datetime",
        "NUMERIC | \"100000000000000000000000000000\" | Invalid NUMERIC value",
        "NUMERIC | \"0.0000000001\" | Invalid NUMERIC value",
        "NUMERIC(5, 2) | \"1000\" | Invalid NUMERIC(5, 2) value",
        "BIGNUMERIC | \"578960446186580977117854925043439539267\" | Invalid BIGNUMERIC value",
        "BYTES | \"???\" | Could not convert value to bytes",
      })
  void aValueOfAnother_failsTheJob(String type, String json, String message) throws Exception {
    Job job = load(type, json);
    assertThat(job.getStatus().getExecutionErrors().stream().map(BigQueryError::getMessage))
        .hasSize(3)
        .element(2)
        .asString()
        .contains(message);
  }

  @Test
  void json_isNestedAtMost500Deep() throws Exception {
    Job deepest = load("JSON", "[".repeat(500) + "]".repeat(500));
    assertThat(deepest.getStatus().getError()).isNull();
    Job deeper = load("JSON", "[".repeat(501) + "]".repeat(501));
    assertThat(deeper.getStatus().getExecutionErrors().get(2).getMessage())
        .contains("JSON nesting is deeper than 500 levels");
  }

  @Test
  void columnsOfArraysAndStructs_areNotCovered() {
    for (String type : new String[] {"ARRAY<STRING>", "STRUCT<a INT64>"}) {
      BigQueryError error = fixture.refusal("CREATE TABLE d.nested (v " + type + ")");
      assertThat(error.getReason()).as(type).isEqualTo("notImplemented");
    }
  }

  @Test
  void aRow_isAtMost100MiB() throws Exception {
    fixture.query("CREATE TABLE d.wide (v STRING)");
    byte[] head = "{\"v\":\"".getBytes(StandardCharsets.UTF_8);
    byte[] line = new byte[100 * 1024 * 1024 + 1];
    Arrays.fill(line, (byte) 'x');
    System.arraycopy(head, 0, line, 0, head.length);
    line[line.length - 2] = '"';
    line[line.length - 1] = '}';
    String uri = fixture.objects.put("wide.jsonl", line);
    Job job = fixture.run("wide", Fixture.load("wide", uri).build());
    assertThat(job.getStatus().getExecutionErrors().get(2).getMessage())
        .contains("Row size is larger than: 104857600.");
  }
}
