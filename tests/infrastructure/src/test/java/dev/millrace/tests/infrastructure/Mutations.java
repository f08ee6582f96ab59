package dev.millrace.tests.infrastructure;

import dev.millrace.tests.infrastructure.Mutation.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The plausible mistakes, by the part of the module that they are in. */
final class Mutations {
  private Mutations() {}

  /** All; with the property {@code mutations}, those of one check. */
  static Stream<Mutation> all() {
    return Stream.of(
            validate(),
            ingest(),
            buckets(),
            trigger(),
            function(),
            collector(),
            aroundTheCollector(),
            rest(),
            rights(),
            rightsOfTheCollector(),
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

  private static List<Mutation> collector() {
    return of(
        Check.VALUES,
        "collector.tf",
        Map.ofEntries(
            Map.entry("\"allUsers\"", "\"allAuthenticatedUsers\""),
            Map.entry("INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER", "INGRESS_TRAFFIC_ALL"),
            Map.entry("? \"2\" : \"1\"", "? \"1\" : \"1\""),
            Map.entry("version = \"latest\"", "version = \"1\""),
            Map.entry("read_only = true", "read_only = false"),
            Map.entry("[\"uid=65532\", \"gid=65532\"]", "[]"),
            Map.entry("path = \"/health\"", "path = \"/healthz\""),
            Map.entry("cpu_idle          = true", "cpu_idle          = false"),
            Map.entry("sha256(local.settings)", "sha256(var.settings)"),
            Map.entry("EXECUTION_ENVIRONMENT_GEN2", "EXECUTION_ENVIRONMENT_GEN1"),
            Map.entry("/suppressed-users/suppressed-users", "/suppressed-users"),
            Map.entry("/function-http-to-pubsub:latest", "/function-storage-to-bigquery:latest"),
            Map.entry("each.value.concurrency", "1"),
            Map.entry("local.collector_settings ? local.collectors : {}", "local.collectors"),
            Map.entry(
                "/topics/${google_pubsub_topic.dead[\"collector\"].name}",
                "/topics/${google_pubsub_topic.dead[\"events\"].name}")));
  }

  private static List<Mutation> aroundTheCollector() {
    List<Mutation> all = new ArrayList<>();
    all.addAll(
        of(
            Check.VALUES,
            "ingest.tf",
            Map.of("\"${local.prefix}millrace-collector-dead\"", "\"millrace-collector-dead\"")));
    all.addAll(
        of(
            Check.VALUES,
            "alerts.tf",
            Map.of(
                "google_pubsub_topic.dead[\"collector\"].name",
                    "google_pubsub_topic.dead[\"batches\"].name",
                "> 0.05", "> 5",
                "merge(local.alerts, local.collector_alerts)", "local.alerts")));
    all.addAll(
        of(
            Check.VALUES,
            "metrics.tf",
            Map.of("${local.services_log} AND severity", "${local.function_log} AND severity")));
    all.addAll(
        of(
            Check.VALUES,
            "main.tf",
            Map.of(
                "var.hash_key == null && var.collector == null ? [] :",
                "var.hash_key == null ? [] :")));
    return all;
  }

  private static List<Mutation> rightsOfTheCollector() {
    return of(
        Check.RIGHTS,
        "collector.tf",
        Map.of(
            "roles/pubsub.publisher", "roles/pubsub.editor",
            "roles/secretmanager.secretAccessor", "roles/secretmanager.admin",
            "roles/storage.objectViewer", "roles/storage.objectUser",
            "events  = google_pubsub_topic.events.name",
                "events = google_pubsub_topic.batches.name",
            "google_service_account.collector[\"this\"].member",
                "google_service_account.function.member",
            "google_cloud_run_v2_service.collector[\"this\"].name",
                "google_cloud_run_v2_service.function.name"));
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
            "variables-collector.tf",
            Map.of(
                "var.collector.concurrency <= 250", "var.collector.concurrency <= 1000",
                "^https://", "^https?://",
                "var.collector.memory_mib >= 512", "var.collector.memory_mib >= 128",
                "var.collector.suppressed_users != var.collector.write_keys", "true")));
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
    all.addAll(
        of(
            Check.APPLY,
            "function.tf",
            Map.of(
                "startswith(image.self_link, \"${trimsuffix(each.key, \":"
                    + "${reverse(split(\":\", each.key))[0]}\")}@\") &&",
                "",
                "var.collector == null ? \"\" : local.collector_image",
                "\"\"")));
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
