package dev.millrace.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.process.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A large batch is packaged in little memory; {@code scripts/bench memory} does the same with 1
 * GiB.
 */
class LargeBatchTest {
  private static final long BATCH_BYTES = 96L << 20;
  private static final long LIMIT_BYTES = 220L << 20;

  @ParameterizedTest
  @EnumSource(LargeBatch.Format.class)
  void largeBatch_isPackagedInBoundedMemory(LargeBatch.Format format, @TempDir Path folder)
      throws Exception {
    Path events = folder.resolve("events.jsonl");
    Files.writeString(
        events,
        Tool.run(
                "install Python 3.9 or newer.",
                "python3",
                Tool.file("src/bench/gen_events.py").toString(),
                "5000")
            + "\n");

    LargeBatch.Taken taken = LargeBatch.taken(events, BATCH_BYTES, format, folder);

    assertThat(taken.peakBytes()).isLessThan(LIMIT_BYTES);
  }
}
