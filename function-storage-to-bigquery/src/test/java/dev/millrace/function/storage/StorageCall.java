package dev.millrace.function.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.State;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/** Every call of the three ports, each with what it must come to. */
enum StorageCall {
  LANDING_OPEN {
    @Override
    void run(StorageClient client, String bucket) throws IOException {
      try (InputStream content = new CloudLanding(client, bucket).open(batch).content()) {
        assertThat(content.readAllBytes()).isEqualTo(LARGE);
      }
    }
  },
  LANDING_LIST {
    @Override
    void run(StorageClient client, String bucket) throws IOException {
      List<BatchRef> listed = new ArrayList<>();
      new CloudLanding(client, bucket).list(object -> listed.add(object.batch()));
      assertThat(listed).containsExactly(batch);
    }
  },
  STAGING_CREATE_SMALL {
    @Override
    void run(StorageClient client, String bucket) throws IOException {
      create(client, bucket, SMALL);
    }
  },
  STAGING_CREATE_LARGE {
    @Override
    void run(StorageClient client, String bucket) throws IOException {
      create(client, bucket, LARGE);
    }
  },
  STAGING_CREATE_IF_ABSENT {
    @Override
    void run(StorageClient client, String bucket) throws IOException {
      assertThat(new CloudStaging(client, bucket).createIfAbsent("manifest.json", SMALL)).isTrue();
      assertThat(direct.get().readAllBytes(BlobId.of(bucket, "manifest.json"))).isEqualTo(SMALL);
    }
  },
  STAGING_READ {
    @Override
    void run(StorageClient client, String bucket) throws IOException {
      assertThat(new CloudStaging(client, bucket).read(OBJECT)).hasValue(LARGE);
    }
  },
  STAGING_OPEN {
    @Override
    void run(StorageClient client, String bucket) throws IOException {
      try (InputStream content = new CloudStaging(client, bucket).open(OBJECT)) {
        assertThat(content.readAllBytes()).isEqualTo(LARGE);
      }
    }
  },
  STAGING_DELETE {
    @Override
    void run(StorageClient client, String bucket) throws IOException {
      new CloudStaging(client, bucket).delete(OBJECT);
      assertThat(direct.get().get(BlobId.of(bucket, OBJECT))).isNull();
    }
  },
  STATE_READ {
    @Override
    void run(StorageClient client, String bucket) throws IOException {
      State.Versioned read = new CloudState(client, bucket).read(OBJECT).orElseThrow();
      assertThat(read.generation()).isEqualTo(batch.generation());
      assertThat(read.content()).isEqualTo(LARGE);
    }
  },
  STATE_REPLACE {
    @Override
    void run(StorageClient client, String bucket) throws IOException {
      OptionalLong generation =
          new CloudState(client, bucket).replace(OBJECT, SMALL, batch.generation());
      Blob object = direct.get().get(BlobId.of(bucket, OBJECT));
      assertThat(generation).hasValue(object.getGeneration());
      assertThat(object.getContent()).isEqualTo(SMALL);
    }
  };

  private static final String OBJECT = "folder/object 1%.json";
  private static final byte[] SMALL = "small".getBytes(StandardCharsets.UTF_8);
  private static final byte[] LARGE = new byte[3_000_000];

  static {
    new Random(11).nextBytes(LARGE);
  }

  /** The object that is there before the call. */
  BatchRef batch;

  /** A client past all faults. */
  StorageClient direct;

  /** Puts the object there that the call is about. */
  void prepare(StorageClient client, String bucket) {
    direct = client;
    Blob object =
        client.get().create(BlobInfo.newBuilder(BlobId.of(bucket, OBJECT)).build(), LARGE);
    batch = new BatchRef(bucket, OBJECT, object.getGeneration());
  }

  /** Makes the call, and checks what it came to if it didn't fail. */
  abstract void run(StorageClient client, String bucket) throws IOException;

  void create(StorageClient client, String bucket, byte[] content) throws IOException {
    try (OutputStream out = new CloudStaging(client, bucket).create("part.jsonl")) {
      for (int done = 0; done < content.length; done += 65_536) {
        out.write(content, done, Math.min(65_536, content.length - done));
      }
    }
    assertThat(direct.get().readAllBytes(BlobId.of(bucket, "part.jsonl"))).isEqualTo(content);
  }
}
