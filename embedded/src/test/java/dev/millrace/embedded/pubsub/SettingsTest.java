package dev.millrace.embedded.pubsub;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @ParameterizedTest
  @CsvSource({
    "PT0.999S, 1000, 1000, from 1 s to 10 min",
    "PT10M0.001S, 1000, 1000, from 1 s to 10 min",
    "PT1S, 999, 1000, from 1 KB",
    "PT1S, 10737418241, 1000, to 10 GiB",
    "PT1S, 1000, 999, 1000 or more"
  })
  void limitsOutsideTheCloudsRange_areRefused(
      Duration duration, long bytes, long messages, String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchLimits(duration, bytes, messages))
        .withMessageContaining(words);
  }

  @Test
  void limitsAtTheEnds_pass() {
    assertThatNoException().isThrownBy(() -> new BatchLimits(Duration.ofSeconds(1), 1_000, 1_000));
    assertThatNoException()
        .isThrownBy(() -> new BatchLimits(Duration.ofMinutes(10), 10L << 30, Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "1abc", "googabc", "a b c", "a/b"})
  void topicThatPubSubWouldRefuse_isRefused(String topic) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopicNames("demo", topic, "subscription"))
        .withMessageContaining("The topic '" + topic + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "Demo", "-demo", "demo-"})
  void projectThatIsNone_isRefused(String project) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopicNames(project, "topic", "subscription"))
        .withMessageContaining("The project '" + project + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "bk, a, b, bucket",
    "bucket, a, b/, end in",
    "bucket, /a, b, folder",
    "bucket, a/../b, c, folder",
    "bucket, a//b, c, folder",
    "bucket, a\\b, c, folder"
  })
  void namesThatCannotBeObjects_areRefused(
      String bucket, String prefix, String suffix, String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectNames(bucket, prefix, suffix))
        .withMessageContaining(words);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void portThatIsNone_isRefused(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pipeline.TEXT.withPort(port))
        .withMessageContaining("0 (any free one) to 65535");
  }
}
