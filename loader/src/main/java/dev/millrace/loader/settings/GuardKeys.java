package dev.millrace.loader.settings;

import dev.millrace.normalizer.Guards;
import java.util.List;

/** Limits on what clients may do. */
final class GuardKeys {
  private static final Guards UNLESS_SET = Guards.DEFAULT;

  static final Setting<Takes.WholeNumber> NESTING_LEVELS =
      new Setting<>(
          "guards.nesting_levels",
          new Takes.WholeNumber(1, 400),
          "default " + UNLESS_SET.nestingLevels(),
          "Containers deeper than this are kept as JSON.",
          """
          guards: {nesting_levels: 10}
          """);

  static final Setting<Takes.WholeNumber> COLUMNS_PER_TABLE =
      new Setting<>(
          "guards.columns_per_table",
          new Takes.WholeNumber(10, 9_000),
          "default " + UNLESS_SET.columnsPerTable(),
          "Values of further columns are kept in the JSON column `_millrace_overflow`.",
          """
          guards: {columns_per_table: 500}
          """);

  static final Setting<Takes.WholeNumber> TABLES =
      new Setting<>(
          "guards.tables",
          new Takes.WholeNumber(1, 100_000),
          "default " + UNLESS_SET.tables(),
          """
          Further lists are kept as JSON, and events of further names go to the table `events`.""",
          """
          guards: {tables: 100}
          """);

  static final Setting<Takes.Size> EVENT_BYTES =
      new Setting<>(
          "guards.event_bytes",
          new Takes.Size(1 << 10, 64 << 20),
          "default " + Takes.Size.words(UNLESS_SET.eventBytes()),
          """
          A larger event is bad (`too_large`); its first 64 KiB are kept. So is one that has more
          than 200,000 keys, or whose rows would take more than 128 MiB: neither happens below
          1 MiB.""",
          """
          guards: {event_bytes: 512 KiB}
          """);

  static final Chapter CHAPTER =
      new Chapter(
          "Guards",
          """
          Limits that keep one client from ruining everybody's tables. What is beyond one is kept,
          never dropped, and counted in `_millrace_batches`. A size is a number of bytes, with or
          without `KiB` or `MiB` behind it.

          One more is no setting: the schema document may have about 20 MiB (such as 180,000 columns
          with names of 25 characters), since each version of it is kept in one row of
          `_dlt_version`. Beyond it, further columns and tables are treated as beyond the two guards
          on them, and counted as `schema_bytes`.
          """,
          List.of(NESTING_LEVELS, COLUMNS_PER_TABLE, TABLES, EVENT_BYTES));

  private GuardKeys() {}
}
