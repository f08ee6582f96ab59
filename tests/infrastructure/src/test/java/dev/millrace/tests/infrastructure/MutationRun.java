package dev.millrace.tests.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.infrastructure.google.AdminServer;
import dev.millrace.tests.process.Child;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plausible mistakes in the module, each of which one of the tests must notice. Not part of the
 * default path: {@code scripts/test -pl tests/infrastructure -am -Dtest=MutationRun
 * -Dsurefire.failIfNoSpecifiedTests=false}, with {@code -Dmutations=RIGHTS} for those of one check.
 */
class MutationRun {
  private static final String REPOSITORY = "europe-west1-docker.pkg.dev/my-project/millrace/";

  private static final String[] VARIABLES = {
    "-var=project_id=my-project",
    "-var=region=europe-west1",
    "-var=collector={write_keys=\"write-keys\"}"
  };

  @TempDir private Path copy;
  @TempDir private Path variables;

  /** Of the other checks the tests themselves say so. */
  @Test
  void theModuleAsItIsLives() throws Exception {
    try (AdminServer google = google()) {
      assertThat(lifeFails(Terraform.in(copy, "", google.environment()), google)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.millrace.tests.infrastructure.Mutations#all")
  void isNoticed(Mutation mutation) throws Exception {
    try (AdminServer google = google()) {
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

      boolean noticed = notices(mutation, terraform, google);
      System.out.println((noticed ? "noticed " : "MISSED  ") + mutation);

      assertThat(noticed).isTrue();
    }
  }

  private static AdminServer google() throws Exception {
    AdminServer google =
        AdminServer.start(Optional.empty(), URI.create("https://function.example"));
    google.pushImage(REPOSITORY + "function-storage-to-bigquery:latest");
    for (String secret : RightsTest.SECRETS) {
      google.putSecret(secret);
    }
    return google;
  }

  private boolean notices(Mutation mutation, Terraform terraform, AdminServer google)
      throws Exception {
    if (mutation.check() == Mutation.Check.VALIDATE) {
      return terraform.run("validate").exitCode() != 0;
    }
    assertThat(terraform.run("validate").exitCode()).as("validate notices it already").isZero();
    return switch (mutation.check()) {
      case VALUES -> someRunFails(terraform, mutation);
      case REFUSALS -> Terraform.ofVariables(variables, copy).run("test").exitCode() != 0;
      case RIGHTS ->
          !List.copyOf(RightsTest.grants(RightsTest.plan(terraform, copy)))
              .equals(RightsTest.RIGHTS);
      default -> lifeFails(terraform, google);
    };
  }

  /**
   * Has each run of the tests by itself, those first that speak most of what was changed: Terraform
   * goes on after a failure, and each run takes a second of a core.
   */
  private boolean someRunFails(Terraform terraform, Mutation mutation) throws Exception {
    String[] parts =
        Files.readString(copy.resolve("tests/values.tftest.hcl")).split("(?m)(?=^run )");
    List<String> runs = new ArrayList<>(List.of(parts).subList(1, parts.length));
    List<String> words =
        Stream.of(
                (mutation.file() + " " + mutation.from() + " " + mutation.to()).split("[^a-zA-Z]"))
            .filter(word -> word.length() > 4)
            .toList();
    runs.sort(Comparator.comparing(run -> -words.stream().filter(run::contains).count()));
    String alone = "tests/alone.tftest.hcl";
    for (String run : runs) {
      Files.writeString(copy.resolve(alone), parts[0] + run);
      if (terraform.run("test", "-filter=" + alone).exitCode() != 0) {
        return true;
      }
    }
    return false;
  }

  /** Applies, plans again, and destroys while the data is protected. */
  private static boolean lifeFails(Terraform terraform, AdminServer google) throws Exception {
    terraform.mustRun(
        "apply",
        "-auto-approve",
        "-input=false",
        "-target=google_artifact_registry_repository.this",
        VARIABLES[0],
        VARIABLES[1]);
    if (!apply(terraform, "plan").err().contains("There is no image")) {
      return true;
    }
    google.pushImage(REPOSITORY + "function-http-to-pubsub:latest");
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
    arguments.add("-input=false");
    arguments.addAll(List.of(VARIABLES));
    return terraform.run(arguments.toArray(String[]::new));
  }
}
