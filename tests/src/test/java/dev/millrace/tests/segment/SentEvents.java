package dev.millrace.tests.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.dataset.Dataset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What every program sends, and what its rows must be.
 *
 * @param library that sent it
 * @param burst how many events its burst has
 */
record SentEvents(String library, int burst) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> TABLES =
      List.of("identifies", "order_completed", "pages", "screens", "groups", "aliases");

  int count() {
    return TABLES.size() + burst;
  }

  void assertLoadedInto(Dataset dataset) throws Exception {
    dataset.awaitEventsRead(count(), PATIENCE);
    assertThat(dataset.eventsRead()).isEqualTo(count());
    for (String table : TABLES) {
      assertThat(
              dataset.rows(
                  """
                  select count(*), count(distinct message_id), min(source),
                         min(context__library__name),
                         bool_and(cast("timestamp" as timestamptz) <= cast(received_at as timestamptz)),
                         count(original_timestamp), count(sent_at)
                  from\s"""
                      + table))
          .as(table)
          .isEqualTo(List.of(List.of(1L, 1L, CollectorPipeline.SOURCE, library, true, 1L, 1L)));
    }
    assertThat(dataset.value("select traits__name from identifies")).isEqualTo("Größe 日本 𝄞");
    assertThat(dataset.value("select previous_id from aliases")).isEqualTo("a-0");
    assertThat(dataset.value("select group_id from groups")).isEqualTo("g-1");
    assertBurst(dataset);
  }

  private void assertBurst(Dataset dataset) throws Exception {
    List<List<Object>> expected = new ArrayList<>();
    List<List<Object>> expectedList = new ArrayList<>();
    for (long number = 0; number < burst; number++) {
      expected.add(List.of(number, "Größe " + number + " 日本 𝄞", number, library));
      expectedList.add(List.of(number, number));
      expectedList.add(List.of(number, number + 1));
    }
    assertThat(
            dataset.rows(
                """
                select properties__number, properties__text, properties__nested__deep__er,
                       context__library__name
                from burst order by 1
                """))
        .isEqualTo(expected);
    assertThat(
            dataset.rows(
                """
                select event.properties__number, item.value
                from burst__properties__list item
                join burst event on event._dlt_id = item._dlt_parent_id
                order by 1, item._dlt_list_idx
                """))
        .isEqualTo(expectedList);
    assertThat(dataset.number("select count(distinct message_id) from burst")).isEqualTo(burst);
  }
}
