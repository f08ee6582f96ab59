package dev.millrace.cli.preview;

import dev.millrace.cli.show.Counted;
import dev.millrace.normalizer.schema.SchemaChange;
import java.util.ArrayList;
import java.util.List;

/** What a preview can fail on. */
enum FailOn {
  /** A table that the schema has not. */
  NEW_TABLE(SchemaChange.Kind.NEW_TABLE.word(), "would be a new table"),
  /** A column that a table of the schema has not. */
  NEW_COLUMN(SchemaChange.Kind.NEW_COLUMN.word(), "would be a new column"),
  /** A value that does not fit its column. */
  VARIANT(SchemaChange.Kind.VARIANT.word(), "would be a variant"),
  /** An event, or a row of one, that would not load. */
  BAD("bad", "");

  private static final int MOST_LINES = 25;

  private final String word;
  private final String sentence;

  FailOn(String word, String sentence) {
    this.word = word;
    this.sentence = sentence;
  }

  /** As the option spells it. */
  @Override
  public String toString() {
    return word;
  }

  /** What was found of it, a line each, and how many more; empty where it does not hold. */
  List<String> lines(Findings found) {
    List<String> all = this == BAD ? bad(found) : changes(found);
    List<String> lines = new ArrayList<>(all.subList(0, Math.min(MOST_LINES, all.size())));
    long more = all.size() - lines.size() + (this == BAD ? found.unlistedBad() : 0);
    if (more > 0) {
      lines.add(word + ": and " + Counted.number(more) + " more");
    }
    return lines;
  }

  private List<String> changes(Findings found) {
    return found.changes().stream()
        .filter(it -> it.change().kind().word().equals(word))
        .map(it -> "%s: %s %s, first at %s".formatted(word, it.name(), what(it), it.first()))
        .toList();
  }

  private String what(PlacedChange placed) {
    SchemaChange change = placed.change();
    String type = change.toType() == null ? "" : " of type " + change.toType().word();
    String from =
        change.fromType() == null ? "" : ", where " + change.fromType().word() + " does not fit";
    return sentence + type + from;
  }

  private List<String> bad(Findings found) {
    return found.bad().stream()
        .map(it -> "bad: %s at %s: %s".formatted(it.event().reason(), it.place(), detail(it)))
        .toList();
  }

  private static String detail(PlacedBad bad) {
    return bad.event().partial()
        ? "a row of " + bad.event().table() + " is dropped: " + bad.event().detail()
        : bad.event().detail();
  }
}
