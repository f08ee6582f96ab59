package dev.millrace.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.ports.Dataset.TableInfo;
import dev.millrace.loader.system.SystemTables;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BadEventSearchTest {
  private static final Instant SINCE = Instant.parse("2026-11-26T00:00:00Z");

  private final AskedDataset asked = new AskedDataset();

  private BadEventSearch search(TableInfo... tables) {
    Map<String, TableInfo> byName =
        tables.length == 0 ? Map.of() : Map.of(tables[0].name(), tables[0]);
    return new BadEventSearch(new LoadedDataset(asked, byName), SINCE);
  }

  private BadEventSearch searchWithBadEvents() {
    return search(new TableInfo(SystemTables.BAD_EVENTS.name(), 1, List.of()));
  }

  @Test
  void the_price_is_that_of_the_question_that_reads_the_bytes() throws IOException {
    BadEventSearch search = searchWithBadEvents();

    assertThat(search.billedBytes()).isEqualTo(7);

    search.byBytes(List.of());
    assertThat(asked.questions()).hasSize(2).containsOnly(asked.questions().get(1));
  }

  @Test
  void no_bytes_are_read_of_what_was_received_before_the_time_that_is_asked_for()
      throws IOException {
    searchWithBadEvents().byBytes(List.of());

    assertThat(asked.questions().get(0)).contains("received_at >= ?");
    assertThat(asked.values().get(0)).last().isEqualTo(SINCE);
  }

  @Test
  void where_no_event_was_ever_bad_nothing_is_asked_and_nothing_billed() throws IOException {
    BadEventSearch search = search();
    search.byBytes(List.of());

    assertThat(search.billedBytes()).isZero();
    assertThat(asked.questions()).isEmpty();
  }
}
