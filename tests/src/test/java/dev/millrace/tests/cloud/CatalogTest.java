package dev.millrace.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.LoadOutcome.Loaded;
import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.MillraceCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace catalog} of a dataset on BigQuery. */
@Tag("once")
class CatalogTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String WORDS =
      """

      columns:
        order: {total: {description: With tax, tags: [finance]}}
      privacy:
        rules: [{path: userId, action: mask}]
      """;
  private static final List<String> EVENTS =
      List.of(
          "{\"event\":\"Order\",\"messageId\":\"1\",\"userId\":\"ada\",\"total\":9.5,"
              + "\"items\":[{\"sku\":\"mug\",\"total\":4},{\"sku\":\"hat\",\"total\":5}]}",
          "{\"event\":\"Order\",\"messageId\":\"2\",\"items\":[{\"sku\":\"mug\"}]}");

  @TempDir private static Path folder;
  private static Cloud cloud;
  private static Deployment deployment;
  private static Map<String, String> environment;

  @BeforeAll
  static void load() throws Exception {
    cloud = Cloud.start();
    deployment = cloud.deploy();
    environment = deployment.environment(folder, "");
    Files.writeString(
        Path.of(environment.get("MILLRACE_SETTINGS")), WORDS, StandardOpenOption.APPEND);
    assertThat(
            deployment
                .loader()
                .load(cloud.land("orders", AvroObject.of("p", EVENTS)), Duration.ofMinutes(5)))
        .isInstanceOf(Loaded.class);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void thePageTells_whatTheDatasetHolds_andHowItsTablesJoin() throws Exception {
    String page = catalog("--days", "0");

    assertThat(page).contains("Catalog of shop." + deployment.dataset(), "billed as 40.0 MiB");
    assertThat(row(page, "total"))
        .contains("With tax", "finance", "double", "FLOAT64", "50 %", "9.5");
    assertThat(row(page, "user_id")).contains("hidden: privacy rule userId: mask").contains("50 %");
    assertThat(row(page, "sku")).contains("100 %", "mug", "hat");
    assertThat(page).doesNotContain("ada");

    String join = found(page, "(?<=<code>)SELECT.*?(?=</code></pre>)");
    deployment.query(join);
    String atAnyTime =
        join.replace("CURRENT_TIMESTAMP - INTERVAL 7 DAY", "TIMESTAMP '2000-01-01'")
            .replace("CURRENT_TIMESTAMP", "TIMESTAMP '2100-01-01'");
    assertThat(deployment.query(atAnyTime))
        .hasSize(3)
        .allSatisfy(row -> assertThat(row).hasSize(6));
  }

  @Test
  void whereReadingIsBilled_onlyTheLastDaysAreRead() throws Exception {
    assertThat(catalog()).contains("received in the last 30 days");
  }

  @Test
  void whereNoRowsAreRead_nothingIsBilled() throws Exception {
    assertThat(catalog("--no-statistics")).contains("No rows were read").doesNotContain("billed");
  }

  private static String catalog(String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("catalog", "--settings", environment.get("MILLRACE_SETTINGS"), "--out", "-"));
    arguments.addAll(List.of(options));
    try (Child child = MillraceCommand.start(environment, arguments.toArray(String[]::new))) {
      Child.Finished finished = child.finish(PATIENCE);
      assertThat(finished.exitCode()).as(finished.err()).isZero();
      return finished.out();
    }
  }

  private static String row(String page, String column) {
    return found(page, "<tr[^>]*><th scope=\"row\"><code>" + column + "</code>.*?</tr>");
  }

  private static String found(String page, String pattern) {
    Matcher matcher = Pattern.compile("(?s)" + pattern).matcher(page);
    assertThat(matcher.find()).as(pattern + " in " + page).isTrue();
    return matcher.group();
  }
}
