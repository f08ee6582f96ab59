package dev.millrace.normalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.SchemaChange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangePlacesTest {
  private static final EventOrigin OBJECT = new EventOrigin("b:object:", 1, null, 0);
  private static final EventOrigin MESSAGE = new EventOrigin("p:m7:", 1, "m7", 7);

  private final Normalizer normalizer =
      new Normalizer(
          Schema.initial("millrace"),
          Map.of(),
          NormalizerSettings.DEFAULT,
          "1.0",
          (table, buffer, offset, length, rows) -> {},
          event -> {});

  @Test
  void changePlaces_areThoseOfTheFirstEventsThatNeedTheChanges() throws IOException {
    String events =
        """
        {"event": "a", "n": 1}
        {"event": "a", "n": "bad", "n2": [[}
        {"event": "a", "n": 2}
        {"event": "a", "n": "x"}
        {"event": "b"}
        """;
    normalizer.text(new ByteArrayInputStream(events.getBytes(StandardCharsets.UTF_8)), OBJECT);
    byte[] message = "7 {\"event\": \"c\"}".getBytes(StandardCharsets.UTF_8);
    normalizer.message(message, 0, message.length, MESSAGE);

    List<SchemaChange> changes = normalizer.finish().changes();

    assertThat(changes)
        .extracting(SchemaChange::table, SchemaChange::column)
        .containsExactly(
            tuple("a", null), tuple("a", "n__v_text"), tuple("b", null), tuple("c", null));
    assertThat(normalizer.changePlaces())
        .containsExactly(
            new EventPlace(OBJECT, 0, 0),
            new EventPlace(OBJECT, 3, events.indexOf("{\"event\": \"a\", \"n\": \"x\"}")),
            new EventPlace(OBJECT, 4, events.indexOf("{\"event\": \"b\"}")),
            new EventPlace(MESSAGE, 1, 2));
  }
}
