package dev.millrace.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleTallyTest {
  private final ExampleTally tally = new ExampleTally();

  @Test
  void the_most_frequent_values_come_first() {
    List.of("pro", "free", "free", "team", "free", "pro").forEach(tally::add);

    assertThat(tally.examples()).containsExactly("free", "pro", "team");
  }

  @Test
  void five_are_enough() {
    List.of("a", "a", "b", "c", "d", "e", "f").forEach(tally::add);

    assertThat(tally.examples()).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void of_values_that_all_differ_two_are_enough() {
    List.of("id1", "id2", "id3").forEach(tally::add);

    assertThat(tally.examples()).containsExactly("id1", "id2");
  }

  @Test
  void nothing_and_blanks_are_no_examples() {
    tally.add(null);
    tally.add("");
    tally.add(" \n");

    assertThat(tally.examples()).isEmpty();
  }

  @Test
  void long_values_are_cut_between_characters() {
    tally.add("😀".repeat(1_000));
    tally.add("😀".repeat(60));

    assertThat(tally.examples()).containsExactly("😀".repeat(59) + "…", "😀".repeat(60));
  }
}
