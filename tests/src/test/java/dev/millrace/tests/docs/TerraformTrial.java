package dev.millrace.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads values of the module's variables: their syntax, and whether there are such variables. */
final class TerraformTrial implements Trial {
  private static final Pattern VALUE = Pattern.compile("(?m)^(\\w+) += ");
  private static final Pattern VARIABLE = Pattern.compile("(?m)^variable \"(\\w+)\"");

  private final Workbench workbench;

  TerraformTrial(Workbench workbench) {
    this.workbench = workbench;
  }

  @Override
  public void of(Block block) throws Exception {
    Files.writeString(workbench.folder().resolve("page.tfvars"), block.text());
    Child.Finished read = workbench.shell("terraform fmt page.tfvars");
    assertThat(read.exitCode()).as("exit code of terraform fmt; %s", read).isZero();
    assertThat(variables()).containsAll(found(VALUE, block.text()));
  }

  private static List<String> variables() throws IOException {
    StringBuilder module = new StringBuilder();
    try (Stream<Path> files = Files.list(Page.CHECKOUT.resolve("terraform"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".tf")).toList()) {
        module.append(Files.readString(file));
      }
    }
    return found(VARIABLE, module.toString());
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult it) -> it.group(1)).toList();
  }
}
