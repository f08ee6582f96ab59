package dev.millrace.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.LoadOutcome.AlreadyLoaded;
import dev.millrace.loader.LoadOutcome.Loaded;
import dev.millrace.loader.LoadOutcome.TryAgain;
import dev.millrace.loader.fakes.Faults;
import dev.millrace.loader.fakes.Faults.Moment;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.schema.SchemaStore;
import dev.millrace.loader.settings.SettingsReader;
import dev.millrace.normalizer.schema.DataType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Tables, columns and the schema object that somebody else changed between two batches. */
class ChangedByHandTest {
  private static final String SECOND =
      """
      {"event": "Order Completed", "messageId": "11", "total": 13, "coupon": "y"}
      {"event": "Order Completed", "messageId": "12", "total": "13", "gift": true}
      """;

  /** What happens between the batches. */
  enum Change {
    TYPE(world -> world.warehouse.retype("order_completed", "total", DataType.TEXT)),
    TWO_TYPES(
        world -> {
          world.warehouse.retype("order_completed", "total", DataType.BOOL);
          world.warehouse.retype("order_completed", "coupon", DataType.BIGINT);
        }),
    SCHEMA_LOST(world -> world.state.remove(SchemaStore.OBJECT)),
    SCHEMA_DAMAGED(world -> world.state.damage(SchemaStore.OBJECT)),
    SCHEMA_LOST_AND_COLUMN_ADDED(
        world -> {
          world.state.remove(SchemaStore.OBJECT);
          world.warehouse.retype("order_completed", "gift", DataType.TEXT);
        });

    final Consumer<World> by;

    Change(Consumer<World> by) {
      this.by = by;
    }
  }

  private static World afterTheFirst(Change change) {
    World world = new World();
    assertThat(world.load(world.put("a", LoaderTest.EVENTS))).isInstanceOf(Loaded.class);
    change.by.accept(world);
    return world;
  }

  private static List<JsonNode> second(World world) {
    return world.warehouse.rows("order_completed").stream().skip(2).toList();
  }

  @Test
  void load_intoAColumnOfAnotherType_takesWhatFits() {
    World world = afterTheFirst(Change.TYPE);
    world.load(world.put("b", SECOND));

    assertThat(second(world))
        .extracting(row -> row.get("total").asString())
        .containsExactly("13", "13");
  }

  @Test
  void load_intoAColumnThatItsValuesDoNotFit_putsThemIntoTheVariant() {
    World world = afterTheFirst(Change.TWO_TYPES);
    world.load(world.put("b", SECOND));

    assertThat(second(world).get(0).get("coupon__v_text").asString()).isEqualTo("y");
  }

  @Test
  void load_intoAColumnThatHasAHintForAnotherType_takesWhatFits() throws IOException {
    World world = new World();
    String settings = "columns: {order_completed: {total: {data_type: decimal, precision: 20}}}";
    world.settings =
        SettingsReader.over(world.settings)
            .read("millrace.yaml", settings.getBytes(StandardCharsets.UTF_8));
    world.load(world.put("a", LoaderTest.EVENTS));
    Change.TYPE.by.accept(world);

    assertThat(world.load(world.put("b", SECOND))).isInstanceOf(Loaded.class);
    assertThat(world.load(world.put("c", SECOND.replace("11", "21")))).isInstanceOf(Loaded.class);
    assertThat(second(world).get(0).get("total").asString()).isEqualTo("13");
  }

  @Test
  void load_intoAColumnOfATypeThatNoSchemaHas_isMisconfigured() {
    World world = new World();
    world.load(world.put("a", LoaderTest.EVENTS));
    world.warehouse.retype("order_completed", "total", null);
    BatchRef second = world.put("b", SECOND);

    assertThat(world.load(second))
        .isInstanceOfSatisfying(
            TryAgain.class,
            again -> {
              assertThat(again.error()).isEqualTo(LoadError.MISCONFIGURED);
              assertThat(again.detail()).contains("column total of table order_completed");
            });
    world.warehouse.retype("order_completed", "total", DataType.BIGINT);
    assertThat(world.load(second)).isInstanceOf(Loaded.class);
  }

  @Test
  void load_schemaLost_keepsItsColumns() {
    World world = afterTheFirst(Change.SCHEMA_LOST);
    world.load(world.put("b", SECOND));

    assertThat(second(world).get(1).propertyNames()).contains("total", "gift");
    assertThat(world.warehouse.rows("_millrace_schema_changes"))
        .extracting(
            row -> row.path("table_name").asString() + "." + row.path("column_name").asString(""))
        .as("columns that were there are not told again")
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void load_afterTheChangeAndWithAnyCallFailing_isTheSame(Change change) {
    World calm = afterTheFirst(change);
    int before = calm.faults.calls().size();
    calm.load(calm.put("b", SECOND));
    for (int call = before; call < calm.faults.calls().size(); call++) {
      for (Moment moment : Moment.values()) {
        World world = afterTheFirst(change);
        world.faults.failAt(call, moment, () -> new IOException("injected"));

        assertThat(world.load(world.put("b", SECOND)))
            .isInstanceOfAny(Loaded.class, AlreadyLoaded.class);
        assertThat(world.rows())
            .as("call %d, %s, %s", call, calm.faults.calls().get(call), moment)
            .isEqualTo(calm.rows());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void load_afterTheChangeAndDyingAtAnyCall_isTheSame(Change change) {
    World calm = afterTheFirst(change);
    int before = calm.faults.calls().size();
    calm.load(calm.put("b", SECOND));
    for (int call = before; call < calm.faults.calls().size(); call++) {
      World world = afterTheFirst(change);
      int dying = call;
      world.faults.failAt(call, Moment.AFTER, () -> new Faults.Crash("call " + dying));
      BatchRef batch = world.put("b", SECOND);
      try {
        world.load(batch);
      } catch (Faults.Crash e) {
        assertThat(world.load(batch)).isInstanceOfAny(Loaded.class, AlreadyLoaded.class);
      }
      assertThat(world.rows())
          .as("call %d, %s", call, calm.faults.calls().get(call))
          .isEqualTo(calm.rows());
    }
  }
}
