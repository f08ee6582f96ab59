package dev.millrace.tests.bigquery.rest;

import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;

/**
 * Which rows a call wants. A page token is the index of the page's first row.
 *
 * @param start index of the first row
 * @param most that may be in the page
 */
record Paging(long start, int most) {
  private static final int MOST = 100_000;

  static Paging of(Request request) {
    return of(
        request.parameter("pageToken"),
        request.parameter("startIndex"),
        request.parameter("maxResults", MOST));
  }

  static Paging of(String pageToken, String startIndex, int maxResults) {
    String start = pageToken != null ? pageToken : startIndex;
    try {
      return new Paging(start == null ? 0 : Long.parseLong(start), Math.min(maxResults, MOST));
    } catch (NumberFormatException e) {
      throw new RefusedException(Reason.INVALID, "Invalid page token: " + start);
    }
  }

  /** The token of the next page; null if this is the last one of so many rows. */
  String next(long total) {
    long end = start + most;
    return end < total ? Long.toString(end) : null;
  }
}
