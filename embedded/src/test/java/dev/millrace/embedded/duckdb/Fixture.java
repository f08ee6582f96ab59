package dev.millrace.embedded.duckdb;

import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.loader.system.SystemTable;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A database in a folder, and packages for it. */
final class Fixture {
  static final String DATASET = "telemetry";
  static final SystemTable LOADS = dlt("_dlt_loads", "inserted_at");
  static final SystemTable VERSION = dlt("_dlt_version", "inserted_at");
  static final SystemTable BATCHES =
      new SystemTable(
          "_millrace_batches",
          "Outcomes, each with its batch's name",
          List.of(
              Column.of("recorded_at", DataType.TIMESTAMP),
              Column.of("bucket", DataType.TEXT),
              Column.of("object", DataType.TEXT),
              Column.of("generation", DataType.BIGINT),
              Column.of("state", DataType.TEXT)),
          "recorded_at");

  final Path folder;
  final DuckDbFile file;
  final DuckDbWarehouse warehouse;

  Fixture(Path folder) throws IOException {
    this(folder, DATASET);
  }

  Fixture(Path folder, String dataset) throws IOException {
    this.folder = folder;
    this.file = new DuckDbFile(folder.resolve("millrace.duckdb"), Duration.ofSeconds(10));
    this.warehouse = new DuckDbWarehouse(file, dataset, List.of(BATCHES, VERSION, LOADS));
  }

  static SystemTable dlt(String name, String partitionedBy) {
    return new SystemTable(
        name,
        "dlt's own",
        List.copyOf(Schema.initial("millrace").table(name).columns().values()),
        partitionedBy);
  }

  static Column required(String name, DataType type) {
    return new Column(name, type, false, Map.of());
  }

  /** An event table with the columns, and those that every event table has. */
  static Table table(String name, Column... columns) {
    Map<String, Column> all = new LinkedHashMap<>();
    List<Column> list = new ArrayList<>(Arrays.asList(columns));
    list.add(required("_dlt_load_id", DataType.TEXT));
    list.add(required("_dlt_id", DataType.TEXT));
    list.add(Column.of("_millrace_received_at", DataType.TIMESTAMP));
    list.forEach(column -> all.put(column.name(), column));
    return new Table(name, all, Map.of());
  }

  static Schema schema(Table... tables) {
    return Schema.initial("millrace").with(List.of(tables));
  }

  /** A package with the lines as the one part of the table. */
  SealedPackage sealed(String loadId, Table table, String... lines) throws IOException {
    Path part = folder.resolve(loadId + ".jsonl");
    Files.writeString(part, lines.length == 0 ? "" : String.join("\n", lines) + "\n");
    return new SealedPackage(
        loadId,
        schema(table),
        Map.of(
            table.name(),
            new SealedPackage.TableParts(
                List.of(part.toString()), List.copyOf(table.columns().keySet()), lines.length)));
  }

  static String row(String id, String receivedAt, String more) {
    return "{\"_dlt_load_id\":\"1\",\"_dlt_id\":\"%s\",\"_millrace_received_at\":\"%s\"%s}"
        .formatted(id, receivedAt, more);
  }

  static SystemRows loadsRow(String loadId) {
    return new SystemRows(
        LOADS,
        "{\"load_id\":\"%s\",\"schema_name\":\"millrace\",\"status\":0,\"inserted_at\":\"2026-11-23T10:00:00.000000Z\"}\n"
            .formatted(loadId)
            .getBytes(StandardCharsets.UTF_8),
        List.of(),
        1,
        loadId,
        null);
  }

  void load(SealedPackage sealed, Warehouse.Commit commit) throws IOException {
    warehouse.load(sealed, commit, Instant.MAX);
  }

  static Warehouse.Commit commit(String loadId) {
    return counts -> List.of(loadsRow(loadId));
  }

  /** Every row as its values joined by a bar. */
  List<String> query(String sql) throws IOException {
    return file.open(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
              List<String> values = new ArrayList<>();
              for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                values.add(rows.getString(i));
              }
              lines.add(String.join("|", values.stream().map(String::valueOf).toList()));
            }
            return lines;
          }
        });
  }

  void execute(String sql) throws IOException {
    file.open(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }
}
