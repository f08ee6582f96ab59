package dev.millrace.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.erasure.Erasures;
import dev.millrace.loader.fakes.FakeWarehouse;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.BatchStore;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.schema.DatasetPlaces;
import dev.millrace.loader.settings.Settings;
import dev.millrace.normalizer.IdField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatasetPlacesTest {
  private static final Duration BUDGET = Duration.ofMinutes(1);

  private final World world = new World();
  private final FakeWarehouse rebuilt = new FakeWarehouse(world.staging, world.faults);
  private final BatchRef batch = world.put("a", "{\"name\": \"x\", \"event\": \"y\"}");
  private final Settings settings = world.settings.withDataset("rebuilt");

  private Loader loaderOf(BatchStore store) {
    Settings changed = settings.withNormalizer(settings.normalizer().withEventNameField("name"));
    return new Loader(new Ports(store, rebuilt), changed, world.clock);
  }

  @Test
  void aSecondDataset_hasPackagesAndSchemaOfItsOwn() throws IOException {
    world.load(batch);
    BatchStore store = world.ports().store();

    loaderOf(DatasetPlaces.of(store, "rebuilt", "telemetry")).load(batch, BUDGET);

    assertThat(world.warehouse.rows("y")).hasSize(1);
    assertThat(rebuilt.rows("x")).hasSize(1);
    assertThat(rebuilt.tables()).doesNotContain("y");
    assertThat(new String(schemaObject("schema.json"), StandardCharsets.UTF_8))
        .contains("\"y\"")
        .doesNotContain("\"x\"");
    assertThat(world.staging.paths())
        .contains(
            "packages/" + LoadId.of(batch) + "/manifest.json",
            "datasets/rebuilt/packages/" + LoadId.of(batch) + "/manifest.json");
  }

  @Test
  void whoIsForgotten_isSkippedInEveryDataset() throws IOException {
    BatchRef ofAda = world.put("b", "{\"name\": \"x\", \"userId\": \"ada\"}");
    new Erasures(world.state).add(IdField.USER_ID, "ada", world.clock.instant());
    BatchStore store = world.ports().store();

    loaderOf(DatasetPlaces.of(store, "rebuilt", "telemetry")).load(ofAda, BUDGET);

    assertThat(rebuilt.tables()).doesNotContain("x");
    assertThat(rebuilt.rows("_millrace_bad_events"))
        .extracting(row -> row.get("reason").asString())
        .containsExactly("erased");
  }

  @Test
  void aDatasetThatBecameTheLiveOne_findsItsOwnPlacesAgain() throws IOException {
    world.load(batch);
    BatchStore store = world.ports().store();
    loaderOf(DatasetPlaces.of(store, "rebuilt", "telemetry")).load(batch, BUDGET);

    assertThat(DatasetPlaces.of(store, world.settings.dataset())).isSameAs(store);
    assertThat(loaderOf(DatasetPlaces.of(store, "rebuilt")).load(batch, BUDGET))
        .isInstanceOf(LoadOutcome.AlreadyLoaded.class);
    assertThat(rebuilt.rows("x")).hasSize(1);
  }

  @Test
  void aSecondDataset_isNotTheFirst_alsoBeforeTheFirstHasEvents() throws IOException {
    BatchStore store = world.ports().store();

    loaderOf(DatasetPlaces.of(store, "rebuilt", "telemetry")).load(batch, BUDGET);
    world.load(batch);

    assertThat(world.warehouse.rows("y")).hasSize(1);
    assertThat(rebuilt.rows("x")).hasSize(1);
  }

  @Test
  void whatIsNoDatasetsOwn_isCommonToThem() throws IOException {
    world.load(batch);
    BatchStore store = world.ports().store();
    String sha256 = "0".repeat(64);
    BatchRef first = new ContentBatches(store.state(), world.clock).batch(sha256);
    world.clock.advance(Duration.ofDays(1));

    assertThat(
            new ContentBatches(DatasetPlaces.of(store, "rebuilt", "telemetry").state(), world.clock)
                .batch(sha256))
        .isEqualTo(first);
  }

  private byte[] schemaObject(String name) throws IOException {
    return world.state.read(name).orElseThrow().content();
  }
}
