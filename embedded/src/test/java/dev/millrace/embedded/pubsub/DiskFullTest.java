package dev.millrace.embedded.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullTest {
  private static final String FULL = "No space left on device";

  @TempDir Path folder;
  private final BreakableFiles files = new BreakableFiles();
  private PubSubEndpoint endpoint;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    endpoint = PubSubEndpoint.builder(folder, Pipeline.TEXT).files(files).start();
    client = new Client(endpoint.port());
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    endpoint.close();
  }

  @Test
  void publish_whenTheDiskIsFull_isResourceExhaustedWithASentence() {
    files.fail(FULL, 3);

    assertRefused(Status.Code.RESOURCE_EXHAUSTED, "disk of the pipeline's folder is full");
  }

  @Test
  void publish_whenTheFolderIsUnwritable_isUnavailableWithItsReason() {
    files.fail("Input/output error", 0);

    assertRefused(Status.Code.UNAVAILABLE, "can't be written (Input/output error)");
  }

  @Test
  void publish_whenTheFirstOfABatchFails_leavesNoJournal() throws IOException {
    files.fail(FULL, 3);
    assertRefused(Status.Code.RESOURCE_EXHAUSTED, "full");

    assertThat(Pipeline.journals(folder)).isEmpty();
  }

  @Test
  void publish_afterAFailureInTheMiddleOfABatch_goesOnWithoutTheRefused() throws IOException {
    client.publish("before");
    files.fail(FULL, 20);
    assertRefused(Status.Code.RESOURCE_EXHAUSTED, "full");
    files.mend();
    client.publish("after");
    endpoint.close();

    assertThat(Pipeline.texts(folder)).containsExactly("before\nafter");
  }

  @Test
  void publish_whenTheRefusedBytesCannotBeTakenBack_goesOnInANewBatch() throws IOException {
    client.publish("before");
    files.fail(FULL, Integer.MAX_VALUE);
    files.failToTruncate();
    assertRefused(Status.Code.RESOURCE_EXHAUSTED, "full");
    files.mend();
    client.publish("after");
    endpoint.close();

    assertThat(Pipeline.texts(folder)).containsExactlyInAnyOrder("before", "after");
  }

  private void assertRefused(Status.Code code, String words) {
    assertThatThrownBy(() -> client.publish("refused"))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(code);
              assertThat(e.getStatus().getDescription()).contains(words);
            });
  }
}
