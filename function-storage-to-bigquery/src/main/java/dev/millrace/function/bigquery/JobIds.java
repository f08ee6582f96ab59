package dev.millrace.function.bigquery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The ids of load jobs, which are what makes each load once: {@code millrace_} and hex SHA-256 of
 * what is loaded into what; jobs that failed in passing are followed by others of the next suffix.
 *
 * @param dataset the tables' dataset
 */
record JobIds(DatasetName dataset) {
  /**
   * The ids of the jobs by which something is loaded, without suffix.
   *
   * @param table that it is loaded into. One that was made anew has another creation time, and so
   *     its jobs have other ids: what went into the old one is to be loaded again
   * @param key what it is, unique in the table: its load id and more
   */
  String of(KnownTable table, List<String> key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, dataset.project());
      add(digest, dataset.name());
      add(digest, Long.toString(table.createdMillis()));
      add(digest, table.name());
      key.forEach(part -> add(digest, part));
      return "millrace_" + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /** The id of the one of these jobs that has a suffix. */
  static String suffixed(String jobs, int suffix) {
    return jobs + "_" + suffix;
  }

  /** A zero byte ends each part, which none has inside. */
  private static void add(MessageDigest digest, String part) {
    digest.update(part.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
