package dev.millrace.loader.settings;

import dev.millrace.normalizer.names.SnakeCase;

/**
 * Finds names of tables and columns that no event can make, for what is said of them would never
 * hold.
 */
final class TableNames {
  private final SnakeCase naming;

  /**
   * @param maxLength of a name, in code points
   */
  TableNames(int maxLength) {
    this.naming = new SnakeCase(maxLength);
  }

  /** Makes a problem of a key that is written otherwise than in the tables. */
  void check(Section section, String name) {
    String normalised = naming.path(name);
    if (!normalised.equals(name)) {
      section.problem(
          name,
          "%s is not how names are spelled in tables; %s is expected"
              .formatted(section.pathOf(name), normalised.isEmpty() ? "a name" : normalised));
    }
  }
}
