package dev.millrace.cli.simulate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a data pipeline tells its makers about each of its steps: anonymous, with its context. */
final class PipelineTelemetry implements Kind {
  @Override
  public Map<String, Object> draw(Draw draw) {
    String step = draw.oneOf("run", "extract", "normalize", "load");
    String destination = draw.oneOf("duckdb", "bigquery", "snowflake");

    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("event_category", "pipeline");
    properties.put("event_name", step);
    properties.put("elapsed", draw.between(0.0, 60.0, 6));
    properties.put("success", draw.percent(95));
    properties.put("destination_name", destination);
    properties.put("destination_type", "dlt.destinations." + destination);
    properties.put("pipeline_name_hash", draw.word(22));
    properties.put("dataset_name_hash", draw.word(22));
    properties.put("default_schema_name_hash", draw.word(22));
    properties.put("transaction_id", draw.word(32));
    if (step.equals("load")) {
      properties.put("tables", tables(draw));
    }

    Map<String, Object> event = new LinkedHashMap<>();
    event.put("anonymousId", draw.word(32));
    event.put("event", "pipeline_" + step);
    event.put("properties", properties);
    event.put("context", context(draw));
    return event;
  }

  private static List<Map<String, Object>> tables(Draw draw) {
    List<Map<String, Object>> tables = new ArrayList<>();
    int count = draw.between(0, 3);
    for (int i = 0; i < count; i++) {
      Map<String, Object> table = new LinkedHashMap<>();
      table.put("name", draw.oneOf("orders", "customers", "payments", "sessions"));
      table.put("rows", draw.between(0, 1_000_000));
      tables.add(table);
    }
    return tables;
  }

  private static Map<String, Object> context(Draw draw) {
    Map<String, Object> os = new LinkedHashMap<>();
    os.put("name", draw.oneOf("Linux", "Darwin", "Windows"));
    os.put("version", draw.between(5, 23) + "." + draw.between(0, 9) + ".0");
    Map<String, Object> library = new LinkedHashMap<>();
    library.put("name", "dlt");
    library.put("version", "1." + draw.between(0, 31) + "." + draw.between(0, 4));

    Map<String, Object> context = new LinkedHashMap<>();
    context.put("ci_run", draw.percent(30));
    context.put("python", draw.oneOf("3.10.9", "3.11.5", "3.12.1"));
    context.put("cpu", draw.between(1, 16));
    context.put(
        "exec_info", draw.some(2, "docker", "kubernetes", "airflow", "colab", "github_action"));
    context.put("os", os);
    context.put("library", library);
    return context;
  }
}
