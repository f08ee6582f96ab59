package dev.millrace.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.Eventually;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * Runs shell commands for real, or checks that those which can't be run are excused and read well.
 * The block that follows, in the language {@code text}, is what they print: its lines in this
 * order, where {@code …} stands for anything, also for lines.
 */
final class ShellTrial implements Trial {
  /** A batch's way to the tables; until then, a query may find no table, or a locked file. */
  private static final Duration ON_ITS_WAY = Duration.ofMinutes(2);

  private final Workbench workbench;

  ShellTrial(Workbench workbench) {
    this.workbench = workbench;
  }

  @Override
  public void of(Block block) throws Exception {
    if (block.remark(Remark.Kind.NOT_TRIED).isPresent()) {
      assertExcused(block, block.remark(Remark.Kind.NOT_TRIED).get());
      return;
    }
    AtomicReference<Child.Finished> finished = new AtomicReference<>();
    if (workbench.runsPipeline() && block.text().startsWith("duckdb ")) {
      try {
        Eventually.until(
            block.text() + " finds what the page shows",
            ON_ITS_WAY,
            () -> {
              finished.set(workbench.shell(block.text()));
              return finished.get().exitCode() == 0 && printsAll(block, finished.get());
            });
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + "; last " + finished.get(), e);
      }
    } else {
      finished.set(workbench.shell(block.text()));
    }
    assertThat(finished.get().exitCode()).as("exit code; %s", finished.get()).isZero();
    assertThat(printsAll(block, finished.get()))
        .as("prints %s; %s", block.prints().orElse(""), finished.get())
        .isTrue();
  }

  private boolean printsAll(Block block, Child.Finished finished) {
    return block.prints().isEmpty()
        || pattern(workbench.onFreePorts(block.prints().get()))
            .matcher(finished.out() + finished.err())
            .find();
  }

  private static Pattern pattern(String expected) {
    StringBuilder pattern = new StringBuilder("(?s)");
    for (String line : expected.split("\n")) {
      String anything = "";
      for (String piece : line.stripTrailing().split("…", -1)) {
        pattern.append(anything).append(Pattern.quote(piece));
        anything = ".*?";
      }
      pattern.append(line.endsWith("…") ? "" : "[ \\t]*\n");
    }
    return Pattern.compile(pattern.toString());
  }

  private void assertExcused(Block block, String reason) throws Exception {
    Excuse excuse =
        Excuse.of(reason)
            .orElseThrow(() -> new AssertionError("this is no reason not to try it: " + reason));
    for (String command : Commands.of(block.text())) {
      assertThat(excuse.covers(command))
          .as("\"%s\" may be left untried for \"%s\"", command, reason)
          .isTrue();
    }
    Child.Finished read =
        workbench.shell("bash -n <<'END_OF_BLOCK'\n" + block.text() + "END_OF_BLOCK\n");
    assertThat(read.err()).as("what bash says of its syntax").isEmpty();
  }
}
