package dev.millrace.tests.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.process.Child;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The module and its examples are well-formed, and its own tests pass. */
@Tag("terraform")
class ModuleTest {
  @TempDir private Path copy;

  @Test
  void allFilesAreFormatted() throws Exception {
    Path module = Checkout.root().resolve("terraform");

    try (Child format =
        Child.start(
            List.of("terraform", "fmt", "-check", "-recursive", "-diff", module.toString()),
            Map.of("TF_CLI_CONFIG_FILE", "/dev/null"))) {
      Child.Finished finished = format.finish(Duration.ofMinutes(1));

      assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "examples/module", "examples/production"})
  void everyConfigurationIsValid(String configuration) throws Exception {
    Terraform terraform = Terraform.in(copy, configuration, Map.of());

    assertThat(terraform.mustRun("validate")).contains("The configuration is valid");
  }

  @Test
  void everyValidationRuleHasACaseThatIsRefused() throws Exception {
    Path module = Checkout.root().resolve("terraform");
    String refusals = Files.readString(module.resolve("tests/refusals.tftest.hcl"));
    SoftAssertions all = new SoftAssertions();
    try (Stream<Path> files = Files.list(module)) {
      for (Path file : files.filter(path -> path.toString().contains("variables")).toList()) {
        for (String variable : Files.readString(file).split("(?m)^variable ")) {
          String name = variable.replaceFirst("(?s)^\"(\\w+)\".*", "$1");
          all.assertThat(refusals.split("expect_failures = \\[var\\." + name + "\\]").length - 1)
              .as("cases of " + name)
              .isGreaterThanOrEqualTo(variable.split("(?m)^  validation \\{").length - 1);
        }
      }
    }
    all.assertAll();
  }

  @Test
  void whatGoogleIsSentIsAsItShouldBe() throws Exception {
    Terraform terraform = Terraform.in(copy, "", Map.of());

    assertThat(terraform.mustRun("test", "-filter=tests/values.tftest.hcl"))
        .contains(" passed, 0 failed.")
        .doesNotContain("0 passed");
  }

  @Test
  void whatCannotBeIsRefused() throws Exception {
    Terraform terraform = Terraform.ofVariables(copy, Checkout.root().resolve("terraform"));

    assertThat(terraform.mustRun("test", "-filter=tests/refusals.tftest.hcl"))
        .contains(" passed, 0 failed.")
        .doesNotContain("0 passed");
  }
}
