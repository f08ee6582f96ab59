package dev.millrace.loader.settings;

import dev.millrace.normalizer.SchemaContract.Mode;
import java.util.List;
import java.util.stream.Stream;

/** How the schema may change. */
final class ContractKeys {
  static final Takes.OneOf MODE =
      new Takes.OneOf(Stream.of(Mode.values()).map(Mode::word).toList());

  private static final String EVOLVE = "default `evolve`";

  static final Chapter CHAPTER =
      new Chapter(
          "Contracts",
          """
          A contract says what happens to an event that would change the schema. A new table may add
          columns during the whole batch that makes it.

          | mode | what happens |
          | --- | --- |
          | `evolve` | the schema changes |
          | `freeze` | the event is bad (`contract_frozen`) |
          | `discard_row` | the row is dropped with all below it: a root row makes its event bad (`contract_discarded`), a child row is kept among the bad events as `partial` |
          | `discard_value` | the value is dropped and counted in `_millrace_batches`; on `tables` it does what `discard_row` does |
          """,
          List.of(
              new Setting<>(
                  "schema_contract",
                  mode("A mode for everything, or the three keys below"),
                  EVOLVE,
                  "Holds for all tables that have no contract of their own.",
                  """
                  schema_contract: freeze
                  """),
              new Setting<>(
                  "schema_contract.tables",
                  mode("A mode"),
                  EVOLVE,
                  "New tables, root and child.",
                  """
                  schema_contract: {tables: freeze}
                  """),
              new Setting<>(
                  "schema_contract.columns",
                  mode("A mode"),
                  EVOLVE,
                  "New columns of tables that are there.",
                  """
                  schema_contract: {columns: discard_value}
                  """),
              new Setting<>(
                  "schema_contract.data_type",
                  mode("A mode"),
                  EVOLVE,
                  "Values that their column does not take, and that would need a variant of it.",
                  """
                  schema_contract: {data_type: discard_row}
                  """),
              new Setting<>(
                  "table_contracts.<table>",
                  mode("A mode, or the same three keys"),
                  "default what `schema_contract` says",
                  """
                  The contract of a root table and of all tables below it, in the place of the
                  general one: what it does not say is `evolve`.""",
                  """
                  table_contracts:
                    order_completed: {tables: freeze, columns: freeze}
                    page: freeze
                  """)));

  private ContractKeys() {}

  private static Takes.Text mode(String onThePage) {
    return new Takes.Text(onThePage, String.join("|", MODE.words()), MODE.expected());
  }
}
