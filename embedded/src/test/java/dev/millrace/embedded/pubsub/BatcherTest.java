package dev.millrace.embedded.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.PublishRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatcherTest {
  private static final int PUBLISHERS = 8;
  private static final int PUBLISHES = 150;
  private static final BatchLimits LIMITS = new BatchLimits(Duration.ofMinutes(1), 20_000, 1_000);

  @TempDir Path folder;
  private final Queue<SealedBatch> sealed = new ConcurrentLinkedQueue<>();
  private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void acceptedIsInOneBatchAndRefusedInNone_whateverTheDiskDoes(long seed) throws Exception {
    Random random = new Random(seed);
    FlakyFiles files = new FlakyFiles(random.nextLong());
    JournalFolder journals =
        new JournalFolder(
            folder, Pipeline.TEXT.objects(), files, () -> UUID.randomUUID().toString());
    Batcher batcher = new Batcher(journals, LIMITS, Clock.systemUTC(), sealed::add);
    List<Thread> publishers = new ArrayList<>();
    for (int i = 0; i < PUBLISHERS; i++) {
      int publisher = i;
      Random sizes = new Random(random.nextLong());
      Thread thread = new Thread(() -> publish(batcher, publisher, sizes));
      thread.start();
      publishers.add(thread);
    }
    for (Thread each : publishers) {
      each.join();
    }
    batcher.close();

    assertThat(accepted).as("seed %d", seed).isNotEmpty();
    assertThat(refused).as("seed %d", seed).isNotEmpty();
    assertThat(batched()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(accepted);
  }

  private void publish(Batcher batcher, int publisher, Random sizes) {
    for (int i = 0; i < PUBLISHES; i++) {
      String payload = publisher + "-" + i + "-" + "x".repeat(sizes.nextInt(2_000));
      PublishRequest request = Client.request(payload);
      try {
        ByteBuffer record = JournalRecord.ofRequest(1, 1, request);
        batcher.add(new Publish(record, 1, payload.length()));
        accepted.add(payload);
      } catch (IOException e) {
        refused.add(payload);
      }
    }
  }

  private List<String> batched() throws IOException {
    List<String> payloads = new ArrayList<>();
    for (SealedBatch each : sealed) {
      int before = payloads.size();
      try (JournalReader reader = new JournalReader(each.journal(), each.goodBytes())) {
        List<ReceivedMessage> messages = reader.next();
        while (!messages.isEmpty()) {
          messages.forEach(message -> payloads.add(message.content().getData().toStringUtf8()));
          messages = reader.next();
        }
        assertThat(reader.end()).isEqualTo(JournalReader.End.WHOLE);
      }
      long bytes =
          payloads.subList(before, payloads.size()).stream().mapToLong(String::length).sum();
      assertThat(bytes).isLessThanOrEqualTo(LIMITS.maxBytes());
    }
    return payloads;
  }
}
