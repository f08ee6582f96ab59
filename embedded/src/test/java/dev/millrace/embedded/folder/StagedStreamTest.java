package dev.millrace.embedded.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class StagedStreamTest {
  /** Linux's file that is always full. */
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path folder;

  static boolean hasAFullDevice() {
    return Files.isWritable(FULL);
  }

  @Test
  @EnabledIf("hasAFullDevice")
  void close_afterAWriteFailed_doesNotGiveTheFileItsName() throws Exception {
    Path target = folder.resolve("part");
    Path partial = Files.createSymbolicLink(folder.resolve("partial"), FULL);
    StagedStream stream = new StagedStream(partial, target);
    assertThatThrownBy(() -> stream.write(new byte[1_000])).isInstanceOf(IOException.class);
    assertThatThrownBy(stream::close)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(target.toString());
    assertThat(target).doesNotExist();
    assertThat(Files.isSymbolicLink(partial)).isFalse();
  }
}
