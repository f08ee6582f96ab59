package dev.millrace.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.Eventually;
import dev.millrace.tests.process.FreePort;
import dev.millrace.tests.process.LocalPipeline;
import dev.millrace.tests.process.MillraceCommand;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on a person's machine, over the real command. */
@Tag("once")
class FaultsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void aSecondPipeline_onTheSameFolder_isRefused_andTheFirstGoesOn() throws Exception {
    try (LocalPipeline first = LocalPipeline.in(folder).start()) {
      Child.Finished second =
          finish("local", "--folder", folder.toString(), "--port", "" + FreePort.find());

      assertRefused(second, 1, "another pipeline runs in the folder " + folder);
      publish(first, "{\"event\":\"still here\"}");
      first.dataset().awaitEventsRead(1, PATIENCE);
    }
  }

  @Test
  void aPortInUse_isNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = "" + taken.getLocalPort();

      assertRefused(finish("local", "--folder", folder.toString(), "--port", port), 1, port);
      assertRefused(
          finish("local", "--folder", folder.toString(), "--port", "0", "--function-port", port),
          1,
          "port " + port + " for the function is in use");
    }
  }

  @Test
  void aFileInTheFoldersPlace_isNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "in the way");

    assertRefused(
        finish("local", "--folder", file.toString(), "--port", "0"), 2, file + " is a file");
    assertRefused(
        finish("local", "--folder", file.resolve("below").toString(), "--port", "0"),
        2,
        file.toString());
  }

  @Test
  void ctrlC_inTheMiddleOfAWindow_loadsWhatWasAcknowledged() throws Exception {
    try (LocalPipeline pipeline = LocalPipeline.in(folder, "--window", "10m").start()) {
      publish(pipeline, "{\"event\":\"left open\",\"messageId\":\"a\"}");

      Child.Finished ended = pipeline.interrupt();

      assertThat(ended.exitCode()).isEqualTo(130);
      assertThat(ended.err()).isEmpty();
      assertThat(pipeline.dataset().rows("select message_id from left_open"))
          .containsExactly(List.of("a"));
    }
  }

  @Test
  void aMalformedPayload_isKeptAsABadEvent_andItsBatchLoads() throws Exception {
    try (LocalPipeline pipeline = LocalPipeline.in(folder).start()) {
      publish(pipeline, "{\"event\":\"good\"}", "{\"event\":\"cut", "{\"event\":\"good\"}");
      pipeline.dataset().awaitEventsRead(3, PATIENCE);

      assertThat(pipeline.dataset().rows("select count(*) from good")).containsExactly(List.of(2L));
      assertThat(pipeline.dataset().rows("select decode(raw) from _millrace_bad_events"))
          .containsExactly(List.of("{\"event\":\"cut"));
    }
  }

  @Test
  void aBatchObject_thatVanishesBeforeItIsRead_isRecordedAndLaterOnesLoad() throws Exception {
    try (LocalPipeline pipeline = LocalPipeline.in(folder).start()) {
      publish(pipeline, "{\"event\":\"gone\"}");
      killBetweenFinalisingAndLoading(pipeline);
      deleteAll(folder.resolve("landing"));
      deleteAll(folder.resolve("staging"));

      pipeline.start();
      publish(pipeline, "{\"event\":\"later\"}");
      pipeline.dataset().awaitEventsRead(1, PATIENCE);

      Eventually.until(
          "the lost batch is recorded",
          PATIENCE,
          () ->
              pipeline
                      .dataset()
                      .number("select count(*) from _millrace_batches where state = 'failed'")
                  == 1);
      assertThat(pipeline.dataset().rows("select count(*) from later"))
          .containsExactly(List.of(1L));
    }
  }

  // A load takes far longer than the kill: the batch is not in the tables then.
  private void killBetweenFinalisingAndLoading(LocalPipeline pipeline) throws Exception {
    Path notices = folder.resolve("notices");
    Path journals = folder.resolve("journal");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (finished(notices).isEmpty() || !finished(journals).isEmpty()) {
      assertThat(System.nanoTime()).as("time out").isLessThan(deadline);
      LockSupport.parkNanos(200_000);
    }
    pipeline.kill();
    assertThat(finished(notices)).hasSize(1);
  }

  /** The files of a folder that a pipeline is at work in: some are gone when they are looked at. */
  private static List<Path> finished(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.toString().endsWith(".unfinished")).toList();
    }
  }

  private static void deleteAll(Path root) throws IOException {
    for (Path file : files(root)) {
      Files.delete(file);
    }
  }

  private static List<Path> files(Path root) throws IOException {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }

  private static void publish(LocalPipeline pipeline, String... payloads) {
    ManagedChannel channel =
        ManagedChannelBuilder.forTarget(pipeline.address()).usePlaintext().build();
    try {
      PublisherGrpc.newBlockingStub(channel)
          .publish(
              PublishRequest.newBuilder()
                  .setTopic(
                      "projects/%s/topics/%s".formatted(LocalPipeline.PROJECT, LocalPipeline.TOPIC))
                  .addAllMessages(Stream.of(payloads).map(FaultsTest::message).toList())
                  .build());
    } finally {
      channel.shutdownNow();
    }
  }

  private static PubsubMessage message(String payload) {
    return PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(payload)).build();
  }

  private static Child.Finished finish(String... arguments) throws Exception {
    try (Child child = MillraceCommand.start(arguments)) {
      return child.finish(PATIENCE);
    }
  }

  /** One sentence on standard error, and nothing else. */
  private static void assertRefused(Child.Finished finished, int exitCode, String says) {
    assertThat(finished.err()).startsWith("millrace: ").contains(says).hasLineCount(1);
    assertThat(finished.out()).isEmpty();
    assertThat(finished.exitCode()).isEqualTo(exitCode);
  }
}
