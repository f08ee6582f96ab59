package dev.millrace.loader.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.LoadId;
import dev.millrace.loader.Loader;
import dev.millrace.loader.fakes.FakeLanding;
import dev.millrace.loader.fakes.FakeStaging;
import dev.millrace.loader.fakes.FakeState;
import dev.millrace.loader.fakes.FakeWarehouse;
import dev.millrace.loader.fakes.Faults;
import dev.millrace.loader.fakes.ManualClock;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.BatchStore;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurveyTest {
  private static final Instant NOW = Instant.parse("2026-11-23T21:00:00Z");

  private final Faults faults = new Faults();
  private final FakeStaging staging = new FakeStaging(faults);
  private final FakeLanding landing = new FakeLanding(faults);
  private final FakeWarehouse warehouse = new FakeWarehouse(staging, faults);
  private final ManualClock clock = new ManualClock(NOW.toString());
  private final Ports ports =
      new Ports(new BatchStore(landing, staging, new FakeState(faults)), warehouse);
  private final Loader loader = new Loader(ports, Settings.of("memory", Map.of()), clock);

  private BatchRef object(String name, Duration age, String content) {
    long generation = ChronoUnit.MICROS.between(Instant.EPOCH, NOW.minus(age));
    BatchRef batch = new BatchRef("landing", name, generation);
    landing.put(batch, content.getBytes(StandardCharsets.UTF_8));
    return batch;
  }

  private SurveyReport survey(AgeWindow window) throws IOException {
    return new Survey(ports, window, clock).run(count -> {});
  }

  @Test
  void every_object_is_told_by_how_far_it_has_got() throws IOException {
    loader.load(object("in", Duration.ofHours(1), "{\"event\": \"e\"}"), Duration.ofMinutes(1));
    BatchRef broken = object("broken", Duration.ofHours(2), "x");
    landing.put(broken, new byte[] {0x1f, (byte) 0x8b, 0});
    loader.load(broken, Duration.ofMinutes(1));
    BatchRef half = object("half", Duration.ofHours(3), "{\"event\": \"e\"}\n{\"event\": \"e\"}");
    faults.failAlways("warehouse.load", () -> new LoadException(LoadError.OUT_OF_TIME, "late"));
    loader.load(half, Duration.ofMinutes(1));
    BatchRef never = object("never", Duration.ofHours(4), "{}");
    object("young", Duration.ofMinutes(29), "{}");

    SurveyReport report = survey(new AgeWindow(AgeWindow.USUAL_MIN_AGE, null));

    assertThat(report.objects()).isEqualTo(4);
    assertThat(report.in()).isEqualTo(1);
    assertThat(report.young()).isEqualTo(1);
    assertThat(report.failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.batch()).isEqualTo(broken.toString());
              assertThat(failure.code()).isEqualTo("object_unreadable");
            });
    assertThat(report.missing())
        .extracting(missing -> missing.batch() + " " + missing.state() + " " + missing.events())
        .containsExactly(never + " never_loaded null", half + " half_loaded 2");
    assertThat(report.missing().get(1).loadId()).isEqualTo(LoadId.of(half));
    assertThat(report.missingObjects()).isEqualTo(2);
  }

  @Test
  void of_many_the_oldest_thousand_are_named() throws IOException {
    for (int i = 0; i < 1_500; i++) {
      object("n" + i, Duration.ofHours(1).plusSeconds(i), "{}");
    }

    SurveyReport report = survey(new AgeWindow(Duration.ZERO, null));

    assertThat(report.neverLoaded()).isEqualTo(1_500);
    assertThat(report.missing()).hasSize(1_000);
    assertThat(report.missing().get(0).batch()).startsWith("landing/n1499#");
  }
}
