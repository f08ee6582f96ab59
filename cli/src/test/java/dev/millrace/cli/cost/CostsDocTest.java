package dev.millrace.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code docs/costs.md} says what the price list and the arithmetic say. Its commands are tried
 * with those of all pages.
 */
class CostsDocTest {
  private static final Path PAGE = Path.of("..", "docs", "costs.md");

  /** A failure shows the table as it must stand there. */
  @TestFactory
  Stream<DynamicTest> every_table_is_what_the_code_makes_today() throws IOException {
    String page = Files.readString(PAGE);
    return Stream.of(
        holds(page, "the bill", DocTables.bill()),
        holds(page, "beside the estimate", DocTables.besideTheEstimate()),
        holds(page, "others", DocTables.plans()),
        holds(page, "the original post", DocTables.original()),
        holds(page, "what is off in it", DocTables.corrections()),
        holds(page, "the prices", DocTables.prices()));
  }

  @Test
  void the_figures_in_its_sentences_are_the_codes() throws IOException {
    Bill million = Given.bill(1_000_000);
    Bill ten = Given.bill(10_000_000);
    PriceList prices = Given.prices();
    Plan segment = prices.segment();
    double perUser = Given.report(1).breakEven().eventsPerUser().orElseThrow();
    double dearer =
        PriceFile.shipped().of("us-central1").of(Item.BIGQUERY_ACTIVE).list(1)
            / prices.of(Item.BIGQUERY_ACTIVE).list(1);

    assertThat(Files.readString(PAGE))
        .contains("cost **" + Usd.text(million.oneMoreMillion()) + "** in their first month")
        .contains("**" + Usd.text(million.oneMoreMillionKept()) + "** once twelve months")
        .contains("costs **" + Usd.text(Bill.total(million.firstMonth())) + "** with nothing free")
        .contains("**" + Usd.text(Bill.billed(million.firstMonth())) + "** with what Google gives")
        .contains("kept: **" + Usd.text(Bill.billed(ten.laterMonth())) + "**")
        .contains("asks **$%.0f**".formatted(segment.usd(10_000_000, 0).orElseThrow()))
        .contains("asks\n" + Usd.text(segment.usd(0, 200_000).orElseThrow()) + " for ten million")
        .contains("tiers make " + Usd.text(segment.usd(0, 100_000).orElseThrow()))
        .contains(String.format(Locale.ROOT, "at %,d events a user", Math.round(perUser)))
        .contains("asks $6.25 for each TiB")
        .contains(String.format(Locale.ROOT, "%.0f %% more", (dearer - 1) * 100))
        .contains("packed messages are " + Traffic.PACKED_TIMES + " times smaller");
    assertThat(prices.of(Item.BIGQUERY_QUERY).text()).isEqualTo("$6.25 per TiB");
  }

  @Test
  void every_key_of_the_json_document_is_described() throws IOException {
    String page = Files.readString(PAGE);
    JsonNode document =
        JsonMapper.shared().readTree(new CostDocument(Given.report(1_000_000)).json());

    assertThat(document.propertyNames())
        .allSatisfy(key -> assertThat(page).contains("| `" + key + "`"));
  }

  private static DynamicTest holds(String page, String name, String table) {
    return DynamicTest.dynamicTest(name, () -> assertThat(page).contains(table));
  }
}
