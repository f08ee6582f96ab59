package dev.millrace.loader.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.fakes.FakeState;
import dev.millrace.loader.fakes.Faults;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.normalizer.ErasedIds;
import dev.millrace.normalizer.IdField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ErasuresTest {
  private static final Instant MONDAY = Instant.parse("2026-11-23T21:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-24T21:00:00Z");

  private final FakeState state = new FakeState(new Faults());
  private final Erasures erasures = new Erasures(state);

  @Test
  void nothing_is_erased_where_nothing_is_recorded() throws IOException {
    assertThat(erasures.erasedIds()).isSameAs(ErasedIds.NONE);
    assertThat(erasures.all()).isEmpty();
    assertThat(erasures.find(IdField.USER_ID, "ada-lovelace")).isEmpty();
  }

  @Test
  void an_id_is_erased_in_its_own_field_alone() throws IOException {
    erasures.add(IdField.USER_ID, "ada-lovelace", MONDAY);

    ErasedIds erased = erasures.erasedIds();
    assertThat(erased.contains(IdField.USER_ID, "ada-lovelace")).isTrue();
    assertThat(erased.contains(IdField.USER_ID, "Ada")).isFalse();
    assertThat(erased.contains(IdField.ANONYMOUS_ID, "ada-lovelace")).isFalse();
    assertThat(erased.contains(IdField.MESSAGE_ID, "ada-lovelace")).isFalse();
  }

  @Test
  void an_id_that_is_recorded_keeps_its_first_date() throws IOException {
    Erasure first = erasures.add(IdField.USER_ID, "ada-lovelace", MONDAY);

    assertThat(erasures.add(IdField.USER_ID, "ada-lovelace", TUESDAY)).isEqualTo(first);
    assertThat(erasures.find(IdField.USER_ID, "ada-lovelace")).contains(first);
    assertThat(erasures.all()).containsExactly(first);
    assertThat(first.recordedAt()).isEqualTo(MONDAY);
  }

  @Test
  void the_object_holds_no_id_and_no_hash_that_another_dataset_would_have() throws IOException {
    Erasure ours = erasures.add(IdField.USER_ID, "ada-lovelace@example.com", MONDAY);
    FakeState other = new FakeState(new Faults());
    Erasure theirs = new Erasures(other).add(IdField.USER_ID, "ada-lovelace@example.com", MONDAY);

    String object =
        new String(state.read(Erasures.OBJECT).orElseThrow().content(), StandardCharsets.UTF_8);
    assertThat(object).doesNotContain("ada-lovelace").contains(ours.sha256());
    assertThat(theirs.sha256()).isNotEqualTo(ours.sha256());
  }

  @Test
  void two_who_record_at_once_both_get_through() throws IOException {
    state.beforeNextReplace(
        () -> {
          try {
            erasures.add(IdField.ANONYMOUS_ID, "a-1", MONDAY);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });

    erasures.add(IdField.USER_ID, "ada-lovelace", TUESDAY);

    assertThat(erasures.all())
        .extracting(Erasure::field)
        .containsExactly(IdField.ANONYMOUS_ID, IdField.USER_ID);
    assertThat(erasures.find(IdField.USER_ID, "ada-lovelace")).isPresent();
    assertThat(erasures.find(IdField.ANONYMOUS_ID, "a-1")).isPresent();
  }

  @Test
  void a_damaged_object_is_never_taken_for_an_empty_one() throws IOException {
    erasures.add(IdField.USER_ID, "ada-lovelace", MONDAY);
    state.damage(Erasures.OBJECT);

    assertThatThrownBy(erasures::erasedIds)
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("erasures.json is damaged")
        .extracting(e -> ((LoadException) e).error())
        .isEqualTo(LoadError.MISCONFIGURED);
    assertThatThrownBy(() -> erasures.add(IdField.USER_ID, "bob", TUESDAY))
        .isInstanceOf(LoadException.class);
  }
}
