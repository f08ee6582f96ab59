package dev.millrace.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.BatchRecord.Form;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for any events. A failure names the seed that shows it. */
class PropertiesTest {
  private static final int ROUNDS = 400;
  private static final long FIRST_SEED = 20261123;

  private static List<String> events(long seed, int count) {
    RandomEvents random = new RandomEvents(seed);
    List<String> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(random.next());
    }
    return events;
  }

  @Test
  void every_event_is_read_and_is_loaded_or_bad() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) {
      Normalized result = Normalized.text(String.join("\n", events(seed, 20)));
      assertThat(result.batch.read()).as("seed %d", seed).isEqualTo(20);
      assertThat(result.batch.bad()).as("seed %d", seed).isEqualTo(result.bad.size());
    }
  }

  @Test
  void normalising_twice_gives_the_same_rows() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) {
      String text = String.join("\n", events(seed, 20));
      assertThat(Normalized.text(text).printed())
          .as("seed %d", seed)
          .isEqualTo(Normalized.text(text).printed());
    }
  }

  @Test
  void every_row_of_a_table_has_an_id_of_its_own() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) {
      Normalized result = Normalized.text(String.join("\n", events(seed, 20)));
      String as = "seed " + seed;
      result.rows.forEach(
          (table, rows) ->
              assertThat(rows)
                  .extracting(row -> row.get("_dlt_id"))
                  .as(as)
                  .doesNotHaveDuplicates());
    }
  }

  @Test
  void splitting_a_batch_anywhere_gives_the_same_rows() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) {
      List<String> events = events(seed, 12);
      Normalized whole = Normalized.text(String.join("", events));
      int cut = (int) (seed % 12);
      Normalized first = Normalized.text(String.join("", events.subList(0, cut)));
      Normalized second = first.then(String.join("", events.subList(cut, 12)));
      List<String> parts = new ArrayList<>(List.of(first.printed().split("\n")));
      parts.addAll(List.of(second.printed().split("\n")));
      parts.removeIf(String::isEmpty);
      assertThat(parts).as("seed %d", seed).containsExactlyInAnyOrder(whole.printed().split("\n"));
    }
  }

  @Test
  void every_scalar_of_an_event_is_found_in_its_rows() {
    Guards guards = new Guards(3, 40, 20, 1 << 20);
    for (long seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) {
      NormalizerSettings settings = seed % 2 == 0 ? NormalizerSettings.DEFAULT : guarded(guards);
      Schema schema = Schema.initial("millrace");
      for (String event : events(seed, 12)) {
        Normalized result =
            Normalized.text(event.getBytes(StandardCharsets.UTF_8), settings, schema);
        schema = result.batch.schema();
        assertThat(result.batch.loaded()).isEqualTo(1);
        // Jackson refuses an escaped surrogate that stands alone.
        String readable = event.replace("\"\\ud800\"", "\"\ufffd\"");
        assertThat(Scalars.unpaired(readable, result.rows, schema))
            .as("seed %d: %s%n%s", seed, event, result.rows)
            .isEmpty();
      }
    }
  }

  @Test
  void all_that_must_hold_of_any_batch_holds_and_again_byte_for_byte() throws IOException {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) {
      RandomEvents random = new RandomEvents(seed);
      Schema schema = Schema.initial("millrace");
      Map<String, String> rawPaths = Map.of();
      for (int load = 0; load < 3; load++) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 6; i++) {
          text.append(random.next()).append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        List<byte[]> parts = List.of(load == 1 ? random.damaged(bytes) : bytes);
        NormalizerSettings settings = NormalizerSettings.DEFAULT;
        String loadId = "1700000000." + load;
        BatchRecord once = BatchRecord.of(parts, Form.TEXT, settings, schema, rawPaths, loadId);
        BatchRecord again =
            BatchRecord.of(parts, Form.TEXT_BY_THE_BYTE, settings, schema, rawPaths, loadId);
        BatchChecks.check(once);
        assertThat(again.printed()).as("seed %d", seed).isEqualTo(once.printed());
        schema = once.batch().schema();
        rawPaths = once.batch().rawPaths();
      }
    }
  }

  @Test
  void damaged_text_ends_in_rows_and_bad_events_and_nothing_else() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) {
      RandomEvents random = new RandomEvents(seed);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 10; i++) {
        text.append(random.next()).append('\n');
      }
      byte[] bytes = random.damaged(text.toString().getBytes(StandardCharsets.UTF_8));
      Normalized result =
          Normalized.text(bytes, NormalizerSettings.DEFAULT, Schema.initial("millrace"));
      assertThat(result.batch.bad()).as("seed %d", seed).isEqualTo(result.bad.size());
      assertThat(result.batch.loaded()).as("seed %d", seed).isGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void reading_in_small_pieces_gives_the_same_rows() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 100; seed++) {
      byte[] text = String.join(" ", events(seed, 20)).getBytes(StandardCharsets.UTF_8);
      Normalized pieces =
          Normalized.stream(
              new OneByteAtATime(text), NormalizerSettings.DEFAULT, Schema.initial("millrace"));
      Normalized whole =
          Normalized.text(text, NormalizerSettings.DEFAULT, Schema.initial("millrace"));
      assertThat(pieces.printed()).as("seed %d", seed).isEqualTo(whole.printed());
    }
  }

  private static NormalizerSettings guarded(Guards guards) {
    return NormalizerSettings.DEFAULT.withGuards(guards);
  }
}
