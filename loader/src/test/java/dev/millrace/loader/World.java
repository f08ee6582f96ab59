package dev.millrace.loader;

import dev.millrace.loader.fakes.FakeLanding;
import dev.millrace.loader.fakes.FakeStaging;
import dev.millrace.loader.fakes.FakeState;
import dev.millrace.loader.fakes.FakeTopics;
import dev.millrace.loader.fakes.FakeWarehouse;
import dev.millrace.loader.fakes.Faults;
import dev.millrace.loader.fakes.ManualClock;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.BatchStore;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.read.BatchReader;
import dev.millrace.loader.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Ports in memory, a clock that is moved by waiting, and loaders over them. */
final class World {
  static final Duration BUDGET = Duration.ofSeconds(540);
  private static final Set<String> DIFFERS_BY_ATTEMPT =
      Set.of(
          "recorded_at",
          "attempt",
          "started_at",
          "sealed_at",
          "committed_at",
          "inserted_at",
          "created_at");

  final Faults faults = new Faults();
  final FakeLanding landing = new FakeLanding(faults);
  final FakeStaging staging = new FakeStaging(faults);
  final FakeState state = new FakeState(faults);
  final FakeWarehouse warehouse = new FakeWarehouse(staging, faults);
  final FakeTopics topics = new FakeTopics(faults);
  final ManualClock clock = new ManualClock("2026-11-23T21:00:00Z");
  final List<Duration> waits = new ArrayList<>();
  Settings settings = Settings.of("memory", Map.of());
  private final Random random = new Random(7);

  Ports ports() {
    return new Ports(
        new BatchStore(landing, staging, state),
        warehouse,
        topics.noticeTopic(),
        topics.schemaChangeTopic());
  }

  Loader loader() {
    return loader(new BatchReader(BatchReader.DEFAULT_MAX_UNPACKED_BYTES));
  }

  Loader loader(BatchReader reader) {
    return new Loader(
        ports(), settings, reader, new Loader.Surroundings(clock, this::sleep, random));
  }

  private synchronized void sleep(Duration time) {
    waits.add(time);
    clock.advance(time);
  }

  BatchRef put(String name, String content) {
    return put(name, content.getBytes(StandardCharsets.UTF_8));
  }

  BatchRef put(String name, byte[] content) {
    BatchRef batch =
        new BatchRef("landing", name, 1_795_451_447_000_000L + Math.abs(name.hashCode() % 1000));
    landing.put(batch, content);
    return batch;
  }

  LoadOutcome load(BatchRef batch) {
    return loader().load(batch, BUDGET);
  }

  /** All rows of all tables, without what differs from attempt to attempt. */
  Map<String, List<String>> rows() {
    Map<String, List<String>> rows = new TreeMap<>();
    for (String table : warehouse.tables()) {
      List<String> lines = new ArrayList<>();
      for (JsonNode row : warehouse.rows(table)) {
        ObjectNode copy = (ObjectNode) row.deepCopy();
        copy.remove(DIFFERS_BY_ATTEMPT);
        lines.add(copy.toString());
      }
      lines.sort(null);
      rows.put(table, lines);
    }
    return rows;
  }
}
