package dev.millrace.loader.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.fakes.FakeStaging;
import dev.millrace.loader.fakes.Faults;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.SchemaChange;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackagesTest {
  private static final BatchRef BATCH = new BatchRef("landing", "a.avro", 1_795_451_447_201_694L);

  private final FakeStaging staging = new FakeStaging(new Faults());
  private final Iterator<String> ids = List.of("first", "second").iterator();
  private final Packages packages = new Packages(staging, ids::next);

  private Attempt attempt() throws IOException {
    Attempt attempt = packages.attempt(BATCH, "1.5");
    attempt.rows("orders", new byte[] {'{', '}', '\n'}, 0, 3, 1);
    attempt.close();
    return attempt;
  }

  private static Manifest manifest(Attempt attempt) {
    return new Manifest(
        "1.5",
        attempt.id(),
        "avro",
        99,
        Map.of("orders", new PackageTable(List.of("a"), 1, 3, List.of())),
        attempt.badEvents(),
        new Manifest.Counts(4, 1, 2, 1, 0),
        Map.of("malformed", 1L),
        Map.of(),
        Map.of("nesting", 2L),
        new Manifest.SchemaVersion(3, "hash", 7, "packages/1.5/first/schema.json"),
        List.of(
            new SchemaChange(
                SchemaChange.Kind.VARIANT,
                "orders",
                "a__v_text",
                DataType.BIGINT,
                DataType.TEXT,
                "id",
                null)),
        Instant.parse("2026-11-23T21:00:00.000001Z"),
        Instant.parse("2026-11-23T21:00:01Z"));
  }

  @Test
  void find_sealedPackage_isTheManifestAsItWasWritten() throws IOException {
    Attempt attempt = attempt();
    Manifest manifest = manifest(attempt);
    packages.seal(attempt, manifest);

    assertThat(packages.find("1.5")).contains(manifest);
  }

  @Test
  void seal_afterAnother_givesTheOthersAndDropsOwnParts() throws IOException {
    Attempt first = attempt();
    Attempt second = attempt();
    Manifest sealed = packages.seal(first, manifest(first));

    assertThat(packages.seal(second, manifest(second))).isEqualTo(sealed);
    assertThat(staging.paths())
        .containsExactly("packages/1.5/first/orders.0.jsonl", "packages/1.5/manifest.json");
  }

  @Test
  void seal_repeatedAfterAnAnswerWasLost_keepsOwnParts() throws IOException {
    Attempt first = attempt();
    packages.seal(first, manifest(first));

    assertThat(packages.seal(first, manifest(first)).attempt()).isEqualTo("first");
    assertThat(staging.paths()).contains("packages/1.5/first/orders.0.jsonl");
  }

  @Test
  void find_damagedManifest_namesIt() throws IOException {
    staging.createIfAbsent("packages/1.5/manifest.json", new byte[] {'{'});

    assertThatThrownBy(() -> packages.find("1.5"))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("packages/1.5/manifest.json");
  }

  @Test
  void open_schemaGone_saysWhatToDo() throws IOException {
    Attempt attempt = attempt();

    assertThatThrownBy(() -> packages.open(manifest(attempt)))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("packages/1.5/first/schema.json");
  }
}
