package dev.millrace.embedded.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.Eventually;
import dev.millrace.embedded.trigger.FakeFunction;
import dev.millrace.embedded.trigger.PushSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts on folders as a kill at each instant would leave them. */
class RecoveryTest {
  @TempDir Path root;
  private Path folder;
  private Path journal;

  @BeforeEach
  void dieWithAcknowledgedMessages() throws IOException {
    Path running = root.resolve("running");
    folder = root.resolve("killed");
    try (PubSubEndpoint endpoint = PubSubEndpoint.builder(running, Pipeline.TEXT).start();
        Client client = new Client(endpoint.port())) {
      client.publish("a", "b");
      client.publish("c");
      Pipeline.copyOf(running, folder);
    }
    journal = Pipeline.journals(folder).get(0);
  }

  @Test
  void killBeforeFinalising_losesNothing() throws Exception {
    restart();

    assertThat(Pipeline.texts(folder)).containsExactly("a\nb\nc");
    assertThat(Pipeline.journals(folder)).isEmpty();
  }

  @Test
  void killWithinARecord_dropsIt() throws Exception {
    try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 1);
    }
    restart();

    assertThat(Pipeline.texts(folder)).containsExactly("a\nb");
    assertThat(Pipeline.journals(folder)).isEmpty();
  }

  @Test
  void killWhileTheJournalIsStarted_leavesNoObject() throws Exception {
    try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
      channel.truncate(10);
    }
    restart();

    assertThat(Pipeline.texts(folder)).isEmpty();
    assertThat(Pipeline.journals(folder)).isEmpty();
  }

  @Test
  void killBeforeTheFirstRecord_leavesNoObject() throws Exception {
    String name;
    try (JournalReader reader = new JournalReader(journal, Files.size(journal))) {
      name = reader.objectName().orElseThrow();
    }
    try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
      channel.truncate(JournalRecord.ofName(name).remaining());
    }
    restart();

    assertThat(Pipeline.texts(folder)).isEmpty();
    assertThat(Pipeline.journals(folder)).isEmpty();
  }

  @Test
  void damagedRecord_isKeptAsideAndWhatCameBeforeIsFinalised() throws Exception {
    byte[] content = Files.readAllBytes(journal);
    content[content.length - 1] ^= 1;
    Files.write(journal, content);
    restart();

    assertThat(Pipeline.texts(folder)).containsExactly("a\nb");
    assertThat(Pipeline.journals(folder)).singleElement().asString().endsWith(".journal.damaged");
  }

  @Test
  void killWhileTheObjectIsWritten_losesAndRepeatsNothing() throws Exception {
    Files.writeString(journal.resolveSibling(journal.getFileName() + ".object"), "a\n");
    restart();

    assertThat(Pipeline.texts(folder)).containsExactly("a\nb\nc");
    assertThat(Pipeline.journals(folder)).isEmpty();
  }

  @Test
  void killAfterTheNoticeOrTheSidecar_deliversOneNoticeOfOneObject() throws Exception {
    Path finalised = Pipeline.copyOf(folder, root.resolve("finalised"));
    PubSubEndpoint.builder(finalised, Pipeline.TEXT).start().close();
    Pipeline.copyOf(finalised.resolve("landing.meta"), cleared("landing.meta"));
    Pipeline.copyOf(finalised.resolve("notices"), cleared("notices"));

    try (FakeFunction function = new FakeFunction()) {
      restart(function);

      assertThat(function.bodies()).hasSize(1);
    }
    assertThat(Pipeline.texts(folder)).containsExactly("a\nb\nc");
  }

  @Test
  void killBeforeTheJournalIsDeleted_repeatsNothing() throws Exception {
    byte[] content = Files.readAllBytes(journal);
    restart();
    Files.write(journal, content);
    restart();

    assertThat(Pipeline.texts(folder)).containsExactly("a\nb\nc");
    assertThat(Pipeline.journals(folder)).isEmpty();
  }

  @Test
  void killAfterDeliveryBeforeTheJournalIsDeleted_deliversNothingTwice() throws Exception {
    byte[] content = Files.readAllBytes(journal);
    try (FakeFunction function = new FakeFunction()) {
      restart(function);
      Files.write(journal, content);
      restart(function);

      assertThat(function.bodies()).hasSize(1);
    }
  }

  @Test
  void finalising_thatFails_isTriedAgainUntilItGoes() throws Exception {
    Path inTheWay = Files.createDirectory(folder.resolve("landing.unfinished"));
    try (PubSubEndpoint endpoint = PubSubEndpoint.builder(folder, Pipeline.TEXT).start()) {
      assertThat(endpoint.port()).isPositive();
      Eventually.until("a failed attempt", () -> Pipeline.journals(folder).size() == 2);
      Files.delete(inTheWay);

      Eventually.until("the object", () -> Pipeline.texts(folder).equals(List.of("a\nb\nc")));
    }
    assertThat(Pipeline.journals(folder)).isEmpty();
  }

  private Path cleared(String name) throws IOException {
    Path target = folder.resolve(name);
    if (Files.exists(target)) {
      try (Stream<Path> found = Files.list(target)) {
        assertThat(found).isEmpty();
      }
      Files.delete(target);
    }
    return target;
  }

  private void restart() throws IOException {
    PubSubEndpoint.builder(folder, Pipeline.TEXT).start().close();
  }

  private void restart(FakeFunction function) throws IOException {
    PubSubEndpoint.builder(folder, Pipeline.TEXT)
        .pushTo(PushSettings.to(function.address(), "projects/demo/subscriptions/push"))
        .start()
        .close();
  }
}
