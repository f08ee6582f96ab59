package dev.millrace.cli.forget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.ids.SearchedId;
import dev.millrace.embedded.EmbeddedPortsProvider;
import dev.millrace.loader.LoadOutcome.Loaded;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.Landing;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.schema.SchemaStore;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.loader.settings.Settings;
import dev.millrace.normalizer.IdField;
import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.privacy.PrivacyAction;
import dev.millrace.normalizer.privacy.PrivacyRule;
import dev.millrace.normalizer.privacy.PrivacyRules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person whose ids privacy rules have changed before they came into the tables. */
class PersonTest {
  private static final PrivacyRules RULES =
      new PrivacyRules(
          List.of(
              new PrivacyRule("userId", PrivacyAction.HASH),
              new PrivacyRule("anonymousId", PrivacyAction.MASK),
              new PrivacyRule("messageId", PrivacyAction.DROP)),
          new byte[16]);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String EVENTS =
      """
      {"event": "Order", "messageId": "1", "userId": "ada", "anonymousId": "x", "items": [{"sku": 1}]}
      {"event": "Order", "messageId": "2", "userId": "bob", "items": [{"sku": 2}]}
      """;

  /** A landing place that has the events, whatever is asked for. */
  private static final class OneObject implements Landing {
    @Override
    public Opened open(BatchRef batch) {
      byte[] content = EVENTS.getBytes(StandardCharsets.UTF_8);
      return new Opened(new ByteArrayInputStream(content), batch.generation(), content.length);
    }

    @Override
    public void list(Visitor visitor) {
      throw new UnsupportedOperationException("nobody lists it");
    }
  }

  @TempDir private Path folder;

  private Found find(SearchedId person) throws IOException {
    Settings settings =
        Settings.of(
                "embedded",
                Map.of(
                    "folder", folder.resolve("work").toString(),
                    "database", folder.resolve("shop.duckdb").toString()))
            .withNormalizer(NormalizerSettings.DEFAULT.withPrivacy(RULES));
    try (Ports ports = new EmbeddedPortsProvider().open(settings)) {
      Ports given = new Ports(ports.store().withLanding(new OneObject()), ports.warehouse());
      BatchRef batch = new BatchRef("landing", "monday", 1_795_451_447_000_000L);
      assertThat(new Loader(given, settings, Clock.systemUTC()).load(batch, PATIENCE))
          .isInstanceOf(Loaded.class);
      StoredSchema schema =
          StoredSchema.parse(
              ports.store().state().read(SchemaStore.OBJECT).orElseThrow().content());
      Dataset dataset = ports.warehouse().dataset();
      return new Search(new Questions(dataset), dataset.tables(), schema, person).find();
    }
  }

  @Test
  void a_hashed_id_is_found_by_its_hash() throws IOException {
    assertThat(find(SearchedId.of(IdField.USER_ID, "ada", RULES)).byTable())
        .isEqualTo(Map.of("order", 1L, "order__items", 1L));
  }

  @Test
  void a_masked_id_can_not_be_found_and_that_is_told() throws IOException {
    Found found = find(SearchedId.of(IdField.ANONYMOUS_ID, "x", RULES));

    assertThat(found.total()).isZero();
    assertThat(found.notes())
        .singleElement()
        .asString()
        .contains("a privacy rule says mask for anonymous_id");
  }

  @Test
  void a_dropped_message_id_is_found_by_the_row_id_that_was_made_of_it() throws IOException {
    Found found = find(SearchedId.of(IdField.MESSAGE_ID, "1", RULES));

    assertThat(found.byTable()).isEqualTo(Map.of("order", 1L, "order__items", 1L));
    assertThat(found.notes()).isEmpty();
  }
}
