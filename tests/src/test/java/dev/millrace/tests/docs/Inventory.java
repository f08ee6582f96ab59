package dev.millrace.tests.docs;

import dev.millrace.cli.Millrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands there are: those of {@code millrace}, the scripts, and what Terraform puts out.
 *
 * @param commands of {@code millrace}, with those below them
 * @param outputs of the module in {@code terraform/}
 */
record Inventory(Map<String, CommandSpec> commands, Set<String> outputs) {
  private static final Pattern MILLRACE = Pattern.compile("^(?:scripts/)?millrace +([a-z]+)\\b");
  private static final Pattern SCRIPT = Pattern.compile("^scripts/([a-z]+)\\b(?: +([a-z-]+)\\b)?");
  private static final Pattern OUTPUT = Pattern.compile("^terraform output (?:-\\S+ )*([a-z_]+)");
  private static final Pattern FILE = Pattern.compile("(terraform|docs|tests)/[A-Za-z0-9_./-]+");
  private static final Pattern OPTION = Pattern.compile("(?<= )--[a-z][a-z-]*");
  private static final Pattern WORD = Pattern.compile("(?<= )[a-z]+\\b");

  static Inventory read() throws IOException {
    Map<String, CommandSpec> commands = new HashMap<>();
    for (Class<?> type : Millrace.class.getAnnotation(Command.class).subcommands()) {
      CommandSpec spec = CommandSpec.forAnnotatedObject(type);
      commands.put(spec.name(), spec);
    }
    StringBuilder terraform = new StringBuilder();
    try (Stream<Path> files = Files.list(Page.CHECKOUT.resolve("terraform"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".tf")).toList()) {
        terraform.append(Files.readString(file));
      }
    }
    Set<String> outputs =
        Pattern.compile("(?m)^output \"(\\w+)\"")
            .matcher(terraform)
            .results()
            .map((MatchResult it) -> it.group(1))
            .collect(Collectors.toSet());
    return new Inventory(commands, outputs);
  }

  /** What a command names that isn't there, as sentences; empty if it is none of ours. */
  List<String> missing(String command) throws IOException {
    Matcher millrace = MILLRACE.matcher(command);
    if (millrace.find()) {
      return missingOfMillrace(millrace.group(1), command);
    }
    Matcher script = SCRIPT.matcher(command);
    if (script.find() && !script.group(1).equals("millrace")) {
      return missingOfScript(script.group(1), script.group(2), command);
    }
    if (FILE.matcher(command).matches() && !Files.exists(Page.CHECKOUT.resolve(command))) {
      return List.of("there is no " + command);
    }
    Matcher output = OUTPUT.matcher(command);
    return output.find() && !outputs.contains(output.group(1))
        ? List.of("there is no output " + output.group(1))
        : List.of();
  }

  private List<String> missingOfMillrace(String name, String command) {
    CommandSpec spec = commands.get(name);
    if (spec == null) {
      return List.of("there is no command millrace " + name);
    }
    Set<String> known = new HashSet<>(spec.optionsMap().keySet());
    // A command below it is the word that comes next.
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      if (spec.subcommands().containsKey(word.group())) {
        known.addAll(spec.subcommands().get(word.group()).getCommandSpec().optionsMap().keySet());
      }
    }
    return unknown(command, known, "millrace " + name);
  }

  private static List<String> missingOfScript(String name, String first, String command)
      throws IOException {
    Path file = Page.CHECKOUT.resolve("scripts").resolve(name);
    if (!Files.exists(file)) {
      return List.of("there is no scripts/" + name);
    }
    String text = Files.readString(file);
    // A command of scripts/bench is a line of its usage.
    if (name.equals("bench")
        && first != null
        && !Pattern.compile("(?m)^  " + first + "\\b").matcher(text).find()) {
      return List.of("there is no scripts/bench " + first);
    }
    Set<String> known = new HashSet<>();
    Matcher option = Pattern.compile("--[a-z][a-z-]*").matcher(text);
    while (option.find()) {
      known.add(option.group());
    }
    return unknown(command, known, "scripts/" + name);
  }

  private static List<String> unknown(String command, Set<String> known, String of) {
    List<String> unknown = new ArrayList<>();
    Matcher option = OPTION.matcher(command);
    while (option.find()) {
      if (!known.contains(option.group())) {
        unknown.add(of + " has no option " + option.group());
      }
    }
    return unknown;
  }
}
