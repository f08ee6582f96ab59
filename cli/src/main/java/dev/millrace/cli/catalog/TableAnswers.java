package dev.millrace.cli.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a table's rows say.
 *
 * @param rows that were read
 * @param latest when the last of them was received; null if there is none, or it isn't known
 * @param filled rows that have a value, by column
 * @param examples by column
 * @param billedBytes 0 where nothing is billed
 */
record TableAnswers(
    long rows,
    Instant latest,
    Map<String, Long> filled,
    Map<String, List<String>> examples,
    long billedBytes) {
  TableAnswers withExamples(Map<String, List<String>> found, long billed) {
    return new TableAnswers(rows, latest, filled, found, billedBytes + billed);
  }
}
