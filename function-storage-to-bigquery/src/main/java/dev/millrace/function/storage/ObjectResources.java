package dev.millrace.function.storage;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import dev.millrace.loader.ports.BatchRef;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The object resources of a bucket, as its notifications carry them. Thread-safe. */
public final class ObjectResources {
  /** As Cloud Storage writes it: always three digits of a second's fraction. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final StorageClient client;
  private final StorageFailures failures;

  public ObjectResources(StorageClient client, String bucket) {
    this.client = Objects.requireNonNull(client, "client");
    this.failures = new StorageFailures(bucket, "roles/storage.objectViewer");
  }

  /**
   * The resource of an object.
   *
   * @throws NoSuchFileException if it isn't there at its generation
   */
  public ObjectResource of(BatchRef batch) throws IOException {
    BlobId id = BlobId.of(batch.bucket(), batch.name(), batch.generation());
    Blob object = failures.translating(batch.name(), () -> client.get().get(id));
    if (object == null) {
      throw new NoSuchFileException(
          batch.toString(), null, "it is not in the bucket, or no longer");
    }
    String created = time(object.getCreateTimeOffsetDateTime());
    return new ObjectResource(JSON.writeValueAsBytes(resource(object, created)), created);
  }

  private static ObjectNode resource(Blob object, String created) {
    String generation = Long.toString(object.getGeneration());
    ObjectNode resource = JSON.createObjectNode();
    resource.put("kind", "storage#object");
    resource.put("id", object.getBucket() + "/" + object.getName() + "/" + generation);
    put(resource, "selfLink", object.getSelfLink());
    resource.put("name", object.getName());
    resource.put("bucket", object.getBucket());
    resource.put("generation", generation);
    put(resource, "metageneration", text(object.getMetageneration()));
    put(resource, "contentType", object.getContentType());
    resource.put("timeCreated", created);
    OffsetDateTime updated = object.getUpdateTimeOffsetDateTime();
    resource.put("updated", updated == null ? created : time(updated));
    put(resource, "storageClass", text(object.getStorageClass()));
    resource.put("size", Long.toString(object.getSize()));
    put(resource, "md5Hash", object.getMd5());
    put(resource, "mediaLink", object.getMediaLink());
    put(resource, "contentEncoding", object.getContentEncoding());
    put(resource, "crc32c", object.getCrc32c());
    put(resource, "etag", object.getEtag());
    return resource;
  }

  /** Cloud Storage leaves out what an object doesn't have. */
  private static void put(ObjectNode resource, String field, String value) {
    if (value != null) {
      resource.put(field, value);
    }
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }

  private static String time(OffsetDateTime time) {
    return TIME.format(Instant.from(time));
  }
}
