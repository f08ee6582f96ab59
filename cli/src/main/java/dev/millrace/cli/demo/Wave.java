package dev.millrace.cli.demo;

import java.util.List;
import java.util.Map;

/**
 * What is published and then loaded before the next wave is published.
 *
 * @param news what it has that those before it had not, for a person
 * @param events in order
 * @param malformed payloads that are no JSON
 */
record Wave(String news, List<Map<String, Object>> events, List<byte[]> malformed) {
  Wave {
    events = List.copyOf(events);
    malformed = List.copyOf(malformed);
  }

  int payloads() {
    return events.size() + malformed.size();
  }
}
