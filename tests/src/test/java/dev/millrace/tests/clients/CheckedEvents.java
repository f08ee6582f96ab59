package dev.millrace.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.dataset.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Events whose values a lossy way would change, and what their rows must be.
 *
 * @param client who publishes them
 * @param count how many
 */
record CheckedEvents(String client, int count) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** One JSON object a line. */
  Path writeTo(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      lines.add(
          """
          {"event":"Client Checked","messageId":"%s-%d","properties":{"number":%d,"ratio":%s,\
          "beyond doubles":%d,"text":"%s","sure":%b,"tags":["first","n%d"]}}"""
              .formatted(client, n, n, n + 0.25, beyondDoubles(n), text(n), n % 2 == 0, n));
    }
    return Files.write(file, lines);
  }

  /** Waits for the events and checks their rows: every one once, every value as it was sent. */
  void assertLoadedInto(Dataset dataset) throws Exception {
    dataset.awaitEventsRead(count, PATIENCE);
    List<List<Object>> events =
        dataset.rows(
            """
            select message_id, properties__number, properties__ratio, properties__beyond_doubles,
                   properties__text, properties__sure
            from client_checked order by properties__number
            """);
    List<List<Object>> tags =
        dataset.rows(
            """
            select event.properties__number, tag.value
            from client_checked__properties__tags tag
            join client_checked event on event._dlt_id = tag._dlt_parent_id
            order by 1, tag._dlt_list_idx
            """);
    List<List<Object>> expectedEvents = new ArrayList<>();
    List<List<Object>> expectedTags = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      expectedEvents.add(
          List.of(client + "-" + n, (long) n, n + 0.25, beyondDoubles(n), text(n), n % 2 == 0));
      expectedTags.add(List.of((long) n, "first"));
      expectedTags.add(List.of((long) n, "n" + n));
    }
    assertThat(events).isEqualTo(expectedEvents);
    assertThat(tags).isEqualTo(expectedTags);
  }

  private static long beyondDoubles(int n) {
    return (1L << 53) + 1 + 2L * n;
  }

  private static String text(int n) {
    return "Größe " + n + " 日本 𝄞";
  }
}
