package dev.millrace.tests.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.infrastructure.google.AdminServer;
import dev.millrace.tests.process.Child;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plausible mistakes in the module, each of which one of the tests must notice. Not part of the
 * default path: {@code scripts/test -pl tests/infrastructure -am -Dtest=MutationRun
 * -Dsurefire.failIfNoSpecifiedTests=false}, with {@code -Dmutations=RIGHTS} for those of one check.
 */
class MutationRun {
  private static final String IMAGE =
      "europe-west1-docker.pkg.dev/my-project/millrace/function-storage-to-bigquery:latest";

  @TempDir private Path copy;

  /** Which of the tests is to notice. */
  enum Check {
    VALIDATE,
    VALUES,
    REFUSALS,
    RIGHTS,
    APPLY
  }

  /** In a file, the first occurrence of a text becomes another. */
  record Mutation(Check check, String file, String from, String to) {
    @Override
    public String toString() {
      return "%s: %s -> %s (%s)"
          .formatted(file, from.strip(), to.isBlank() ? "nothing" : to.strip(), check);
    }
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void isNoticed(Mutation mutation) throws Exception {
    try (AdminServer google =
        AdminServer.start(Optional.empty(), URI.create("https://function.example"))) {
      google.pushImage(IMAGE);
      Terraform terraform = Terraform.in(copy, "", google.environment());
      Path file = copy.resolve(mutation.file());
      String before = Files.readString(file);
      int at = before.indexOf(mutation.from());
      assertThat(at).as("the text to change is in the file").isNotNegative();
      Files.writeString(
          file,
          before.substring(0, at)
              + mutation.to()
              + before.substring(at + mutation.from().length()));

      boolean noticed = notices(mutation.check(), terraform, google);
      System.out.println((noticed ? "noticed " : "MISSED  ") + mutation);

      assertThat(noticed).isTrue();
    }
  }

  private boolean notices(Check check, Terraform terraform, AdminServer google) throws Exception {
    if (check == Check.VALIDATE) {
      return terraform.run("validate").exitCode() != 0;
    }
    assertThat(terraform.run("validate").exitCode()).as("validate notices it already").isZero();
    return switch (check) {
      case VALUES -> someRunFails(terraform, "tests/values.tftest.hcl");
      case REFUSALS -> someRunFails(terraform, "tests/refusals.tftest.hcl");
      case RIGHTS ->
          !List.copyOf(RightsTest.grants(RightsTest.plan(terraform, copy)))
              .equals(RightsTest.RIGHTS);
      default -> lifeFails(terraform, google);
    };
  }

  /** Has each run of a file of tests by itself, because Terraform goes on after a failure. */
  private boolean someRunFails(Terraform terraform, String tests) throws Exception {
    String[] parts = Files.readString(copy.resolve(tests)).split("(?m)(?=^run )");
    for (int run = 1; run < parts.length; run++) {
      String alone = "tests/run" + run + ".tftest.hcl";
      Files.writeString(copy.resolve(alone), parts[0] + parts[run]);
      if (terraform.run("test", "-filter=" + alone).exitCode() != 0) {
        return true;
      }
    }
    return false;
  }

  /** Applies, plans again, and destroys while the data is protected. */
  private static boolean lifeFails(Terraform terraform, AdminServer google) throws Exception {
    if (apply(terraform, "apply", "-auto-approve").exitCode() != 0
        || apply(terraform, "plan", "-detailed-exitcode").exitCode() != 0) {
      return true;
    }
    String deadLetters =
        google
            .resource("projects/my-project/subscriptions/push_sub_storage")
            .path("deadLetterPolicy")
            .path("deadLetterTopic")
            .asString();
    if (!deadLetters.endsWith("/telemetry_data_tera-dead")) {
      return true;
    }
    List<String> before = google.resources();
    return apply(terraform, "destroy", "-auto-approve").exitCode() == 0
        || !google.resources().equals(before);
  }

  private static Child.Finished apply(Terraform terraform, String... command) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        List.of("-input=false", "-var=project_id=my-project", "-var=region=europe-west1"));
    return terraform.run(arguments.toArray(String[]::new));
  }

  static Stream<Mutation> mutations() {
    return Stream.of(
            validate(),
            ingest(),
            buckets(),
            trigger(),
            function(),
            rest(),
            rights(),
            refusals(),
            life())
        .flatMap(List::stream)
        .filter(
            one -> System.getProperty("mutations", one.check().name()).equals(one.check().name()));
  }

  private static List<Mutation> validate() {
    return of(
        Check.VALIDATE,
        "trigger.tf",
        Map.of("google_service_account.pusher.email", "google_service_account.pusher.mail"));
  }

  private static List<Mutation> ingest() {
    return of(
        Check.VALUES,
        "ingest.tf",
        Map.of(
            "ack_deadline_seconds       = 600", "ack_deadline_seconds = 300",
            "write_metadata = true", "write_metadata = false",
            "    ttl = \"\"", "    ttl = \"2678400s\"",
            "max_delivery_attempts = 100", "max_delivery_attempts = 5",
            "\".avro\" : \".jsonl\"", "\".jsonl\" : \".avro\"",
            "\"2678400s\" # 31", "\"86400s\" # 31",
            "* 1024 * 1024", "* 1000 * 1000",
            "var.message_retention_days * 86400", "var.message_retention_days * 3600",
            "\"${local.prefix}${var.topic_name}-dead\"", "\"${var.topic_name}-dead\""));
  }

  private static List<Mutation> buckets() {
    return of(
        Check.VALUES,
        "buckets.tf",
        Map.of(
            "staging_retention_days = 40", "staging_retention_days = 7",
            "\"enforced\"", "\"inherited\"",
            "uniform_bucket_level_access = true", "uniform_bucket_level_access = false",
            "enabled = true", "enabled = false",
            "retention_duration_seconds = 0", "retention_duration_seconds = 604800",
            "= !var.protect_data", "= true",
            "\"${var.project_id}-${local.prefix}millrace-state\"",
                "\"${var.project_id}-millrace-state\""));
  }

  private static List<Mutation> trigger() {
    return of(
        Check.VALUES,
        "trigger.tf",
        Map.of(
            "\"OBJECT_FINALIZE\"", "\"OBJECT_DELETE\"",
            "\"JSON_API_V1\"", "\"NONE\"",
            "google_storage_bucket.landing.name", "google_storage_bucket.staging.name",
            "ack_deadline_seconds       = 600", "ack_deadline_seconds       = 10",
            "google_service_account.pusher.email", "google_service_account.scheduler.email",
            "google_service_account.scheduler.email", "google_service_account.pusher.email",
            "attempt_deadline = \"600s\"", "attempt_deadline = \"180s\"",
            "maximum_backoff = \"600s\"", "maximum_backoff = \"60s\""));
  }

  private static List<Mutation> function() {
    return of(
        Check.VALUES,
        "function.tf",
        Map.of(
            "= \"600s\"", "= \"300s\"",
            "INGRESS_TRAFFIC_INTERNAL_ONLY", "INGRESS_TRAFFIC_ALL",
            "= sha256(local.settings)", "= sha256(var.settings)",
            "= true\n        startup_cpu_boost", "= false\n        startup_cpu_boost",
            "\"MILLRACE_SETTINGS\"", "\"MILLRACE_CONFIG\"",
            "landing_bucket      = google_storage_bucket.landing.name",
                "landing_bucket = google_storage_bucket.staging.name",
            "notice_topic        = google_pubsub_topic.batches.name",
                "notice_topic = google_pubsub_topic.events.name",
            "image = local.image", "image = \"${local.repository}/${local.image_name}:latest\"",
            "var.concurrency", "80"));
  }

  private static List<Mutation> rest() {
    List<Mutation> all = new ArrayList<>();
    all.addAll(
        of(
            Check.VALUES,
            "warehouse.tf",
            Map.of(
                "= !var.protect_data", "= true",
                "\"${local.dataset}_unique\"", "\"${var.dataset}_unique\"")));
    all.addAll(
        of(
            Check.VALUES,
            "main.tf",
            Map.of(
                "disable_on_destroy = false", "disable_on_destroy = true",
                "    \"run.googleapis.com\",\n", "")));
    all.addAll(
        of(
            Check.VALUES,
            "alerts.tf",
            Map.of(
                "disable_metric_validation = true", "disable_metric_validation = false",
                "2 * var.window_seconds + 600", "20 * var.window_seconds")));
    return all;
  }

  private static List<Mutation> rights() {
    return of(
        Check.RIGHTS,
        "iam.tf",
        Map.of(
            "roles/storage.objectViewer", "roles/storage.admin",
            "roles/bigquery.dataEditor", "roles/bigquery.dataOwner",
            "role    = \"roles/bigquery.jobUser\"", "role    = \"roles/bigquery.admin\"",
            "roles/storage.objectCreator", "roles/storage.objectCreater",
            ", \"roles/storage.legacyBucketReader\"", "",
            "data.google_storage_project_service_account.this.member }", "local.pubsub_agent }",
            "    batches = google_pubsub_subscription.batches.name\n", "",
            "[\"events\", \"unique\"]", "[\"events\"]",
            "topic   = google_pubsub_topic.events.name",
                "topic   = google_pubsub_topic.batches.name",
            "scheduler = google_service_account.scheduler.member", "scheduler = \"allUsers\""));
  }

  private static List<Mutation> refusals() {
    List<Mutation> all = new ArrayList<>();
    all.addAll(
        of(
            Check.REFUSALS,
            "variables-ingest.tf",
            Map.of(
                "var.window_seconds <= 600", "var.window_seconds <= 900",
                "var.batch_mib <= 1024", "var.batch_mib <= 10240",
                "var.landing_retention_days >= 7", "var.landing_retention_days >= 1")));
    all.addAll(
        of(
            Check.REFUSALS,
            "variables-function.tf",
            Map.of(
                "\"^[1-9][0-9]*$\"", "\".*\"",
                "[\"dataset\", \"ports\", \"reconcile\"]", "[\"dataset\", \"ports\"]")));
    all.addAll(
        of(
            Check.REFUSALS,
            "variables-alerts.tf",
            Map.of(">= 2 * var.window_seconds", ">= var.window_seconds")));
    return all;
  }

  private static List<Mutation> life() {
    List<Mutation> all = new ArrayList<>();
    all.addAll(
        of(
            Check.APPLY,
            "ingest.tf",
            Map.of(
                "[google_storage_bucket_iam_member.agent, google_pubsub_topic_iam_member.agent]",
                "[]",
                "google_pubsub_topic.dead[\"events\"].id",
                "google_pubsub_topic.dead[\"batches\"].id")));
    all.addAll(
        of(
            Check.APPLY,
            "trigger.tf",
            Map.of("  depends_on = [google_pubsub_topic_iam_member.agent]\n", "")));
    all.addAll(of(Check.APPLY, "main.tf", Map.of("input = var.protect_data", "input = false")));
    return all;
  }

  private static List<Mutation> of(Check check, String file, Map<String, String> changes) {
    return changes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(change -> new Mutation(check, file, change.getKey(), change.getValue()))
        .toList();
  }
}
