package dev.millrace.tests.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.process.Child;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripts say before they touch anything, with tools of ours in the place of Google's. */
@Tag("once")
class DeployScriptsTest {
  private static final String REPOSITORY = "europe-west1-docker.pkg.dev/my-project/millrace/";

  @TempDir private Path folder;

  private Tools tools;

  @BeforeEach
  void layOutTools() throws IOException {
    tools = new Tools(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy", "destroy"})
  void withoutProjectAndRegionItsUsageIsPrinted(String script) throws Exception {
    Child.Finished finished = tools.run(script);

    assertThat(finished.exitCode()).isEqualTo(2);
    assertThat(finished.err()).startsWith("usage: scripts/" + script + " PROJECT REGION");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy", "destroy"})
  void anUnknownOptionIsRefused(String script) throws Exception {
    refuses(
        tools.run(script, "my-project", "europe-west1", "--force"),
        script + ": there is no option --force; " + script + " --help lists them.");
  }

  @Test
  void aMultiRegionIsRefused() throws Exception {
    refuses(tools.run("deploy", "my-project", "EU"), "deploy: EU is no region.");
  }

  @Test
  void aMissingFileOfVariablesIsRefused() throws Exception {
    refuses(
        tools.run("deploy", "my-project", "europe-west1", "--var-file", "none.tfvars"),
        "deploy: there is no file none.tfvars.");
  }

  @Test
  void withoutGcloudItSaysWhereToGetIt() throws Exception {
    tools.remove("gcloud");

    refuses(deploy(), "deploy: gcloud is not installed. Install the Google Cloud CLI");
  }

  @Test
  void withoutTerraformItSaysWhereToGetIt() throws Exception {
    tools.remove("terraform");

    refuses(deploy(), "deploy: Terraform is not installed. Install Terraform 1.9 or newer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.5", "0.15.0"})
  void anOldTerraformIsRefused(String version) throws Exception {
    tools.put("terraform", "echo 'Terraform v" + version + "'");

    refuses(
        deploy(), "deploy: this is Terraform " + version.substring(0, version.lastIndexOf('.')));
  }

  @Test
  void whoIsNotLoggedInIsToldHow() throws Exception {
    tools.put("gcloud", "case \"$*\" in *print-access-token*) exit 1 ;; esac");

    refuses(deploy(), "deploy: nobody is logged in. Run: gcloud auth login");
  }

  @Test
  void aProjectThatCannotBeSeenIsRefused() throws Exception {
    tools.put(
        "gcloud", "case \"$*\" in *print-access-token*) echo token ;; *describe*) exit 1 ;; esac");

    refuses(deploy(), "deploy: there is no project my-project that you can see.");
  }

  @Test
  void rightsThatAreMissingAreNamedBeforeAnythingIsMade() throws Exception {
    tools.put("curl", "echo '{\"permissions\": [\"run.services.create\"]}'");

    Child.Finished finished = deploy();

    refuses(finished, "deploy: you lack rights on my-project: ");
    assertThat(finished.err())
        .contains("pubsub.topics.create")
        .doesNotContain("run.services.create ");
    assertThat(tools.calls())
        .noneMatch(call -> call.matches("(gcloud|terraform) .*(enable|create|apply).*"));
  }

  /** A process's arguments can be read by everybody on its machine. */
  @Test
  void theTokenIsOnNoCommandLine() throws Exception {
    tools.put("gcloud", "case \"$*\" in *print-access-token*) echo s3cret ;; esac");

    deploy();

    assertThat(tools.calls())
        .anyMatch(call -> call.startsWith("curl "))
        .noneMatch(call -> call.contains("s3cret"));
  }

  /** A token that no pipe holds: who writes it learns for certain that nobody reads on. */
  @Test
  void aCurlThatEndsBeforeItHasReadTheTokenStillHasItsSay() throws Exception {
    tools.put("gcloud", "case \"$*\" in *print-access-token*) printf '%0100000d' 0 ;; esac");

    refuses(deploy(), "deploy: you lack rights on my-project: ");
  }

  @Test
  void bothImagesAreBuiltAndAppliedWhereTheCollectorIsSwitchedOn() throws Exception {
    tools.work(true);

    tools.run("deploy", "my-project", "europe-west1", "--yes", "--no-smoke-test");

    assertThat(tools.calls())
        .anyMatch(call -> call.startsWith("image push " + REPOSITORY + "function-storage-to-bigq"))
        .anyMatch(call -> call.startsWith("image --collector push " + REPOSITORY + "function-http"))
        .anyMatch(
            call ->
                call.contains(" apply ")
                    && call.contains("-var=image=pushed:function ")
                    && call.contains("-var=collector_image=pushed:collector "));
  }

  @Test
  void withoutTheSwitchNoImageOfTheCollectorIsBuilt() throws Exception {
    tools.work(false);

    tools.run("deploy", "my-project", "europe-west1", "--yes", "--no-smoke-test");

    assertThat(tools.calls())
        .anyMatch(call -> call.contains(" apply ") && call.contains("-var=image=pushed:function "))
        .noneMatch(call -> call.contains("--collector") || call.contains("collector_image="));
  }

  @Test
  void afterTheApplyAnEventIsPublishedAndLookedForInBigQuery() throws Exception {
    tools.work(false);
    tools.put("bq", "echo 1");
    tools.put("tail", "cat");

    Child.Finished finished = tools.run("deploy", "my-project", "europe-west1", "--yes");

    assertThat(finished.exitCode()).as(finished.err()).isZero();
    assertThat(finished.out()).contains("Millrace runs.").contains("query        running:unique_d");
    String published =
        tools.calls().stream().filter(call -> call.contains("topics publish")).findFirst().get();
    String id = published.replaceFirst(".*\"messageId\": \"(smoke-[0-9-]+)\".*", "$1");
    assertThat(published).startsWith("gcloud pubsub topics publish running:topic ");
    assertThat(tools.calls())
        .anyMatch(call -> call.startsWith("bq ") && call.endsWith("message_id = '" + id + "'"));
  }

  @Test
  void rollingTheFunctionBackLeavesTheCollectorAsItIs() throws Exception {
    tools.work(true);

    tools.run("deploy", "my-project", "europe-west1", "--image", "old", "--yes", "--no-smoke-test");

    assertThat(tools.calls())
        .noneMatch(call -> call.startsWith("image "))
        .anyMatch(
            call ->
                call.contains(" apply ")
                    && call.contains("-var=image=old ")
                    && call.contains("-var=collector_image=running:collector_image "));
  }

  @Test
  void anImageForACollectorThatIsNotThereIsRefused() throws Exception {
    tools.work(false);

    Child.Finished finished =
        tools.run("deploy", "my-project", "europe-west1", "--collector-image", "old", "--yes");

    refuses(finished, "deploy: there is no collector to run old: set the variable collector");
    assertThat(tools.calls()).noneMatch(call -> call.contains(" apply "));
  }

  @Test
  void destroyKeepsBothImagesWhileItApplies() throws Exception {
    tools.work(true);
    tools.put("grep", "cat");

    tools.run("destroy", "my-project", "europe-west1");

    assertThat(tools.calls())
        .anyMatch(call -> call.contains(" destroy ") && call.contains("=running:collector_image "));
  }

  @Test
  void destroyOfWhatIsNotThereSaysSo() throws Exception {
    tools.put(
        "terraform",
        "case \"$*\" in version) echo 'Terraform v1.11.4' ;; *init*) ;; *) exit 1 ;; esac");

    refuses(
        tools.run("destroy", "my-project", "europe-west1", "--prefix", "it"),
        "destroy: nothing is deployed in my-project with the prefix it.");
  }

  @Test
  void destroyWithoutTheProjectsNameTypedDeletesNothing() throws Exception {
    tools.put("grep", "cat");
    tools.put(
        "terraform",
        "case \"$*\" in version) echo 'Terraform v1.11.4' ;; *output*) echo image ;;"
            + " *'state list'*) echo google_storage_bucket.landing ;; esac");

    Child.Finished finished = tools.run("destroy", "my-project", "europe-west1");

    refuses(finished, "destroy: that is not my-project; nothing was deleted.");
    assertThat(finished.out()).contains("google_storage_bucket.landing");
    assertThat(tools.calls()).noneMatch(call -> call.matches("terraform .*(apply|destroy ).*"));
  }

  private Child.Finished deploy() throws Exception {
    return tools.run("deploy", "my-project", "europe-west1", "--image", "registry/image@sha256:0");
  }

  private static void refuses(Child.Finished finished, String sentence) {
    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isEqualTo(2);
    assertThat(finished.err()).startsWith(sentence);
  }
}
