package dev.millrace.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.cli.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PriceFileTest {
  private static final String HEAD = "millrace_prices: 1\n";

  private static final LocalDate TODAY = LocalDate.parse("2026-11-26");

  @TempDir private Path folder;

  @Test
  void every_region_of_the_programs_own_list_has_every_price_with_source_and_date() {
    PriceFile shipped = PriceFile.shipped();

    for (String region : shipped.regions()) {
      PriceList prices = shipped.of(region);
      assertThat(prices.prices()).containsOnlyKeys(Item.values());
      assertThat(prices.prices().values())
          .allSatisfy(price -> assertThat(price.provenance().source()).isNotBlank());
      assertThat(prices.plans().values())
          .allSatisfy(plan -> assertThat(plan.provenance().source()).contains("https://"));
    }
  }

  @Test
  void a_list_of_ones_own_changes_only_what_stands_in_it() throws IOException {
    PriceList prices =
        over("""
            prices:
              pubsub_publish: {usd: 30, per: TiB, free: 10, source: our contract, date: 2026-11-01}
            """)
            .of("us");

    assertThat(prices.of(Item.PUBSUB_PUBLISH).usd()).isEqualTo(30);
    assertThat(prices.of(Item.BIGQUERY_ACTIVE)).isEqualTo(Given.prices().of(Item.BIGQUERY_ACTIVE));
    assertThat(prices.plans()).isEqualTo(Given.prices().plans());
  }

  @Test
  void a_list_of_ones_own_may_add_a_plan_and_change_the_default_region() throws IOException {
    PriceList prices =
        over("""
            default_region: us-central1
            plans:
              ours:
                title: Our quote
                meter: users
                base: 900
                tiers: [{usd: 5, per: thousand}]
                source: their mail
                date: 2026-11-20
            """)
            .of(null);

    assertThat(prices.region()).isEqualTo("us-central1");
    assertThat(prices.plans().get("ours").usd(0, 100_000)).hasValue(1400);
  }

  @Test
  void an_unknown_region_is_refused_with_those_that_are_known() {
    assertThatThrownBy(() -> PriceFile.shipped().of("mars-north1"))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("mars-north1", "us, us-central1", "--prices");
  }

  @Test
  void a_missing_price_is_named_with_what_to_add() throws IOException {
    PriceFile file =
        over(
            """
            regions:
              europe-west1:
                title: Belgium
                prices:
                  storage_standard: {usd: 0.02, per: GiB-month, source: x, date: 2026-11-01}
            """);

    assertThatThrownBy(() -> file.of("europe-west1"))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll(
            "prices-of-ours.yaml", "europe-west1", "run_vcpu", "vCPU-second", "usd, per");
  }

  @Test
  void a_price_is_old_after_180_days() {
    LocalDate date = LocalDate.of(2026, 1, 1);
    Provenance provenance = new Provenance("x", date, "");

    assertThat(provenance.isOld(date.plusDays(180))).isFalse();
    assertThat(provenance.isOld(date.plusDays(181))).isTrue();
  }

  @Test
  void an_old_price_is_told_with_its_age_and_what_to_do() {
    assertThat(Given.prices().old(Given.TODAY))
        .extracting(OldPrice::sentence)
        .anySatisfy(
            sentence ->
                assertThat(sentence)
                    .contains("Segment Team", "2024-03-11", "990 days", "--prices"));
  }

  static Stream<Arguments> a_mistake_is_named_by_its_line() {
    String price = "prices:\n  pubsub_publish: {usd: %s, per: %s, source: x, date: %s}\n";
    return Stream.of(
        Arguments.of(price.formatted("forty", "TiB", "2026-11-01"), "line 3: ", "'forty' is no"),
        Arguments.of(price.formatted("-1", "TiB", "2026-11-01"), "line 3: ", "'-1' is no"),
        Arguments.of(price.formatted("40", "bushel", "2026-11-01"), "line 3: ", "'bushel'"),
        Arguments.of(price.formatted("40", "million", "2026-11-01"), "line 3: ", "GiB or TiB"),
        Arguments.of(price.formatted("40", "TiB", "yesterday"), "line 3: ", "'yesterday' is no"),
        Arguments.of(price.formatted("40", "TiB", "2026-11-27"), "line 3: ", "yet to come"),
        Arguments.of("prices:\n  pubsub_publihs: {}\n", "line 3: ", "pubsub_publihs means nothing"),
        Arguments.of("prices: 40\n", "line 2: ", "prices must be a mapping"),
        Arguments.of("prices:\n  pubsub_publish: {usd: 40}\n", "line 3: ", "has no per"),
        Arguments.of("plans:\n  x: {title: X, meter: miles}\n", "line 3: ", "events or users"),
        Arguments.of("prices: [\n", "line ", "not YAML"));
  }

  @ParameterizedTest
  @MethodSource
  void a_mistake_is_named_by_its_line(String yaml, String line, String what) {
    assertThatThrownBy(() -> over(yaml).of("us"))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("prices-of-ours.yaml, " + line, what);
  }

  @Test
  void a_file_of_another_kind_is_refused() throws IOException {
    Path file = Files.writeString(folder.resolve("millrace.yaml"), "dataset: telemetry\n");
    Path empty = Files.writeString(folder.resolve("empty.yaml"), "");

    assertThatThrownBy(() -> PriceFile.over(file, TODAY))
        .hasMessageContaining("dataset means nothing");
    assertThatThrownBy(() -> PriceFile.over(empty, TODAY)).hasMessageContaining("is empty");
  }

  private PriceFile over(String yaml) throws IOException {
    return PriceFile.over(
        Files.writeString(folder.resolve("prices-of-ours.yaml"), HEAD + yaml), TODAY);
  }
}
