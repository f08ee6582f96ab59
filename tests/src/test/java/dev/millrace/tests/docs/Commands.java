package dev.millrace.tests.docs;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Takes shell text apart, as far as documentation needs it. */
final class Commands {
  private Commands() {}

  /** The single commands of a block, without comments and without what is set before them. */
  static List<String> of(String shell) {
    return Arrays.stream(
            shell
                .replace("\\\n", " ")
                .replaceAll("(?m)(^| )#.*$", "")
                .split("\n|&&|\\|\\||(?<!')\\|(?!')|; "))
        .map(String::strip)
        .map(command -> command.replaceFirst("^(\\w+=\\S* )+", ""))
        .filter(Predicate.not(String::isEmpty))
        .toList();
  }
}
