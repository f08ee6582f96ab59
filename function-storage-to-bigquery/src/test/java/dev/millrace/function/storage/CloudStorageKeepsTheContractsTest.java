package dev.millrace.function.storage;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import dev.millrace.loader.contract.LandingContract;
import dev.millrace.loader.contract.StagingContract;
import dev.millrace.loader.contract.StateContract;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Landing;
import dev.millrace.loader.ports.Staging;
import dev.millrace.loader.ports.State;
import dev.millrace.tests.emulator.FakeGcs;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** Cloud Storage, as fake-gcs-server has it, keeps what the ports promise. */
class CloudStorageKeepsTheContractsTest {
  private static FakeGcs storage;
  private static StorageClient client;
  private String bucket;

  @BeforeAll
  static void start() throws Exception {
    storage = FakeGcs.start();
    client = StorageClient.ofEmulator(storage.url());
  }

  @AfterAll
  static void stop() {
    storage.close();
  }

  @BeforeEach
  void newBucket() throws IOException {
    bucket = "bucket-" + UUID.randomUUID();
    storage.createBucket(bucket);
  }

  @Nested
  class LandingTest extends LandingContract {
    @Override
    protected Landing landing() {
      return new CloudLanding(client, bucket);
    }

    @Override
    protected BatchRef put(String name, byte[] content) {
      Blob object =
          client.get().create(BlobInfo.newBuilder(BlobId.of(bucket, name)).build(), content);
      return new BatchRef(bucket, name, object.getGeneration());
    }

    @Override
    protected void remove(BatchRef batch) {
      client.get().delete(BlobId.of(bucket, batch.name()));
    }
  }

  @Nested
  class StagingTest extends StagingContract {
    @Override
    protected Staging staging() {
      return new CloudStaging(client, bucket);
    }
  }

  @Nested
  class StateTest extends StateContract {
    @Override
    protected State state() {
      return new CloudState(client, bucket);
    }
  }
}
