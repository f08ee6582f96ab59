package dev.millrace.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.LoadOutcome.AlreadyLoaded;
import dev.millrace.loader.LoadOutcome.Loaded;
import dev.millrace.loader.LoadOutcome.TryAgain;
import dev.millrace.loader.erasure.Erasures;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.read.AvroObjects;
import dev.millrace.normalizer.IdField;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ErasedEventsTest {
  private static final String EVENTS =
      """
      {"event": "Order", "messageId": "1", "userId": "ada-lovelace", "items": [{"sku": "a"}]}
      {"event": "Order", "messageId": "2", "userId": "bob", "items": [{"sku": "b"}]}
      {"event": "Order", "messageId": "3", "userId": "ada-lovelace", broken
      {"event": "Page", "messageId": "4", "anonymousId": "x-1"}
      """;

  private final World world = new World();

  private void erase(IdField field, String id) throws IOException {
    new Erasures(world.state).add(field, id, world.clock.instant());
  }

  @Test
  void load_ofAnErasedPerson_accountsForTheEventsAndKeepsNothingOfThem() throws IOException {
    erase(IdField.USER_ID, "ada-lovelace");
    erase(IdField.ANONYMOUS_ID, "x-1");

    LoadReport report = ((Loaded) world.load(world.put("a", EVENTS))).report();

    assertThat(report.read()).isEqualTo(4);
    assertThat(report.loaded()).isEqualTo(1);
    assertThat(report.bad()).isEqualTo(3);
    assertThat(report.badByReason()).isEqualTo(Map.of("erased", 3L));
    List<JsonNode> bad = world.warehouse.rows("_millrace_bad_events");
    assertThat(bad).hasSize(3).allSatisfy(row -> assertThat(row.path("raw").asString()).isEmpty());
    assertThat(world.rows().toString()).doesNotContain("ada-lovelace").doesNotContain("x-1");
    assertThat(world.warehouse.rows("order__items")).hasSize(1);
  }

  @Test
  void load_anAvroMessageOfAnErasedPerson_isErasedToo() throws IOException {
    erase(IdField.MESSAGE_ID, "2");

    byte[] object = AvroObjects.plain(CodecFactory.nullCodec(), 2, List.of(EVENTS));
    LoadReport report = ((Loaded) world.load(world.put("a", object))).report();

    assertThat(report.badByReason()).isEqualTo(Map.of("erased", 1L, "malformed", 1L));
  }

  @Test
  void load_aBatchThatWasLoadedBeforeTheErasure_bringsNothingBack() throws IOException {
    BatchRef batch = world.put("a", EVENTS);
    world.load(batch);
    erase(IdField.USER_ID, "ada-lovelace");
    Map<String, List<String>> before = world.rows();

    assertThat(world.load(batch)).isInstanceOf(AlreadyLoaded.class);
    assertThat(world.rows()).isEqualTo(before);
  }

  @Test
  void load_whileTheListIsDamaged_waitsUntilItIsRestored() throws IOException {
    erase(IdField.USER_ID, "ada-lovelace");
    world.state.damage(Erasures.OBJECT);

    LoadOutcome outcome = world.load(world.put("a", EVENTS));

    assertThat(outcome).isInstanceOf(TryAgain.class);
    assertThat(((TryAgain) outcome).error()).isEqualTo(LoadError.MISCONFIGURED);
    assertThat(world.warehouse.tables()).isEmpty();
  }
}
