package dev.millrace.cli.forget;

import dev.millrace.cli.cost.QueryPrice;
import dev.millrace.cli.show.Counted;
import dev.millrace.cli.show.TextTable;
import dev.millrace.loader.ports.BatchRef;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** The answer for a person. */
final class AnswerText {
  private static final int MAX_OBJECTS = 20;
  private static final QueryPrice PRICE = QueryPrice.shipped();

  private final Answer answer;
  private final StringBuilder out = new StringBuilder();

  AnswerText(Answer answer) {
    this.answer = answer;
  }

  @Override
  public String toString() {
    line(
        "%s in %s"
            .formatted(TextTable.printable(answer.person().toString()), answer.found().dataset()));
    line("");
    rows();
    answer.found().notes().forEach(note -> line("Note: " + note + "."));
    copies();
    ending();
    return out.toString();
  }

  private void rows() {
    Map<String, Long> rows = answer.rows();
    long total = rows.values().stream().mapToLong(Long::longValue).sum();
    if (total == 0) {
      line("Nothing found: no table has a row of theirs." + looked());
      return;
    }
    TextTable table = new TextTable("table", "rows");
    rows.forEach(table::row);
    out.append(table);
    line("");
    line(
        "%s of %s in %s%s.%s"
            .formatted(
                Counted.of(total, "row"),
                Counted.of(answer.found().loadIds().size(), "load"),
                Counted.of(rows.size(), "table"),
                answer.isDone() ? " are deleted" : "",
                looked()));
  }

  private String looked() {
    Found found = answer.found();
    if (answer.lookedBytes().isEmpty()) {
      return "";
    }
    long looked = answer.lookedBytes().getAsLong();
    String text =
        " Looking was billed for %s (%s)".formatted(Counted.bytes(looked), PRICE.text(looked));
    if (found.total() > 0) {
      long deleted = found.deletedBytes().orElse(0);
      text +=
          ", deleting %s for about %s (%s)"
              .formatted(
                  answer.isDone() ? "was" : "would be",
                  Counted.bytes(deleted),
                  PRICE.text(deleted));
    }
    return text + " at on-demand prices.";
  }

  private void copies() {
    Copies copies = answer.copies();
    if (!copies.objects().isEmpty()) {
      line("");
      line(
          "%s still %s their events, as the raw archive:"
              .formatted(
                  Counted.of(copies.objects().size(), "batch object"),
                  copies.objects().size() == 1 ? "holds" : "hold"));
      TextTable table = TextTable.whole("object", "until");
      copies.objects().stream()
          .limit(MAX_OBJECTS)
          .forEach(object -> table.row(name(object.batch()), until(object.until())));
      out.append(table);
      if (copies.objects().size() > MAX_OBJECTS) {
        line("… and %d more; --json lists all".formatted(copies.objects().size() - MAX_OBJECTS));
      }
    }
    if (copies.packagesUntil() != null) {
      line("");
      line(
          "The staging bucket holds load packages with them until %s at the latest."
              .formatted(day(copies.packagesUntil())));
    }
  }

  private static String name(BatchRef batch) {
    return batch.bucket().equals(BatchRef.CONTENT)
        ? "the file whose SHA-256 is " + batch.name()
        : batch.toString();
  }

  private static String until(Instant until) {
    return until == null ? "you delete it" : day(until);
  }

  private static String day(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void ending() {
    line("");
    if (!answer.isDone()) {
      line(answer.erasure() == null ? notRecorded() : recorded());
      return;
    }
    line(
        "Recorded on %s as %s: loads and replays skip their events."
            .formatted(day(answer.erasure().recordedAt()), answer.erasure().sha256()));
    if (answer.lookedBytes().isPresent()) {
      line(
          "BigQuery keeps deleted rows for its time travel, 7 days unless set, and 7 more for"
              + " Google's support alone.");
    }
    line(
        "A load that was under way may still bring some: run this again in an hour, it deletes what"
            + " it finds.");
  }

  private String notRecorded() {
    return answer.found().total() == 0
        ? "--yes records the id, so that loads and replays skip its events."
        : "Nothing is deleted yet. --yes deletes it, and records that loads and replays skip it.";
  }

  private String recorded() {
    return "Recorded on %s: loads and replays skip their events.%s"
        .formatted(
            day(answer.erasure().recordedAt()),
            answer.found().total() == 0 ? "" : " --yes deletes these rows, too.");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
