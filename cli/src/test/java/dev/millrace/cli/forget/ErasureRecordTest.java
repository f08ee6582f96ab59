package dev.millrace.cli.forget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.forget.ErasureRecord.HoldingObject;
import dev.millrace.loader.erasure.Erasure;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.normalizer.IdField;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a record tells of batch objects, of which one is deleted by now. */
class ErasureRecordTest {
  private static final Instant MONDAY = Instant.parse("2026-11-02T00:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-03T00:00:00Z");
  private static final Instant SUNDAY = Instant.parse("2026-11-08T00:00:00Z");
  private static final HoldingObject GONE = new HoldingObject("landing", "a", 1, MONDAY);
  private static final HoldingObject HELD = new HoldingObject("landing", "b", 2, SUNDAY);
  private static final ErasureRecord RECORD =
      new ErasureRecord(List.of(), List.of(GONE, HELD), MONDAY);

  @Test
  void what_is_deleted_by_now_is_left_out() {
    assertThat(RECORD.copies(TUESDAY)).isEqualTo(new Copies(List.of(HELD.landed()), null));
  }

  @Test
  void an_object_that_rows_and_record_tell_of_is_there_once() {
    Copies.LandingObject now =
        new Copies.LandingObject(new BatchRef("landing", "b", 2), SUNDAY.plusSeconds(1));
    Copies ofRows = new Copies(List.of(now), SUNDAY);

    assertThat(ofRows.and(RECORD.copies(TUESDAY))).isEqualTo(ofRows);
  }

  @Test
  void the_list_counts_what_is_left_and_says_until_when() {
    Erasure erasure = new Erasure(IdField.USER_ID, "0".repeat(64), MONDAY);

    assertThat(new ErasuresText(Map.of(erasure, RECORD), TUESDAY).toString())
        .containsPattern(" 1  2026-11-08T00:00:00Z\n");
    assertThat(new ErasuresText(Map.of(erasure, RECORD), SUNDAY).toString())
        .containsPattern(" 0 *\n");
  }
}
