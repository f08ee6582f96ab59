package dev.millrace.loader.settings;

import dev.millrace.normalizer.SchemaContract;
import dev.millrace.normalizer.SchemaContract.Entity;
import dev.millrace.normalizer.SchemaContract.Mode;
import dev.millrace.normalizer.SchemaContracts;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the file says of how the schema may change. */
final class ContractsSection {
  private static final String TABLES = "table_contracts";

  private final Section file;
  private final TableNames names;

  ContractsSection(Section file, TableNames names) {
    this.file = file;
    this.names = names;
  }

  SchemaContracts read(SchemaContracts defaults) {
    Map<String, SchemaContract> byTable = new LinkedHashMap<>();
    Section tables = file.section(TABLES);
    for (String table : tables.keys()) {
      names.check(tables, table);
      contract(tables, table).ifPresent(contract -> byTable.put(table, contract));
    }
    return new SchemaContracts(
        contract(file, SettingKeys.CONTRACT).orElse(defaults.everywhere()),
        file.has(TABLES) ? byTable : defaults.byRootTable());
  }

  private static Optional<SchemaContract> contract(Section section, String key) {
    if (!section.has(key)) {
      return Optional.empty();
    }
    if (section.isScalar(key)) {
      return mode(section, key).map(SchemaContract::all);
    }
    Section entities = section.section(key).allow(SettingKeys.in(SettingKeys.CONTRACT));
    Map<Entity, Mode> modes = new EnumMap<>(Entity.class);
    for (Entity entity : Entity.values()) {
      mode(entities, entity.word()).ifPresent(mode -> modes.put(entity, mode));
    }
    return Optional.of(new SchemaContract(modes, false));
  }

  private static Optional<Mode> mode(Section section, String key) {
    Optional<String> word = section.text(key);
    for (Mode mode : Mode.values()) {
      if (word.isPresent() && mode.word().equals(word.get())) {
        return Optional.of(mode);
      }
    }
    return word.isEmpty()
        ? Optional.empty()
        : section.wrong(key, word.get(), ContractKeys.MODE.expected());
  }
}
