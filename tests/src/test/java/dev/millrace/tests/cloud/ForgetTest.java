package dev.millrace.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.LoadOutcome.Loaded;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.tests.emulator.Fault;
import dev.millrace.tests.emulator.FaultPlan;
import dev.millrace.tests.emulator.FaultyProxy;
import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.MillraceCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code millrace forget} on BigQuery: Ada's rows go for good, and nobody else's do. */
@Tag("once")
class ForgetTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> EVENTS =
      List.of(
          "{\"event\":\"Order\",\"messageId\":\"1\",\"userId\":\"ada-lovelace\","
              + "\"items\":[{\"sku\":\"a\",\"options\":[{\"o\":1},{\"o\":2}]}]}",
          "{\"event\":\"Order\",\"messageId\":\"2\",\"userId\":\"bob\","
              + "\"items\":[{\"sku\":\"b\",\"options\":[{\"o\":3}]}]}",
          "{\"event\":\"Counted\",\"messageId\":\"3\",\"userId\":42,\"tags\":[\"x\"]}",
          "{\"event\":\"Counted\",\"messageId\":\"4\",\"userId\":\"ada-lovelace\",\"tags\":[\"y\"]}",
          "{\"event\":\"Counted\",\"messageId\":\"5\",\"userId\":\"ada-lovelace\",broken",
          "{\"event\":\"Counted\",\"messageId\":\"6\",\"userId\":\"bob\",broken");

  private static Cloud cloud;
  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    cloud = Cloud.start();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void aPerson_isForgotten_throughAnInterruption_andDoesNotComeBack() throws Exception {
    Deployment deployment = cloud.deploy();
    BatchRef batch = cloud.land(deployment.dataset() + "/monday", AvroObject.of("p", EVENTS));
    assertThat(deployment.loader().load(batch, PATIENCE)).isInstanceOf(Loaded.class);
    DatasetTables loaded = deployment.tables();

    int looks = dryRun(deployment, batch);
    assertThat(deployment.tables()).isEqualTo(loaded);

    interrupted(deployment, looks + 1);
    assertThat(deployment.tables().rows("order")).hasSize(2);

    JsonNode deleted = json(forget(deployment, "--user-id", "ada-lovelace", "--yes", "--json"));
    assertThat(deleted.get("deleted").asBoolean()).isTrue();
    DatasetTables left = deployment.tables();
    assertOnlyOthers(left);
    JsonNode later = json(forget(deployment, "--user-id", "ada-lovelace", "--json"));
    assertThat(later.get("rows")).isEmpty();
    assertThat(later.get("batch_objects")).hasSize(1);

    assertThat(deployment.loader().load(batch, PATIENCE))
        .isNotInstanceOf(LoadOutcome.TryAgain.class);
    assertThat(deployment.tables().eventTables())
        .allSatisfy(
            table -> assertThat(deployment.tables().rows(table)).isEqualTo(left.rows(table)));

    BatchRef again = cloud.land(deployment.dataset() + "/again", AvroObject.of("q", EVENTS));
    LoadOutcome replayed = deployment.loader().load(again, PATIENCE);
    assertThat(((Loaded) replayed).report().badByReason())
        .isEqualTo(Map.of("erased", 3L, "malformed", 1L));
    assertThat(deployment.tables().rows("order__items__options")).hasSize(2);
    assertThat(deployment.tables().toString()).doesNotContain("ada-lovelace");

    JsonNode erasure = json(forget(deployment, "--list", "--json")).get("erasures").get(0);
    assertThat(erasure.get("finished").asBoolean()).isTrue();
    assertThat(erasure.get("runs")).hasSize(2);
    assertThat(erasure.get("batch_objects")).hasSize(1);
  }

  @Test
  void aNumber_isFound_byItsOwnSpellingAlone() throws Exception {
    Deployment deployment = cloud.deploy();
    BatchRef batch = cloud.land(deployment.dataset() + "/monday", AvroObject.of("p", EVENTS));
    assertThat(deployment.loader().load(batch, PATIENCE)).isInstanceOf(Loaded.class);

    assertThat(json(forget(deployment, "--user-id", "042", "--json")).get("rows")).isEmpty();
    assertThat(json(forget(deployment, "--user-id", "42", "--json")).get("rows"))
        .isEqualTo(JSON.readTree("{\"counted\": 1, \"counted__tags\": 1}"));
  }

  @Test
  void aDataset_thatIsNotThere_isRefused_andNothingIsRecorded() throws Exception {
    Deployment deployment = cloud.deploy();
    Map<String, String> environment = deployment.environment(folder, "");
    String settings = Files.readString(Path.of(environment.get("MILLRACE_SETTINGS")));
    Path misspelt =
        Files.writeString(
            folder.resolve("misspelt.yaml"),
            settings.replace("dataset: " + deployment.dataset(), "dataset: telemtry"));

    try (Child child =
        MillraceCommand.start(
            environment, "forget", "--settings", misspelt.toString(), "--user-id", "a", "--yes")) {
      Child.Finished finished = child.finish(PATIENCE);
      assertThat(finished.exitCode()).as(finished.out() + finished.err()).isEqualTo(1);
      assertThat(finished.err()).contains("nothing was loaded into", "telemtry");
    }
    assertThat(json(forget(deployment, "--list", "--json")).get("erasures")).isEmpty();
  }

  /** How many jobs it makes before it would delete. */
  private int dryRun(Deployment deployment, BatchRef batch) throws Exception {
    AtomicInteger jobs = new AtomicInteger();
    Child.Finished finished;
    try (FaultyProxy proxy = FaultyProxy.before(cloud.bigQueryUrl())) {
      proxy.follow(
          request -> {
            if (isJob(request)) {
              jobs.incrementAndGet();
            }
            return Fault.NONE;
          });
      finished = forgetThrough(deployment, proxy.url(), "--user-id", "ada-lovelace", "--json");
    }
    JsonNode found = json(finished);
    assertThat(found.get("rows"))
        .isEqualTo(
            JSON.readTree(
                """
                {"_millrace_bad_events": 1, "counted": 1, "counted__tags": 1, "order": 1,
                 "order__items": 1, "order__items__options": 2}"""));
    assertThat(found.get("deleting").get("billed_bytes").asLong()).isPositive();
    assertThat(found.get("deleting").get("dollars").asDouble()).isPositive();
    JsonNode object = found.get("batch_objects").get(0);
    assertThat(object.get("generation").asLong()).isEqualTo(batch.generation());
    assertThat(Instant.parse(object.get("until").asString()))
        .isEqualTo(
            Instant.EPOCH.plus(batch.generation(), ChronoUnit.MICROS).plus(Duration.ofDays(30)));
    assertThat(found.get("load_packages_until").isNull()).isFalse();
    assertThat(found.get("recorded_at").isNull()).isTrue();
    return jobs.get();
  }

  /**
   * A run whose right to change tables is taken away in between.
   *
   * @param refused the number of the job from which on nothing is allowed, from 0
   */
  private void interrupted(Deployment deployment, int refused) throws Exception {
    AtomicInteger jobs = new AtomicInteger();
    try (FaultyProxy proxy = FaultyProxy.before(cloud.bigQueryUrl())) {
      proxy.follow(
          request ->
              isJob(request) && jobs.getAndIncrement() >= refused
                  ? Fault.answer(403, "accessDenied")
                  : Fault.NONE);
      Child.Finished finished =
          forgetThrough(deployment, proxy.url(), "--user-id", "ada-lovelace", "--yes");

      assertThat(finished.exitCode()).as(finished.out() + finished.err()).isEqualTo(2);
      assertThat(finished.err()).startsWith("millrace: ").doesNotContain("\tat ");
      assertThat(jobs.get()).isGreaterThan(refused);
    }
    JsonNode erasure = json(forget(deployment, "--list", "--json")).get("erasures").get(0);
    assertThat(erasure.get("finished").asBoolean()).isFalse();
  }

  private static boolean isJob(FaultPlan.Request request) {
    return request.method().equals("POST")
        && (request.target().matches(".*/jobs([?].*)?")
            || request.target().matches(".*/queries([?].*)?"));
  }

  private static void assertOnlyOthers(DatasetTables tables) {
    assertThat(tables.toString()).doesNotContain("ada-lovelace");
    assertThat(tables.rows("order")).extracting(row -> row.get("user_id")).containsExactly("bob");
    assertThat(tables.rows("order__items")).hasSize(1);
    assertThat(tables.rows("order__items__options")).hasSize(1);
    assertThat(tables.rows("counted")).extracting(row -> row.get("user_id")).containsExactly("42");
    assertThat(tables.rows("counted__tags")).hasSize(1);
    assertThat(tables.rows("_millrace_bad_events")).hasSize(1);
  }

  private Child.Finished forget(Deployment deployment, String... arguments) throws Exception {
    return forgetThrough(deployment, cloud.bigQueryUrl(), arguments);
  }

  private Child.Finished forgetThrough(
      Deployment deployment, String bigQueryUrl, String... arguments) throws Exception {
    Map<String, String> environment = new HashMap<>(deployment.environment(folder, ""));
    environment.put("BIGQUERY_EMULATOR_HOST", bigQueryUrl);
    List<String> whole =
        new ArrayList<>(List.of("forget", "--settings", environment.get("MILLRACE_SETTINGS")));
    whole.addAll(List.of(arguments));
    try (Child child = MillraceCommand.start(environment, whole.toArray(String[]::new))) {
      return child.finish(PATIENCE);
    }
  }

  private static JsonNode json(Child.Finished finished) {
    assertThat(finished.exitCode()).as(finished.err()).isZero();
    return JSON.readTree(finished.out());
  }
}
