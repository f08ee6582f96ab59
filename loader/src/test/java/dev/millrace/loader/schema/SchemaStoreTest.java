package dev.millrace.loader.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.fakes.FakeStaging;
import dev.millrace.loader.fakes.FakeState;
import dev.millrace.loader.fakes.FakeWarehouse;
import dev.millrace.loader.fakes.Faults;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Warehouse.OtherColumn;
import dev.millrace.loader.system.DltRows;
import dev.millrace.normalizer.Guards;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.SchemaChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaStoreTest {
  private static final Column ID = Column.of("id", DataType.TEXT);

  private final Faults faults = new Faults();
  private final FakeState state = new FakeState(faults);
  private final FakeWarehouse warehouse = new FakeWarehouse(new FakeStaging(faults), faults);
  private final SchemaStore store =
      new SchemaStore(state, warehouse, "millrace", "telemetry", Guards.DEFAULT);

  private StoredSchema saved(Batches batches, String loadId) throws IOException {
    SaveOutcome outcome = store.save(batches.base(), batches.batch(), loadId);
    assertThat(outcome).isInstanceOf(SaveOutcome.Saved.class);
    return ((SaveOutcome.Saved) outcome).stored();
  }

  private String clash(Batches batches) throws IOException {
    SaveOutcome outcome = store.save(batches.base(), batches.batch(), "late");
    assertThat(outcome).isInstanceOf(SaveOutcome.Clashed.class);
    return ((SaveOutcome.Clashed) outcome).detail();
  }

  /** A stored schema with a table {@code orders(id)}. */
  private StoredSchema orders() throws IOException {
    return saved(Batches.on(store.read()).table("orders", null, ID), "first");
  }

  @Test
  void read_nothingStored_isTheInitialSchema() throws IOException {
    assertThat(store.read().generation()).isZero();
    assertThat(store.read().schema().tables())
        .containsOnlyKeys("_dlt_version", "_dlt_loads", "_dlt_pipeline_state");
  }

  @Test
  void save_emptyFirstBatch_savesTheInitialSchema() throws IOException {
    assertThat(saved(Batches.on(store.read()), "load").schema().version()).isEqualTo(1);
  }

  @Test
  void save_nothingNew_writesNothing() throws IOException {
    StoredSchema before = orders();

    assertThat(saved(Batches.on(before), "load")).isSameAs(before);
  }

  @Test
  void save_newTable_isReadBackWithItsLoad() throws IOException {
    StoredSchema saved =
        saved(
            Batches.on(store.read()).table("orders", null, ID).rawPath("orders", "Orders!"), "l1");

    assertThat(store.read()).isEqualTo(saved);
    assertThat(saved.schema().versionHash()).isEqualTo(store.read().schema().versionHash());
    assertThat(saved.broughtBy("l1")).extracting(SchemaChange::table).containsExactly("orders");
    assertThat(saved.broughtBy("l2")).isEmpty();
  }

  @Test
  void save_secondVersion_hasTheFirstInItsHistory() throws IOException {
    StoredSchema first = orders();
    StoredSchema second = saved(Batches.on(first).column("orders", "a", DataType.TEXT), "second");

    assertThat(second.schema().version()).isEqualTo(2);
    assertThat(second.schema().previousHashes()).containsExactly(first.schema().versionHash());
  }

  @Test
  void save_lostRaceForOtherColumns_keepsBoth() throws IOException {
    StoredSchema base = orders();
    saved(Batches.on(base).column("orders", "theirs", DataType.BIGINT), "theirs");

    StoredSchema merged = saved(Batches.on(base).column("orders", "ours", DataType.TEXT), "ours");

    assertThat(merged.schema().table("orders").columns()).containsOnlyKeys("id", "theirs", "ours");
    assertThat(merged.schema().version()).isEqualTo(3);
    assertThat(merged.broughtBy("ours")).extracting(SchemaChange::column).containsExactly("ours");
    assertThat(merged.broughtBy("theirs"))
        .extracting(SchemaChange::column)
        .containsExactly("theirs");
  }

  @Test
  void save_raceLostBetweenReadAndReplace_keepsBoth() throws IOException {
    StoredSchema base = orders();
    state.beforeNextReplace(
        () -> {
          try {
            saved(Batches.on(base).column("orders", "theirs", DataType.BIGINT), "theirs");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });

    StoredSchema merged = saved(Batches.on(base).column("orders", "ours", DataType.TEXT), "ours");

    assertThat(merged.schema().table("orders").columns()).containsOnlyKeys("id", "theirs", "ours");
  }

  @Test
  void save_sameColumnOfSameType_isTheirs() throws IOException {
    StoredSchema base = orders();
    StoredSchema theirs = saved(Batches.on(base).column("orders", "a", DataType.TEXT), "theirs");

    StoredSchema ours = saved(Batches.on(base).column("orders", "a", DataType.TEXT), "ours");

    assertThat(ours).isEqualTo(theirs);
    assertThat(ours.broughtBy("ours")).isEmpty();
  }

  @Test
  void save_sameColumnOfOtherType_clashes() throws IOException {
    StoredSchema base = orders();
    saved(Batches.on(base).column("orders", "a", DataType.TEXT), "theirs");

    assertThat(clash(Batches.on(base).column("orders", "a", DataType.BIGINT))).contains("orders.a");
  }

  @Test
  void save_sameTableOfOtherParent_clashes() throws IOException {
    StoredSchema base = orders();
    saved(Batches.on(base).table("orders__items", "orders", ID), "theirs");

    assertThat(clash(Batches.on(base).table("orders__items", null, ID))).contains("parents");
  }

  @Test
  void save_sameNewTableWithOtherColumns_clashes() throws IOException {
    StoredSchema base = orders();
    saved(Batches.on(base).table("pages", null, ID), "theirs");

    assertThat(clash(Batches.on(base).table("pages", null, Column.of("a", DataType.TEXT))))
        .contains("pages");
  }

  @Test
  void save_sameNameOfOtherRawPath_clashes() throws IOException {
    StoredSchema base = orders();
    saved(
        Batches.on(base).column("orders", "a_x1", DataType.TEXT).rawPath("orders.a_x1", "A"),
        "theirs");

    assertThat(
            clash(
                Batches.on(base)
                    .column("orders", "a_x1", DataType.TEXT)
                    .rawPath("orders.a_x1", "a!")))
        .contains("orders.a_x1");
  }

  @Test
  void save_columnsEqualButForCase_clash() throws IOException {
    StoredSchema base = orders();
    saved(Batches.on(base).column("orders", "Ä", DataType.TEXT), "theirs");

    assertThat(clash(Batches.on(base).column("orders", "ä", DataType.TEXT))).contains("case");
  }

  @Test
  void save_tablesEqualButForCase_clash() throws IOException {
    StoredSchema base = orders();
    saved(Batches.on(base).table("Pages", null, ID), "theirs");

    assertThat(clash(Batches.on(base).table("pages", null, ID))).contains("case");
  }

  @Test
  void save_moreTablesTogetherThanTheGuard_clashes() throws IOException {
    SchemaStore narrow =
        new SchemaStore(
            state, warehouse, "millrace", "telemetry", new Guards(20, 2_000, 2, 1 << 20));
    StoredSchema base = orders();
    saved(Batches.on(base).table("pages", null, ID), "theirs");
    Batches ours = Batches.on(base).table("clicks", null, ID);

    assertThat(narrow.save(base, ours.batch(), "ours")).isInstanceOf(SaveOutcome.Clashed.class);
  }

  @Test
  void save_aLongerSchemaTogetherThanThereIsRoomFor_clashes() throws IOException {
    StoredSchema base = orders();
    saved(wide(Batches.on(base), "theirs"), "theirs");

    assertThat(clash(wide(Batches.on(base), "ours"))).contains("longer schema");
  }

  /** More than half as long a schema as there is room for. */
  private static Batches wide(Batches batches, String prefix) {
    for (int table = 0; table < 15; table++) {
      batches.table(prefix + table, null, ID);
      for (int column = 0; column < 1_200; column++) {
        batches.column(prefix + table, "c".repeat(290) + column, DataType.TEXT);
      }
    }
    return batches;
  }

  @Test
  void save_moreColumnsTogetherThanTheGuard_clashes() throws IOException {
    SchemaStore narrow =
        new SchemaStore(
            state, warehouse, "millrace", "telemetry", new Guards(20, 10, 300, 1 << 20));
    StoredSchema base = orders();
    Batches theirs = Batches.on(base);
    for (int i = 0; i < 9; i++) {
      theirs.column("orders", "c" + i, DataType.TEXT);
    }
    saved(theirs, "theirs");
    Batches ours = Batches.on(base).column("orders", "ours", DataType.TEXT);

    assertThat(narrow.save(base, ours.batch(), "ours")).isInstanceOf(SaveOutcome.Clashed.class);
  }

  /** The orders' schema as the dataset has it, with another column that the table has. */
  private StoredSchema inTheDataset() throws IOException {
    StoredSchema stored = orders();
    DltRows rows = new DltRows("millrace", "telemetry", "duckdb");
    warehouse.record(
        List.of(rows.version(stored.schema(), stored.schema().versionHash(), stored.generation())));
    warehouse.evolve(stored.schema(), Set.of("orders"), Instant.MAX);
    warehouse.retype("orders", "total", DataType.BIGINT);
    return stored;
  }

  @Test
  void read_lostObject_isMadeAnewFromTheDataset() throws IOException {
    StoredSchema before = inTheDataset();
    state.remove(SchemaStore.OBJECT);

    StoredSchema anew = store.read();
    assertThat(anew.generation()).isGreaterThan(before.generation());
    assertThat(anew.schema().version()).isEqualTo(before.schema().version() + 1);
    assertThat(anew.schema().table("orders").columns()).containsOnlyKeys("id", "total");
    assertThat(store.read()).isEqualTo(anew);
  }

  @Test
  void read_damagedObject_isMadeAnewFromTheDataset() throws IOException {
    inTheDataset();
    state.damage(SchemaStore.OBJECT);

    StoredSchema anew = store.read();
    assertThat(anew.schema().table("orders").columns()).containsOnlyKeys("id", "total");
    assertThat(store.read()).isEqualTo(anew);
  }

  @Test
  void read_damagedObjectAndNothingInTheDataset_isAFreshSchema() throws IOException {
    state.damage(SchemaStore.OBJECT);

    StoredSchema fresh = store.read();
    assertThat(fresh.schema().version()).isEqualTo(1);
    assertThat(store.read()).isEqualTo(fresh);
  }

  @Test
  void read_objectThatIsNone_isMadeAnew() throws IOException {
    state.replace(SchemaStore.OBJECT, "{\"schema\": 3}".getBytes(StandardCharsets.UTF_8), 0);

    assertThat(store.read().generation()).isEqualTo(2);
  }

  @Test
  void read_anotherMakesItAnewMeanwhile_isTheOthers() throws IOException {
    inTheDataset();
    state.remove(SchemaStore.OBJECT);
    List<StoredSchema> others = new ArrayList<>();
    state.beforeNextReplace(
        () -> {
          try {
            others.add(store.read());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });

    assertThat(store.read()).isEqualTo(others.get(0));
  }

  @Test
  void adopt_otherType_isWhatTheTableHas() throws IOException {
    StoredSchema before = orders();
    StoredSchema adopted =
        store.adopt(before, List.of(new OtherColumn("orders", "id", DataType.BIGINT, "INT64")));

    assertThat(adopted.schema().table("orders").columns().get("id").type())
        .isEqualTo(DataType.BIGINT);
    assertThat(adopted.schema().version()).isEqualTo(before.schema().version() + 1);
    assertThat(store.read()).isEqualTo(adopted);
  }

  @Test
  void adopt_otherPrecision_forgetsTheHint() throws IOException {
    Column total =
        new Column("total", DataType.DECIMAL, true, Map.of("precision", 20, "description", "d"));
    StoredSchema before = saved(Batches.on(store.read()).table("orders", null, total), "first");
    StoredSchema adopted =
        store.adopt(before, List.of(new OtherColumn("orders", "total", DataType.DECIMAL, "N")));

    assertThat(adopted.schema().table("orders").columns().get("total").hints())
        .isEqualTo(Map.of("description", "d"));
  }

  @Test
  void adopt_othersAddMeanwhile_keepsBoth() throws IOException {
    StoredSchema before = orders();
    saved(Batches.on(before).column("orders", "theirs", DataType.TEXT), "theirs");
    StoredSchema adopted =
        store.adopt(before, List.of(new OtherColumn("orders", "id", DataType.BOOL, "BOOL")));

    assertThat(adopted.schema().table("orders").columns()).containsOnlyKeys("id", "theirs");
    assertThat(store.adopt(before, List.of(new OtherColumn("orders", "id", DataType.BOOL, "B"))))
        .isEqualTo(adopted);
  }

  @Test
  void adopt_typeThatTheSchemaHasAlready_saysWhatToDo() throws IOException {
    StoredSchema before = orders();

    assertThatThrownBy(
            () ->
                store.adopt(
                    before, List.of(new OtherColumn("orders", "id", DataType.TEXT, "STRING(3)"))))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.error()).isEqualTo(LoadError.MISCONFIGURED))
        .hasMessageContaining("STRING(3)");
  }

  @Test
  void adopt_typeThatNoSchemaHas_saysWhatToDo() throws IOException {
    StoredSchema before = orders();

    assertThatThrownBy(
            () -> store.adopt(before, List.of(new OtherColumn("orders", "id", null, "GEOGRAPHY"))))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.error()).isEqualTo(LoadError.MISCONFIGURED))
        .hasMessageContaining("column id of table orders has the type GEOGRAPHY")
        .hasMessageContaining("Change it back");
  }

  @Test
  void read_otherSchemaName_isMisconfigured() throws IOException {
    orders();

    assertThatThrownBy(
            () -> new SchemaStore(state, warehouse, "shop", "telemetry", Guards.DEFAULT).read())
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("millrace")
        .hasMessageContaining("shop");
  }
}
