package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.BadReason;
import dev.millrace.normalizer.EventOrigin;
import dev.millrace.normalizer.KnownIds;
import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.RootIdSink;
import dev.millrace.normalizer.RowSink;
import dev.millrace.normalizer.ids.RootIds;
import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.json.RepeatedKeyException;
import dev.millrace.normalizer.json.RepeatedKeys;
import dev.millrace.normalizer.json.TooLongException;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.SchemaChange;
import dev.millrace.normalizer.types.TypeInference;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Takes one event after the other, whole or not at all: its rows, its id, what it adds to the
 * schema.
 */
public final class EventNormalizer {
  /** Takes the rows that contracts drop out of events that load. */
  @FunctionalInterface
  public interface DroppedRowSink {
    /**
     * @param raw the list element as it came, without white space
     * @param index of the event in its message or text object
     * @param eventId the event's root {@code _dlt_id}
     */
    void dropped(String table, String detail, byte[] raw, long index, String eventId)
        throws IOException;
  }

  /** What became of an event that is not bad. */
  public enum Outcome {
    LOADED,
    DUPLICATE
  }

  private final JsonBytes json;
  private final Schema schema;
  private final NormalizerSettings settings;
  private final GuardCounts guards = new GuardCounts();
  private final Discards discards = new Discards();
  private final TableSlots tables;
  private final Additions additions;
  private final Shapes shapes;
  private final RootShapes roots;
  private final RowTemplate template;
  private final WaitingRows waiting;
  private final EventRows rows;
  private final EventFlattener flattener;
  private final RepeatedKeys repeatedKeys;
  private final EventIdentity identity;
  private RootIdSink rootIds = RootIdSink.NONE;
  private DroppedRowSink droppedRows = (table, detail, raw, index, eventId) -> {};
  private Outcome outcome = Outcome.LOADED;
  // Null unless events are trusted with it.
  private OwnReceivedAt ownReceivedAt;
  private long originReceivedAtMicros;

  /**
   * @param json reads the bytes that events are taken from
   * @param rawPaths the raw path behind each tagged name of the schema
   */
  public EventNormalizer(
      JsonBytes json,
      Schema schema,
      Map<String, String> rawPaths,
      NormalizerSettings settings,
      String loadId,
      RowSink sink) {
    this.json = json;
    this.schema = schema;
    this.settings = settings;
    long key = key(loadId);
    tables = new TableSlots(schema, settings);
    additions = new Additions(tables, settings, rawPaths);
    shapes = new Shapes(tables, schema, rawPaths, settings, key);
    roots = new RootShapes(shapes, guards, settings.eventNameField());
    template = new RowTemplate(loadId);
    waiting = new WaitingRows(tables, sink);
    rows =
        new EventRows(tables, additions, template, settings.trustSystemKeys(), waiting, discards);
    Claims claims = new Claims(tables, shapes, guards);
    ColumnWriter columns =
        new ColumnWriter(tables, claims, additions, guards, discards, TypeInference.of(schema));
    flattener =
        new EventFlattener(
            json,
            shapes,
            rows,
            new Nesting(NestingLimit.of(settings), guards),
            claims,
            new ValueWriter(json, claims, columns, settings.privacy()));
    repeatedKeys = new RepeatedKeys(json);
    identity = new EventIdentity(json, guards, new MessageIds(key));
  }

  /** What became of the event that was taken last. */
  public Outcome outcome() {
    return outcome;
  }

  /** A key of the batch, for hash tables whose places nobody may choose. */
  private static long key(String loadId) {
    RootIds hash = new RootIds();
    hash.of(loadId);
    return hash.hashHigh();
  }

  /** Sets who takes the rows that contracts drop; they are lost unless set. */
  public void droppedRows(DroppedRowSink sink) {
    droppedRows = Objects.requireNonNull(sink, "sink");
  }

  /** Sets which events are in the tables already. */
  public void knownIds(KnownIds known) {
    identity.known(known);
  }

  /** Sets who takes the ids of the root rows. */
  public void rootIds(RootIdSink sink) {
    rootIds = Objects.requireNonNull(sink, "sink");
  }

  /** Makes an event's own {@code receivedAt} the time at which it was received. */
  public void trustReceivedAt() {
    ownReceivedAt = new OwnReceivedAt(json);
  }

  /** Sets where the events that follow come from. */
  public void origin(EventOrigin origin) {
    originReceivedAtMicros = origin.receivedAtMicros();
    template.receivedAt(origin.receivedAtMicros());
    identity.placePrefix(origin.idPrefix());
  }

  /**
   * Takes the event whose brace is at {@code start}: all of it or, when this throws, nothing.
   *
   * @param index of the event in its message or text object
   * @return the index behind it
   */
  public int event(int start, long index)
      throws BadValueException, IncompleteException, IOException {
    if (shapes.areTooMany()) {
      roots.forget();
      tables.forgetUnused();
    }
    boolean good = false;
    try {
      int end = whole(start, index);
      good = true;
      return end;
    } catch (TooLongException e) {
      throw EventRows.tooLong();
    } finally {
      if (!good) {
        takeBack();
      }
    }
  }

  private int whole(int start, long index)
      throws BadValueException, IncompleteException, IOException {
    try {
      int end = flatten(start, index);
      settle(index);
      return end;
    } catch (RepeatedKeyException e) {
      takeBack();
      return withoutRepeatedKeys(start, index);
    }
  }

  private void takeBack() {
    rows.takeBack();
    guards.takeBack();
  }

  /** Counts an event that is over the size limit. */
  public void tooLarge() {
    guards.acted(GuardName.EVENT_BYTES);
    guards.keep();
  }

  private int flatten(int start, long index)
      throws BadValueException, IncompleteException, RepeatedKeyException {
    if (ownReceivedAt != null) {
      template.receivedAt(ownReceivedAt.micros(start, originReceivedAtMicros));
    }
    if (settings.trustSystemKeys()) {
      rows.trustedRootId(identity.rootIdAhead(start, index));
    }
    try {
      ObjectShape shape = roots.of(json, start);
      shape.table.gotEvents = true;
      return flattener.event(start, shape);
    } catch (RowDroppedException e) {
      throw new BadValueException(
          BadReason.CONTRACT_DISCARDED, BadValueException.NOWHERE, e.getMessage());
    }
  }

  private int withoutRepeatedKeys(int start, long index)
      throws BadValueException, IncompleteException, IOException {
    byte[] bytes = json.bytes();
    int limit = json.limit();
    byte[] single = repeatedKeys.removed(start);
    int end = repeatedKeys.end();
    json.reset(single, single.length);
    try {
      flatten(0, index);
      settle(index);
    } catch (RepeatedKeyException e) {
      throw new IllegalStateException("a key is still there twice", e);
    } catch (BadValueException e) {
      // Its position is one of the bytes without the repeated keys.
      throw new BadValueException(e.reason(), BadValueException.NOWHERE, e.getMessage());
    } finally {
      json.reset(bytes, limit);
    }
    return end;
  }

  /** The event is good: loads it unless it is a duplicate. */
  private void settle(long index) throws IOException {
    EventIds ids = rows.ids();
    identity.writeRootId(
        flattener.messageIdFrom(), flattener.messageIdTo(), index, ids.derivedRootId());
    if (identity.isDuplicate(ids.rootId(), ids.rootIdLength())) {
      takeBack();
      outcome = Outcome.DUPLICATE;
      return;
    }
    rootIds.rootId(ids.rootTable(), ids.rootId(), 0, ids.rootIdLength());
    List<Discards.Row> dropped = List.copyOf(discards.rowsOfEvent());
    rows.keep();
    guards.keep();
    outcome = Outcome.LOADED;
    for (Discards.Row row : dropped) {
      droppedRows.dropped(row.table(), row.detail(), row.raw(), index, rows.lastRootId());
    }
  }

  /** Hands over the rows that wait. */
  public void finish() throws IOException {
    waiting.handOverAll();
  }

  /** Rows made, by table. */
  public Map<String, Long> loadedRows() {
    return waiting.counts();
  }

  /** Values that contracts dropped, by {@code table.column}. */
  public Map<String, Long> discardedValues() {
    return discards.values();
  }

  public Map<String, Long> guards() {
    return guards.byName();
  }

  public List<SchemaChange> changes() {
    return additions.changes();
  }

  public Map<String, String> rawPaths() {
    return new LinkedHashMap<>(additions.rawPaths());
  }

  /** The schema after the events; the very one of the start where nothing changed. */
  public Schema schema() {
    return SchemaAfter.of(schema, settings, tables);
  }
}
