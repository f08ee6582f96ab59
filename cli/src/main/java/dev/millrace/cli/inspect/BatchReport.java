package dev.millrace.cli.inspect;

import dev.millrace.loader.system.SystemTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Everything about one batch.
 *
 * @param outcomes of the batch, newest first
 * @param detail of its newest outcome
 * @param complete whether {@code _dlt_loads} has its load
 * @param older load ids of other generations of the same object, newest first
 */
record BatchReport(
    String label,
    List<BatchOutcome> outcomes,
    BatchDetail detail,
    boolean complete,
    Receipt receipt,
    List<ChangeRow> changes,
    List<String> older)
    implements InspectOptions.Answer {
  /**
   * Asks for what is not known yet.
   *
   * @param all outcomes of one object, its newest generation first
   */
  static BatchReport of(LoadedDataset dataset, Batches batches, List<BatchOutcome> all)
      throws IOException {
    String loadId = all.get(0).loadId();
    List<BatchOutcome> own = all.stream().filter(it -> it.loadId().equals(loadId)).toList();
    LinkedHashSet<String> others = new LinkedHashSet<>();
    all.forEach(it -> others.add(it.loadId()));
    others.remove(loadId);
    BatchDetail detail = detail(dataset, loadId);
    return new BatchReport(
        dataset.label(),
        own,
        detail,
        batches.isComplete(loadId),
        Receipt.of(dataset, own.get(0), detail.rowsLoaded().keySet()),
        new Changes(dataset).ofLoad(loadId),
        List.copyOf(others));
  }

  private static BatchDetail detail(LoadedDataset dataset, String loadId) throws IOException {
    Where where =
        new Where().and("load_id = ?", loadId).and("recorded_at >= ?", LoadTime.before(loadId));
    List<BatchDetail> details = new ArrayList<>();
    dataset
        .dataset()
        .query(
            "SELECT %s FROM %s %s ORDER BY recorded_at DESC, committed_at DESC NULLS LAST LIMIT 1"
                .formatted(
                    BatchDetail.COLUMNS,
                    dataset.dataset().table(SystemTables.BATCHES.name()),
                    where.sql()),
            where.values(),
            row -> details.add(BatchDetail.of(row)));
    return details.get(0);
  }

  /** The newest outcome. */
  BatchOutcome batch() {
    return outcomes.get(0);
  }

  @Override
  public String text() {
    return new BatchText(this).toString();
  }

  @Override
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("dataset", label);
    document.putAll(batch().document());
    document.put("complete", complete);
    detail.putInto(document);
    document.put("first_received_at", text(receipt.first()));
    document.put("last_received_at", text(receipt.last()));
    document.put("schema_changes", changes.stream().map(ChangeRow::document).toList());
    document.put("outcomes", outcomes.stream().map(BatchOutcome::document).toList());
    document.put("other_generations", older);
    return document;
  }

  private static String text(Object time) {
    return time == null ? null : time.toString();
  }
}
