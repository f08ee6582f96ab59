package dev.millrace.tests.infrastructure;

import dev.millrace.tests.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Terraform on a copy of the module, with Google's real provider: the copy keeps lock file, state
 * and plugin folder out of the tree.
 */
final class Terraform {
  private static final Duration BUILD_PATIENCE = Duration.ofMinutes(30);
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Pattern VARIABLES = Pattern.compile("/variables[a-z-]*\\.tf$");
  private static final String REFUSALS = "tests/refusals.tftest.hcl";

  private final Path module;
  private final Map<String, String> environment;

  private Terraform(Path module, Map<String, String> environment) {
    this.module = module;
    this.environment = environment;
  }

  /**
   * Copies {@code terraform/} and initialises a configuration in it.
   *
   * @param into an empty folder
   * @param configuration path within {@code terraform/}; empty for the module itself
   * @param environment on top of this process's own
   */
  static Terraform in(Path into, String configuration, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path source = Checkout.root().resolve("terraform");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = source.relativize(file).toString();
        if (!name.contains(".terraform") && !name.contains("tfstate")) {
          Path copy = into.resolve(name);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
    Terraform terraform = new Terraform(into.resolve(configuration), isolated(environment));
    terraform.mustRun("init", "-backend=false", "-input=false", "-plugin-dir=" + provider());
    return terraform;
  }

  /**
   * The module's variables and the tests of what they refuse, without its resources: a plan of
   * those takes two seconds, and there are a hundred cases.
   *
   * @param into an empty folder
   * @param module the module or a copy of it
   */
  static Terraform ofVariables(Path into, Path module) throws IOException, InterruptedException {
    try (Stream<Path> files = Files.list(module)) {
      for (Path file : files.filter(it -> VARIABLES.matcher(it.toString()).find()).toList()) {
        Files.copy(file, into.resolve(file.getFileName()));
      }
    }
    String tests = Files.readString(module.resolve(REFUSALS));
    Files.createDirectories(into.resolve(REFUSALS).getParent());
    // What stands before is for the provider, which nothing here needs.
    Files.writeString(into.resolve(REFUSALS), tests.substring(tests.indexOf("\nvariables {")));
    Terraform terraform = new Terraform(into, isolated(Map.of()));
    terraform.mustRun("init", "-backend=false", "-input=false");
    return terraform;
  }

  private static Map<String, String> isolated(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    // A developer's own settings must not reach these tests.
    all.put("TF_CLI_CONFIG_FILE", "/dev/null");
    all.put("TF_IN_AUTOMATION", "1");
    return all;
  }

  Child.Finished run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("terraform", "-chdir=" + module));
    command.addAll(List.of(arguments));
    // Before a positional argument, such as a saved plan's name.
    command.add(3, "-no-color");
    try (Child terraform = Child.start(command, environment)) {
      return terraform.finish(PATIENCE);
    } catch (IOException e) {
      throw new AssertionError(
          "These tests run Terraform 1.9 or newer (https://developer.hashicorp.com/terraform/install).",
          e);
    }
  }

  /** Runs it, and fails with all that it printed unless it ends with 0. */
  String mustRun(String... arguments) throws IOException, InterruptedException {
    Child.Finished finished = run(arguments);
    if (finished.exitCode() != 0) {
      throw new AssertionError(
          "terraform %s: exit code %d%n%s%n%s"
              .formatted(
                  String.join(" ", arguments),
                  finished.exitCode(),
                  finished.out(),
                  finished.err()));
    }
    return finished.out();
  }

  private static String provider() throws IOException, InterruptedException {
    Path script = Checkout.root().resolve("scripts/lib/google_provider");
    try (Child build = Child.start(List.of(script.toString()), Map.of())) {
      Child.Finished finished = build.finish(BUILD_PATIENCE);
      if (finished.exitCode() != 0) {
        throw new AssertionError(script + ":\n" + finished.err());
      }
      return finished.out().strip();
    }
  }
}
