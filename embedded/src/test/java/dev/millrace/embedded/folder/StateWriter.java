package dev.millrace.embedded.folder;

import dev.millrace.loader.ports.State;
import dev.millrace.loader.ports.State.Versioned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** A process that counts up an object by compare-and-set, beside others that do the same. */
final class StateWriter {
  static final String NAME = "schema.json";

  /** Large enough that writing it takes more than one step. */
  private static final int REPEATED = 20_000;

  private StateWriter() {}

  static Process start(Path folder, int times) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            StateWriter.class.getName(),
            folder.toString(),
            Integer.toString(times))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Folder, and how often to count. Says so once it has begun. */
  public static void main(String[] arguments) throws Exception {
    State state = new StateFolder(Path.of(arguments[0]), Clock.systemUTC());
    count(state, 1);
    System.out.println("begun");
    count(state, Integer.parseInt(arguments[1]) - 1);
  }

  /** Counts up; a lost race is run again. */
  static void count(State state, int times) throws IOException {
    int done = 0;
    while (done < times) {
      Optional<Versioned> before = state.read(NAME);
      long number = before.map(StateWriter::number).orElse(0L);
      long generation = before.map(Versioned::generation).orElse(State.ABSENT);
      if (state.replace(NAME, content(number + 1), generation).isPresent()) {
        done++;
      }
    }
  }

  /** The number that the object holds, checked to be whole. */
  static long number(Versioned object) {
    String content = new String(object.content(), StandardCharsets.US_ASCII);
    long number = Long.parseLong(content.substring(0, content.indexOf(' ')));
    if (!content.equals(new String(content(number), StandardCharsets.US_ASCII))) {
      throw new AssertionError("half-written: " + content.length() + " characters");
    }
    return number;
  }

  private static byte[] content(long number) {
    return (number + " ").repeat(REPEATED).getBytes(StandardCharsets.US_ASCII);
  }
}
