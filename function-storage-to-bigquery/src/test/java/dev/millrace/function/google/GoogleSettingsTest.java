package dev.millrace.function.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleSettingsTest {
  private static final Map<String, String> LEAST =
      Map.of(
          "project", "acme",
          "landing_bucket", "landing",
          "staging_bucket", "staging",
          "state_bucket", "state");

  @Test
  void projectAndBucketsAreAllThatMustBeSet() throws LoadException {
    assertThat(GoogleSettings.of(LEAST))
        .isEqualTo(new GoogleSettings("acme", null, "landing", "staging", "state", null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"project", "landing_bucket", "staging_bucket", "state_bucket"})
  void whatIsMissingIsNamed(String key) {
    Map<String, String> set = new HashMap<>(LEAST);
    set.put(key, " ");

    assertThat(failure(set)).startsWith("ports." + key + " is missing: name ");
  }

  @Test
  void aSettingThatThereIsNotIsNamedWithThoseThatThereAre() {
    assertThat(failure(with("landing", "x")))
        .startsWith("ports of kind google have no setting landing; they have project, location");
  }

  @Test
  void aBucketIsNoAddress() {
    assertThat(failure(with("state_bucket", "gs://state")))
        .isEqualTo(
            "ports.state_bucket is gs://state: write the bucket's name alone, without gs:// and"
                + " without a path");
  }

  @Test
  void aTopicIsOfTheSameProjectUnlessItSaysWhich() throws LoadException {
    assertThat(GoogleSettings.of(with("notice_topic", "batches")).noticeTopic())
        .isEqualTo("projects/acme/topics/batches");
    assertThat(
            GoogleSettings.of(with("schema_change_topic", "projects/other/topics/changes"))
                .schemaChangeTopic())
        .isEqualTo("projects/other/topics/changes");
  }

  private static Map<String, String> with(String key, String value) {
    Map<String, String> set = new HashMap<>(LEAST);
    set.put(key, value);
    return set;
  }

  private static String failure(Map<String, String> set) {
    LoadException failure = catchThrowableOfType(LoadException.class, () -> GoogleSettings.of(set));
    assertThat(failure.error()).isEqualTo(LoadError.MISCONFIGURED);
    return failure.getMessage();
  }
}
