package dev.millrace.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.HurriedLoader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.reconcile.Reconcile;
import dev.millrace.loader.reconcile.ReconcileReport;
import dev.millrace.tests.emulator.FakeGcs;
import dev.millrace.tests.emulator.PubSubEmulator;
import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.Eventually;
import dev.millrace.tests.process.MillraceCommand;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * A finished object's notification, Pub/Sub's topic and push subscription, the function's real
 * server, and the tables.
 */
class WholeChainTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;

  @Test
  void batches_goFromTheBucketToTheTables_andLostNoticesAreFound() throws Exception {
    try (PubSubEmulator pubsub = PubSubEmulator.start();
        PubSubTopics topics = new PubSubTopics(pubsub)) {
      topics.create("batches");
      topics.create("schema-changes");
      topics.subscribe("schema-changes");
      try (Cloud cloud =
          Cloud.start(FakeGcs.startNotifying(pubsub, Cloud.PROJECT, "batches", Cloud.LANDING))) {
        Deployment deployment = cloud.deploy();
        Map<String, String> environment =
            deployment.environment(
                folder,
                """
                  notice_topic: batches
                  schema_change_topic: schema-changes
                """);
        environment.put("PUBSUB_EMULATOR_HOST", pubsub.address());
        BatchScript script = BatchScript.of(41, 5, 20, 2, 1);
        // Nobody has subscribed yet: these notices are lost.
        Map<BatchRef, ScriptedBatch> lost = cloud.land(script.all().subList(0, 2));
        try (FunctionProcess instance =
            FunctionProcess.launch(FunctionImage.build(folder), environment).awaitReady()) {
          topics.push("batches", "http://127.0.0.1:" + instance.port() + "/");

          Map<BatchRef, ScriptedBatch> batches =
              new LinkedHashMap<>(cloud.land(script.all().subList(2, 5)));
          awaitLoads(deployment, batches.size(), instance);
          new Promises(deployment.tables(), batches).assertKept();

          assertThat(reconcile(instance)).contains("\"looked_at\":0");
          reconcileByHand(environment);
          batches.putAll(lost);
          awaitLoads(deployment, batches.size(), instance);
          new Promises(deployment.tables(), batches).assertKept();
          ReconcileReport report = reconcileInAnHour(deployment, topics);
          assertThat(report.lookedAt()).isEqualTo(5);
          assertThat(report.in()).isEqualTo(5);
          assertThat(report.republished()).isZero();
        }
        assertThat(tellsOf(topics)).isEqualTo(changesOf(deployment)).isNotEmpty();
      }
    }
  }

  /** Somebody misses events, and doesn't wait for the scheduled job. */
  private static void reconcileByHand(Map<String, String> environment) throws Exception {
    try (Child command =
        MillraceCommand.start(
            environment,
            "reconcile",
            "--settings",
            environment.get("MILLRACE_SETTINGS"),
            "--min-age",
            "0s",
            "--notify")) {
      Child.Finished finished = command.finish(PATIENCE);
      assertThat(finished.out())
          .as(finished.err())
          .contains("5 batch objects looked at, 3 of them in", "2 notices published again");
      assertThat(finished.exitCode()).isEqualTo(1);
    }
  }

  private static void awaitLoads(Deployment deployment, int loads, FunctionProcess instance)
      throws Exception {
    try {
      Eventually.until(
          loads + " batches are loaded",
          PATIENCE,
          () -> deployment.tables().rows("_dlt_loads").size() == loads);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + instance.log(), e);
    }
  }

  private static String reconcile(FunctionProcess instance) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + instance.port() + "/reconcile"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().replace(" ", "");
  }

  /** Objects are looked at half an hour after they came. */
  private static ReconcileReport reconcileInAnHour(Deployment deployment, PubSubTopics topics)
      throws Exception {
    HurriedLoader.Time time = new HurriedLoader.Time();
    time.pass(Duration.ofHours(1));
    Cloud cloud = deployment.cloud();
    try (Ports ports = deployment.ports(cloud.gcs().url(), cloud.bigQueryUrl(), time)) {
      return new Reconcile(
              new Ports(
                  ports.store(),
                  ports.warehouse(),
                  batch -> topics.publishNotice("batches", batch),
                  ports.schemaChanges()),
              Duration.ofDays(30),
              time)
          .run();
    }
  }

  private static Set<String> tellsOf(PubSubTopics topics) throws Exception {
    Set<String> ids = new TreeSet<>();
    List<String> messages = topics.pull("schema-changes");
    messages.forEach(message -> ids.add(JSON.readTree(message).path("change_id").asString()));
    return ids;
  }

  private static Set<String> changesOf(Deployment deployment) {
    Set<String> ids = new TreeSet<>();
    deployment
        .tables()
        .rows("_millrace_schema_changes")
        .forEach(row -> ids.add(row.get("change_id")));
    return ids;
  }
}
