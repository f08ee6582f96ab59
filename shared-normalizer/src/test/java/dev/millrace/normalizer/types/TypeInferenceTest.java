package dev.millrace.normalizer.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeInferenceTest {
  @ParameterizedTest
  @CsvSource({
    "iso_timestamp, 2024-05-01, TEXT",
    "iso_timestamp, 2024-05-01T10:00:00Z, TIMESTAMP",
    "iso_date, 2024-05-01, DATE",
    "iso_date, 2024-W18-3, DATE",
    "iso_date, 10:00:00, TEXT",
    "iso_date, '', TEXT",
    "iso_date, 2024-05-01T10:00:00Z, TEXT",
    "wei_to_double, 2024-05-01T10:00:00Z, TEXT",
  })
  void of_findsWhatTheSchemasDetectionsLookFor(String detection, String text, DataType expected) {
    Schema schema =
        Schema.initial("millrace").withSettings(Map.of("detections", List.of(detection)));

    assertThat(TypeInference.of(schema).of(new RawValue(RawValue.Kind.STRING, text)))
        .isEqualTo(expected);
  }
}
