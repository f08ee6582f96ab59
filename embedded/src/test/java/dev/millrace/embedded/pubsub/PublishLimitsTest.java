package dev.millrace.embedded.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PublishLimitsTest {
  private static final PubsubMessage.Builder MESSAGE =
      PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8("x"));

  @Test
  void requestAtEveryLimit_passes() {
    PubsubMessage.Builder largest = MESSAGE.clone().setOrderingKey("k".repeat(1024));
    IntStream.range(100, 200)
        .forEach(i -> largest.putAttributes("k".repeat(253) + i, "v".repeat(1024)));

    assertThat(PublishLimits.broken(request(largest, 70))).isEmpty();
  }

  @Test
  void messageWithAttributesAlone_passes() {
    assertThat(PublishLimits.broken(request(PubsubMessage.newBuilder().putAttributes("k", ""), 1)))
        .isEmpty();
  }

  @Test
  void thousandMessages_passAndOneMoreDoesNot() {
    assertThat(PublishLimits.broken(request(MESSAGE, 1_000))).isEmpty();
    assertBroken(request(MESSAGE, 1_001), "has 1001 messages; Pub/Sub takes at most 1000");
  }

  @Test
  void noMessages_areRefused() {
    assertBroken(request(MESSAGE, 0), "has no messages");
  }

  @Test
  void emptyMessage_isRefusedByItsPosition() {
    PublishRequest request =
        request(MESSAGE, 2).toBuilder().addMessages(PubsubMessage.newBuilder()).build();

    assertBroken(request, "Message 2 of the publish request is empty");
  }

  @Test
  void messageWithAnOrderingKeyAlone_isRefused() {
    assertBroken(request(PubsubMessage.newBuilder().setOrderingKey("k"), 1), "is empty");
  }

  @Test
  void tooManyAttributes_areRefused() {
    PubsubMessage.Builder message = MESSAGE.clone();
    IntStream.range(0, 101).forEach(i -> message.putAttributes("k" + i, "v"));

    assertBroken(request(message, 1), "has 101 attributes");
  }

  @Test
  void tooLongAttributeKey_isRefusedInBytes() {
    assertBroken(
        request(MESSAGE.clone().putAttributes("é".repeat(129), "v"), 1), "key of 258 bytes");
  }

  @Test
  void emptyAttributeKey_isRefused() {
    assertBroken(request(MESSAGE.clone().putAttributes("", "v"), 1), "key of 0 bytes");
  }

  @Test
  void tooLongAttributeValue_isRefusedByItsKey() {
    assertBroken(
        request(MESSAGE.clone().putAttributes("name", "v".repeat(1025)), 1),
        "1025 bytes in its attribute name");
  }

  @Test
  void tooLongOrderingKey_isRefused() {
    assertBroken(
        request(MESSAGE.clone().setOrderingKey("k".repeat(1025)), 1), "ordering key of 1025");
  }

  @Test
  void tooManyBytes_areRefused() {
    PubsubMessage.Builder half = MESSAGE.clone().setData(ByteString.copyFrom(new byte[5_000_000]));

    assertBroken(request(half, 2), "at most 10 MB");
  }

  private static void assertBroken(PublishRequest request, String words) {
    assertThat(PublishLimits.broken(request)).get().asString().contains(words);
  }

  private static PublishRequest request(PubsubMessage.Builder message, int times) {
    return PublishRequest.newBuilder()
        .addAllMessages(Collections.nCopies(times, message.build()))
        .build();
  }
}
