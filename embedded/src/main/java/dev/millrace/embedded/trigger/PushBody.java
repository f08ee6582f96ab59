package dev.millrace.embedded.trigger;

import dev.millrace.loader.ports.BatchRef;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The wrapped push of a Cloud Storage notification with payload JSON_API_V1: the object resource as
 * the message's data, base64, and what it is about in the message's attributes.
 */
final class PushBody {
  private static final DateTimeFormatter MILLIS = time("SSS");
  private static final DateTimeFormatter MICROS = time("SSSSSS");
  private static final String STORAGE = "https://www.googleapis.com/storage/v1/b/";
  private static final String DOWNLOAD = "https://storage.googleapis.com/download/storage/v1/b/";

  private final JsonMapper json = JsonMapper.builder().build();

  byte[] of(Notice notice, BatchRef batch, String subscription) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("attributes", attributes(batch));
    message.put("data", json.writeValueAsBytes(resource(notice.object(), batch)));
    message.put("messageId", notice.messageId());
    message.put("message_id", notice.messageId());
    message.put("publishTime", MILLIS.format(notice.publishTime()));
    message.put("publish_time", MILLIS.format(notice.publishTime()));
    Map<String, Object> push = new LinkedHashMap<>();
    push.put("message", message);
    push.put("subscription", subscription);
    return json.writeValueAsBytes(push);
  }

  private static Map<String, String> attributes(BatchRef batch) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("bucketId", batch.bucket());
    attributes.put("eventTime", MICROS.format(finalisedAt(batch)));
    attributes.put("eventType", "OBJECT_FINALIZE");
    attributes.put(
        "notificationConfig", "projects/_/buckets/" + batch.bucket() + "/notificationConfigs/1");
    attributes.put("objectGeneration", Long.toString(batch.generation()));
    attributes.put("objectId", batch.name());
    attributes.put("payloadFormat", "JSON_API_V1");
    return attributes;
  }

  // Numbers of 64 bits are strings, as in all of Cloud Storage's JSON.
  private static Map<String, String> resource(ObjectDescription object, BatchRef batch) {
    String generation = Long.toString(batch.generation());
    String path = batch.bucket() + "/o/" + percentEncoded(batch.name());
    String time = MILLIS.format(finalisedAt(batch));
    Map<String, String> resource = new LinkedHashMap<>();
    resource.put("kind", "storage#object");
    resource.put("id", batch.bucket() + "/" + batch.name() + "/" + generation);
    resource.put("selfLink", STORAGE + path);
    resource.put("name", batch.name());
    resource.put("bucket", batch.bucket());
    resource.put("generation", generation);
    resource.put("metageneration", "1");
    resource.put("contentType", object.contentType());
    resource.put("timeCreated", time);
    resource.put("updated", time);
    resource.put("storageClass", "STANDARD");
    resource.put("timeStorageClassUpdated", time);
    resource.put("size", Long.toString(object.bytes()));
    resource.put("md5Hash", object.md5());
    resource.put("mediaLink", DOWNLOAD + path + "?generation=" + generation + "&alt=media");
    resource.put("crc32c", object.crc32c());
    resource.put("etag", etag(batch.generation()));
    return resource;
  }

  private static Instant finalisedAt(BatchRef batch) {
    return Instant.EPOCH.plus(batch.generation(), ChronoUnit.MICROS);
  }

  // Cloud Storage's etags are two protobuf fields, generation and metageneration, in base64.
  private static String etag(long generation) {
    ByteBuffer fields = ByteBuffer.allocate(13).put((byte) 0x08);
    long rest = generation;
    while (rest > 0x7f) {
      fields.put((byte) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    fields.put((byte) rest).put((byte) 0x10).put((byte) 1).flip();
    byte[] bytes = new byte[fields.remaining()];
    fields.get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String percentEncoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static DateTimeFormatter time(String fraction) {
    return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss." + fraction + "'Z'")
        .withZone(ZoneOffset.UTC);
  }
}
