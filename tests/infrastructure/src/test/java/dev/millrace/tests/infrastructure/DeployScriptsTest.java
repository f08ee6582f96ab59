package dev.millrace.tests.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripts say before they touch anything, with tools of ours in the place of Google's. */
class DeployScriptsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path tools;

  private static final String REPOSITORY = "europe-west1-docker.pkg.dev/my-project/millrace/";

  private Path called;
  private Path scripts = Checkout.root().resolve("scripts");

  @BeforeEach
  void layOutTools() throws IOException {
    called = tools.resolve("called");
    tool("gcloud", "case \"$*\" in *print-access-token*) echo token ;; esac");
    tool("terraform", "case \"$*\" in version) echo 'Terraform v1.11.4' ;; *) exit 1 ;; esac");
    tool("curl", "echo '{}'");
    for (String needed :
        List.of("bash", "dirname", "basename", "readlink", "sed", "cat", "mkdir", "cp", "rm")) {
      Files.createSymbolicLink(tools.resolve(needed), where(needed));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy", "destroy"})
  void withoutProjectAndRegionItsUsageIsPrinted(String script) throws Exception {
    Child.Finished finished = run(script);

    assertThat(finished.exitCode()).isEqualTo(2);
    assertThat(finished.err()).startsWith("usage: scripts/" + script + " PROJECT REGION");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy", "destroy"})
  void anUnknownOptionIsRefused(String script) throws Exception {
    refuses(
        run(script, "my-project", "europe-west1", "--force"),
        script + ": there is no option --force; " + script + " --help lists them.");
  }

  @Test
  void aMultiRegionIsRefused() throws Exception {
    refuses(run("deploy", "my-project", "EU"), "deploy: EU is no region.");
  }

  @Test
  void aMissingFileOfVariablesIsRefused() throws Exception {
    refuses(
        run("deploy", "my-project", "europe-west1", "--var-file", "none.tfvars"),
        "deploy: there is no file none.tfvars.");
  }

  @Test
  void withoutGcloudItSaysWhereToGetIt() throws Exception {
    Files.delete(tools.resolve("gcloud"));

    refuses(deploy(), "deploy: gcloud is not installed. Install the Google Cloud CLI");
  }

  @Test
  void withoutTerraformItSaysWhereToGetIt() throws Exception {
    Files.delete(tools.resolve("terraform"));

    refuses(deploy(), "deploy: Terraform is not installed. Install Terraform 1.9 or newer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.5", "0.15.0"})
  void anOldTerraformIsRefused(String version) throws Exception {
    tool("terraform", "echo 'Terraform v" + version + "'");

    refuses(
        deploy(), "deploy: this is Terraform " + version.substring(0, version.lastIndexOf('.')));
  }

  @Test
  void whoIsNotLoggedInIsToldHow() throws Exception {
    tool("gcloud", "case \"$*\" in *print-access-token*) exit 1 ;; esac");

    refuses(deploy(), "deploy: nobody is logged in. Run: gcloud auth login");
  }

  @Test
  void aProjectThatCannotBeSeenIsRefused() throws Exception {
    tool("gcloud", "case \"$*\" in *print-access-token*) echo token ;; *describe*) exit 1 ;; esac");

    refuses(deploy(), "deploy: there is no project my-project that you can see.");
  }

  @Test
  void rightsThatAreMissingAreNamedBeforeAnythingIsMade() throws Exception {
    tool("curl", "echo '{\"permissions\": [\"run.services.create\"]}'");

    Child.Finished finished = deploy();

    refuses(finished, "deploy: you lack rights on my-project: ");
    assertThat(finished.err())
        .contains("pubsub.topics.create")
        .doesNotContain("run.services.create ");
    assertThat(calls())
        .noneMatch(call -> call.matches("(gcloud|terraform) .*(enable|create|apply).*"));
  }

  /** A process's arguments can be read by everybody on its machine. */
  @Test
  void theTokenIsOnNoCommandLine() throws Exception {
    tool("gcloud", "case \"$*\" in *print-access-token*) echo s3cret ;; esac");

    deploy();

    assertThat(calls())
        .anyMatch(call -> call.startsWith("curl "))
        .noneMatch(call -> call.contains("s3cret"));
  }

  @Test
  void bothImagesAreBuiltAndAppliedWhereTheCollectorIsSwitchedOn() throws Exception {
    everythingWorks(true);

    run("deploy", "my-project", "europe-west1", "--yes", "--no-smoke-test");

    assertThat(calls())
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
    everythingWorks(false);

    run("deploy", "my-project", "europe-west1", "--yes", "--no-smoke-test");

    assertThat(calls())
        .anyMatch(call -> call.contains(" apply ") && call.contains("-var=image=pushed:function "))
        .noneMatch(call -> call.contains("--collector") || call.contains("collector_image="));
  }

  @Test
  void rollingTheFunctionBackLeavesTheCollectorAsItIs() throws Exception {
    everythingWorks(true);

    run("deploy", "my-project", "europe-west1", "--image", "old", "--yes", "--no-smoke-test");

    assertThat(calls())
        .noneMatch(call -> call.startsWith("image "))
        .anyMatch(
            call ->
                call.contains(" apply ")
                    && call.contains("-var=image=old ")
                    && call.contains("-var=collector_image=running:collector_image "));
  }

  @Test
  void anImageForACollectorThatIsNotThereIsRefused() throws Exception {
    everythingWorks(false);

    Child.Finished finished =
        run("deploy", "my-project", "europe-west1", "--collector-image", "old", "--yes");

    refuses(finished, "deploy: there is no collector to run old: set the variable collector");
    assertThat(calls()).noneMatch(call -> call.contains(" apply "));
  }

  @Test
  void destroyKeepsBothImagesWhileItApplies() throws Exception {
    everythingWorks(true);
    tool("grep", "cat");

    run("destroy", "my-project", "europe-west1");

    assertThat(calls())
        .anyMatch(call -> call.contains(" destroy ") && call.contains("=running:collector_image "));
  }

  @Test
  void destroyOfWhatIsNotThereSaysSo() throws Exception {
    tool(
        "terraform",
        "case \"$*\" in version) echo 'Terraform v1.11.4' ;; *init*) ;; *) exit 1 ;; esac");

    refuses(
        run("destroy", "my-project", "europe-west1", "--prefix", "it"),
        "destroy: nothing is deployed in my-project with the prefix it.");
  }

  @Test
  void destroyWithoutTheProjectsNameTypedDeletesNothing() throws Exception {
    tool("grep", "cat");
    tool(
        "terraform",
        "case \"$*\" in version) echo 'Terraform v1.11.4' ;; *output*) echo image ;;"
            + " *'state list'*) echo google_storage_bucket.landing ;; esac");

    Child.Finished finished = run("destroy", "my-project", "europe-west1");

    refuses(finished, "destroy: that is not my-project; nothing was deleted.");
    assertThat(finished.out()).contains("google_storage_bucket.landing");
    assertThat(calls()).noneMatch(call -> call.matches("terraform .*(apply|destroy ).*"));
  }

  /** Tools that do as they are told, in a checkout whose image script builds nothing. */
  private void everythingWorks(boolean collector) throws Exception {
    scripts = Files.createDirectories(tools.resolve("checkout/scripts"));
    Path terraform = Files.createDirectories(tools.resolve("checkout/terraform"));
    Files.createFile(terraform.resolve("main.tf"));
    Files.createSymbolicLink(scripts.resolve("lib"), Checkout.root().resolve("scripts/lib"));
    for (String script : List.of("deploy", "destroy")) {
      Files.copy(
          Checkout.root().resolve("scripts").resolve(script),
          scripts.resolve(script),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    tool(
        "image",
        "case $1 in --collector) echo pushed:collector ;; *) echo pushed:function ;; esac");
    Files.move(tools.resolve("image"), scripts.resolve("image"));
    tool("mvn", "");
    tool("tr", "cat");
    tool("curl", "echo \"$*\"");
    Files.createSymbolicLink(tools.resolve("date"), where("date"));
    tool(
        "terraform",
        "case \"$*\" in version) echo 'Terraform v1.11.4' ;; *console*) echo "
            + collector
            + " ;; *'output -raw '*) echo \"running:${4}\" ;; esac");
  }

  private Child.Finished deploy() throws Exception {
    return run("deploy", "my-project", "europe-west1", "--image", "registry/image@sha256:0");
  }

  private Child.Finished run(String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(scripts.resolve(script).toString());
    command.addAll(List.of(arguments));
    Path typed = Files.createTempDirectory(tools, "in").resolve("typed");
    Files.writeString(typed, scripts.startsWith(tools) ? "my-project\n" : "");
    try (Child child =
        Child.startReading(
            typed,
            command,
            Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "PATH",
                tools.toString(),
                "XDG_CACHE_HOME",
                tools.resolve("cache").toString()))) {
      return child.finish(PATIENCE);
    }
  }

  private List<String> calls() throws IOException {
    return Files.exists(called) ? Files.readAllLines(called) : List.of();
  }

  private static void refuses(Child.Finished finished, String sentence) {
    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isEqualTo(2);
    assertThat(finished.err()).startsWith(sentence);
  }

  /** A tool that notes how it was called, and then does this. */
  private void tool(String name, String script) throws IOException {
    Path file = tools.resolve(name);
    Files.writeString(
        file, "#!/bin/sh\necho \"" + name + " $*\" >>\"" + called + "\"\n" + script + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("can't make executable: " + file);
    }
  }

  private static Path where(String tool) throws IOException {
    for (String folder : System.getenv("PATH").split(":")) {
      Path found = Path.of(folder, tool);
      if (Files.isExecutable(found)) {
        return found;
      }
    }
    throw new IOException("no " + tool);
  }
}
