package dev.millrace.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FamiliesTest {
  @Test
  void children_stand_behind_their_parent() {
    Families families =
        families(
            table("b", null),
            table("b__x", "b"),
            table("b__x__y", "b__x"),
            table("c", null),
            table("b__z", "b"));

    assertThat(names(families.tables())).containsExactly("b", "b__x", "b__x__y", "b__z", "c");
    assertThat(names(families.roots())).containsExactly("b", "c");
    assertThat(families.tables()).extracting(families::depthOf).containsExactly(0, 1, 2, 1, 0);
  }

  @Test
  void a_table_whose_parent_is_not_there_is_a_root() {
    Families families = families(table("a__x", "a"));

    assertThat(names(families.roots())).containsExactly("a__x");
  }

  @Test
  void tables_that_are_their_own_ancestors_are_shown_once() {
    Families families = families(table("a", "b"), table("b", "a"), table("c", "c"));

    assertThat(names(families.tables())).containsExactly("a", "b", "c");
    assertThat(families.childrenOf(families.tables().get(1))).isEmpty();
  }

  private static Families families(CatalogTable... tables) {
    return new Families(List.of(tables));
  }

  private static List<String> names(List<CatalogTable> tables) {
    return tables.stream().map(CatalogTable::name).toList();
  }

  private static CatalogTable table(String name, String parent) {
    return new CatalogTable(name, parent, null, null, new TableRows(0, null, null), List.of());
  }
}
