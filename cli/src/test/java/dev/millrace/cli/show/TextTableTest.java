package dev.millrace.cli.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void text_stands_left_and_numbers_right() {
    TextTable table = new TextTable("table", "rows").row("pages", 12_345L).row("größe", 7L);

    assertThat(table.toString())
        .isEqualTo(
            """
            table    rows
            -----  ------
            pages  12,345
            größe       7
            """);
  }

  @Test
  void a_null_is_an_empty_cell() {
    assertThat(new TextTable("a", "b").row(null, "x").indented(2)).endsWith("     x\n");
  }

  @Test
  void a_long_cell_is_cut() {
    String row = new TextTable("a").row("x".repeat(100)).toString().split("\n")[2];

    assertThat(row).hasSize(60).endsWith("x…");
  }

  @Test
  void control_characters_do_not_reach_the_screen() {
    assertThat(new TextTable("a").row("\u001b[31mred\nline").toString()).contains(" [31mred line");
  }

  @Test
  void a_row_of_another_width_is_refused() {
    assertThatThrownBy(() -> new TextTable("a", "b").row("only one"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 cells under 2 headings");
  }
}
