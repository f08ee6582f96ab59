package dev.millrace.cli.forget;

import dev.millrace.cli.cost.QueryPrice;
import dev.millrace.loader.erasure.Erasure;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;

/** The answer for programs: every key is always there, null where there is nothing to say. */
final class AnswerDocument {
  private static final QueryPrice PRICE = QueryPrice.shipped();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private AnswerDocument() {}

  /** Indented JSON that ends in a newline. */
  static String of(Answer answer) {
    Found found = answer.found();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("dataset", found.dataset());
    document.put("field", answer.person().field().word());
    document.put("id", answer.person().id());
    document.put("deleted", answer.isDone());
    document.put("rows", answer.rows());
    document.put("load_ids", found.loadIds());
    document.put("notes", found.notes());
    document.put("looking", billed(answer.lookedBytes()));
    document.put("deleting", billed(found.deletedBytes()));
    document.put(
        "batch_objects", answer.copies().objects().stream().map(AnswerDocument::object).toList());
    document.put("load_packages_until", text(answer.copies().packagesUntil()));
    Erasure erasure = answer.erasure();
    document.put("recorded_at", erasure == null ? null : text(erasure.recordedAt()));
    document.put("sha256", erasure == null ? null : erasure.sha256());
    return print(document);
  }

  private static Map<String, Object> billed(OptionalLong bytes) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("billed_bytes", bytes.orElse(0));
    content.put("dollars", PRICE.of(bytes.orElse(0)));
    return content;
  }

  private static Map<String, Object> object(Copies.LandingObject object) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("bucket", object.batch().bucket());
    content.put("object", object.batch().name());
    content.put("generation", object.batch().generation());
    content.put("load_id", object.loadId());
    content.put("until", text(object.until()));
    return content;
  }

  /** All erasures with their records, as one list. */
  static String ofList(Map<Erasure, ErasureRecord> records) {
    List<Map<String, Object>> list =
        records.entrySet().stream().map(each -> entry(each.getKey(), each.getValue())).toList();
    return print(Map.of("erasures", list));
  }

  private static Map<String, Object> entry(Erasure erasure, ErasureRecord record) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("field", erasure.field().word());
    content.put("sha256", erasure.sha256());
    content.put("recorded_at", text(erasure.recordedAt()));
    content.put("finished", !record.isUnfinished());
    content.put("deleted_rows", record.deleted());
    content.put("runs", record.runs().stream().map(AnswerDocument::run).toList());
    content.put("batch_objects", record.objects().stream().map(AnswerDocument::object).toList());
    content.put("load_packages_until", text(record.packagesUntil()));
    return content;
  }

  private static Map<String, Object> run(ErasureRecord.Run run) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("started_at", text(run.startedAt()));
    content.put("finished_at", text(run.finishedAt()));
    content.put("rows", run.rows());
    return content;
  }

  private static Map<String, Object> object(ErasureRecord.HoldingObject object) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("bucket", object.bucket());
    content.put("object", object.object());
    content.put("generation", object.generation());
    content.put("until", text(object.until()));
    return content;
  }

  private static String text(Instant time) {
    return time == null ? null : time.toString();
  }

  private static String print(Map<String, Object> document) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
  }
}
