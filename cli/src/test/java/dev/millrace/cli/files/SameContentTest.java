package dev.millrace.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameContentTest {
  @TempDir private Path folder;

  @Test
  void a_file_as_it_was_is_read_to_its_end() throws IOException {
    EventFile file = file("one\ntwo\n");

    try (InputStream in = new SameContent(Files.newInputStream(file.path()), file, read -> {})) {
      assertThat(in.readAllBytes()).asString().isEqualTo("one\ntwo\n");
    }
  }

  @Test
  void a_file_that_was_changed_fails_at_its_end() throws IOException {
    EventFile file = file("one\ntwo\n");
    Files.writeString(file.path(), "one\nTWO\n");

    try (InputStream in = new SameContent(Files.newInputStream(file.path()), file, read -> {})) {
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("was changed while it was read");
    }
  }

  @Test
  void a_stream_that_can_be_read_once_is_copied_and_the_copy_deleted() {
    try (EventFile spooled =
        EventFile.spool(
            new ByteArrayInputStream("one\n".getBytes(StandardCharsets.UTF_8)),
            folder,
            read -> {})) {
      assertThat(spooled.path()).hasContent("one\n");
      assertThat(spooled.bytes()).isEqualTo(4);
    }
    assertThat(folder).isEmptyDirectory();
  }

  private EventFile file(String content) throws IOException {
    return EventFile.of(Files.writeString(folder.resolve("events.jsonl"), content), read -> {});
  }
}
