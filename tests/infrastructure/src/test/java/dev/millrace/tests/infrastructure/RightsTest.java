package dev.millrace.tests.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.infrastructure.google.AdminServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who may do what: every grant of a plan with everything on, and no other. */
@Tag("terraform")
class RightsTest {
  private static final Set<String> FIELDS_OF_PLACES =
      Set.of("bucket", "topic", "subscription", "dataset_id", "secret_id", "crypto_key_id", "name");

  /** All of them, with everything on. */
  static final List<String> RIGHTS =
      List.of(
          "bucket my-project-millrace-landing: roles/storage.legacyBucketReader to Pub/Sub",
          "bucket my-project-millrace-landing: roles/storage.objectCreator to Pub/Sub",
          "bucket my-project-millrace-landing: roles/storage.objectViewer to millrace-function",
          "bucket my-project-millrace-staging: roles/storage.objectUser to millrace-function",
          "bucket my-project-millrace-state: roles/storage.objectUser to millrace-function",
          "bucket my-project-millrace-state: roles/storage.objectViewer to millrace-collector",
          "crypto_key_id projects/keys/locations/europe-west1/keyRings/r/cryptoKeys/k:"
              + " roles/cloudkms.cryptoKeyEncrypterDecrypter to BigQuery",
          "crypto_key_id projects/keys/locations/europe-west1/keyRings/r/cryptoKeys/k:"
              + " roles/cloudkms.cryptoKeyEncrypterDecrypter to Cloud Storage",
          "crypto_key_id projects/keys/locations/europe-west1/keyRings/r/cryptoKeys/k:"
              + " roles/cloudkms.cryptoKeyEncrypterDecrypter to Pub/Sub",
          "dataset_id telemetry: roles/bigquery.dataEditor to millrace-function",
          "dataset_id telemetry: roles/bigquery.dataViewer to group:analysts@example.com",
          "dataset_id telemetry_unique: roles/bigquery.dataEditor to millrace-function",
          "dataset_id telemetry_unique: roles/bigquery.dataViewer to group:analysts@example.com",
          "name millrace-collector: roles/run.invoker to allUsers",
          "name millrace-function: roles/run.invoker to millrace-pusher",
          "name millrace-function: roles/run.invoker to millrace-scheduler",
          "project: roles/bigquery.jobUser to group:analysts@example.com",
          "project: roles/bigquery.jobUser to millrace-function",
          "secret_id hash-key: roles/secretmanager.secretAccessor to millrace-function",
          "secret_id suppressed-users: roles/secretmanager.secretAccessor to millrace-collector",
          "secret_id write-keys: roles/secretmanager.secretAccessor to millrace-collector",
          "subscription millrace-batches: roles/pubsub.subscriber to Pub/Sub",
          "subscription push_sub_storage: roles/pubsub.subscriber to Pub/Sub",
          "topic millrace-batches-dead: roles/pubsub.publisher to Pub/Sub",
          "topic millrace-batches: roles/pubsub.publisher to Cloud Storage",
          "topic millrace-batches: roles/pubsub.publisher to millrace-function",
          "topic millrace-collector-dead: roles/pubsub.publisher to millrace-collector",
          "topic millrace-schema-changes: roles/pubsub.publisher to millrace-function",
          "topic telemetry_data_tera-dead: roles/pubsub.publisher to Pub/Sub",
          "topic telemetry_data_tera: roles/pubsub.publisher to millrace-collector",
          "topic telemetry_data_tera: roles/pubsub.publisher to millrace-pub-shop",
          "topic telemetry_data_tera: roles/pubsub.publisher to millrace-pub-web");

  /** Those that {@link #plan} counts on. */
  static final List<String> SECRETS = List.of("hash-key", "write-keys", "suppressed-users");

  @TempDir private static Path copy;

  private static List<JsonNode> planned;

  @BeforeAll
  static void plan() throws Exception {
    try (AdminServer google =
        AdminServer.start(Optional.empty(), URI.create("https://function.example"))) {
      for (String secret : SECRETS) {
        google.putSecret(secret);
      }
      planned = plan(Terraform.in(copy, "", google.environment()), copy);
    }
  }

  /** The resources of a plan with everything on. */
  static List<JsonNode> plan(Terraform terraform, Path module) throws Exception {
    Files.writeString(
        module.resolve("all.tfvars"),
        """
          project_id = "my-project"
          region     = "europe-west1"
          publishers = ["shop", "web"]
          analysts   = ["group:analysts@example.com"]
          hash_key   = { secret = "hash-key" }
          kms_key    = "projects/keys/locations/europe-west1/keyRings/r/cryptoKeys/k"
          budget     = { billing_account = "0123AB-4567CD-89EF01", amount = 1 }
          collector  = { write_keys = "write-keys", suppressed_users = "suppressed-users" }
          settings   = "collector: {sources: {\\"*\\": {client_ip: truncated}}}"
          """);
    terraform.mustRun("plan", "-input=false", "-var-file=all.tfvars", "-out=plan");
    String shown = terraform.mustRun("show", "-json", "plan");
    List<JsonNode> resources = new ArrayList<>();
    JsonMapper.shared()
        .readTree(shown)
        .path("planned_values")
        .path("root_module")
        .path("resources")
        .forEach(resources::add);
    return resources;
  }

  @Test
  void everyMemberHasExactlyTheRightsItNeeds() {
    assertThat(grants(planned)).containsExactlyElementsOf(RIGHTS);
  }

  @Test
  void noRoleRulesMoreThanItsThing() {
    assertThat(grants(planned))
        .noneMatch(grant -> grant.matches("(?i).*roles/(owner|editor|viewer|.*admin.*) to .*"))
        .noneMatch(grant -> grant.contains("allAuthenticatedUsers"));
  }

  /** Libraries in browsers and phones have nothing to show but a write key. */
  @Test
  void theCollectorAloneIsOpenToEverybody() {
    assertThat(grants(planned))
        .filteredOn(grant -> grant.contains("allUsers"))
        .containsExactly("name millrace-collector: roles/run.invoker to allUsers");
  }

  /** A binding or a policy would take away what others have been granted. */
  @Test
  void grantsAreAddedToWhatThereIs() {
    assertThat(planned.stream().map(resource -> resource.path("type").asString()))
        .noneMatch(type -> type.endsWith("_iam_binding") || type.endsWith("_iam_policy"))
        .noneMatch(type -> type.equals("google_bigquery_dataset_access"));
    assertThat(
            planned.stream().filter(resource -> type(resource).equals("google_bigquery_dataset")))
        .allMatch(dataset -> dataset.path("values").path("access").isMissingNode());
  }

  @Test
  void thereAreNoKeys() {
    assertThat(planned.stream().map(RightsTest::type))
        .noneMatch(type -> type.contains("service_account_key") || type.contains("hmac_key"));
  }

  static TreeSet<String> grants(List<JsonNode> planned) {
    TreeSet<String> grants = new TreeSet<>();
    for (JsonNode resource : planned) {
      if (type(resource).contains("_iam_")) {
        JsonNode values = resource.path("values");
        grants.add(
            "%s: %s to %s"
                .formatted(
                    place(values),
                    values.path("role").asString(),
                    known(values.path("member").asString())));
      }
    }
    return grants;
  }

  private static String type(JsonNode resource) {
    return resource.path("type").asString();
  }

  private static String place(JsonNode values) {
    return FIELDS_OF_PLACES.stream()
        .filter(field -> values.path(field).isString())
        .map(field -> field + " " + values.path(field).asString())
        .findFirst()
        .orElse("project");
  }

  private static String known(String member) {
    return member
        .replaceFirst("^serviceAccount:(.+)@my-project\\.iam\\.gserviceaccount\\.com$", "$1")
        .replace(
            "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com", "Pub/Sub")
        .replace(
            "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com",
            "Cloud Storage")
        .replace(
            "serviceAccount:bq-123456789012@bigquery-encryption.iam.gserviceaccount.com",
            "BigQuery");
  }
}
