package dev.millrace.tests.docs;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why a block of shell commands may go untried, and which commands alone may claim so. */
enum Excuse {
  NEEDS_GOOGLE_CLOUD(
      "needs Google Cloud",
      "gcloud |bq |scripts/millrace .*gs://|terraform (-chdir=\\S+ )?(init|apply|output|destroy|plan)\\b"
          + "|scripts/(deploy|destroy) |echo '"),
  IMAGE("builds an image", "scripts/image "),
  BENCHMARK("a benchmark takes long", "scripts/bench "),
  BUILD("these tests are what it would run", "scripts/test\\b|mvn spotless:apply"),
  CHANGES_THE_MACHINE("changes the machine", "mvn [^;&|]*\\binstall\\b"),
  MAVEN("needs an installed build", "mvn ");

  private final String words;
  private final Pattern commands;

  Excuse(String words, String commands) {
    this.words = words;
    this.commands = Pattern.compile("(" + commands + ").*", Pattern.DOTALL);
  }

  static Optional<Excuse> of(String words) {
    return Arrays.stream(values()).filter(excuse -> excuse.words.equals(words)).findFirst();
  }

  /** Whether a command, with its arguments, may be left untried for this reason. */
  boolean covers(String command) {
    return commands.matcher(command).matches();
  }
}
