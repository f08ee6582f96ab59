package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.BadReason;
import dev.millrace.normalizer.EventOrigin;
import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.RowSink;
import dev.millrace.normalizer.ids.RootIds;
import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.json.JsonText;
import dev.millrace.normalizer.json.RepeatedKeyException;
import dev.millrace.normalizer.json.RepeatedKeys;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.SchemaChange;
import dev.millrace.normalizer.types.TypeInference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** More keys than this are forgotten together: shapes must not grow with what clients send. */
  private static final int MAX_FIELDS = 200_000;

  private static final byte[] MESSAGE_ID = "m:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MESSAGE_ID_KEY = "\"messageId\"".getBytes(StandardCharsets.US_ASCII);

  private final JsonBytes json;
  private final Schema schema;
  private final NormalizerSettings settings;
  private final GuardCounts guards = new GuardCounts();
  private final Discards discards = new Discards();
  private final DroppedRowSink droppedRows;
  private final TableSlots tables;
  private final Additions additions;
  private final RootShapes roots;
  private final RowTemplate template;
  private final EventRows rows;
  private final EventFlattener flattener;
  private final RepeatedKeys repeatedKeys;
  private final RootIds rootIds = new RootIds();
  private final MessageIds messageIds;
  private byte[] idPrefix = new byte[0];
  private String idPrefixText = "";
  private Outcome outcome = Outcome.LOADED;

  /**
   * @param json reads the bytes that events are taken from
   * @param key of the batch, for tables whose places nobody may choose
   */
  public EventNormalizer(
      JsonBytes json,
      Schema schema,
      Map<String, String> rawPaths,
      NormalizerSettings settings,
      String loadId,
      long key,
      RowSink sink,
      DroppedRowSink droppedRows) {
    this.json = json;
    this.schema = schema;
    this.settings = settings;
    this.droppedRows = droppedRows;
    tables = new TableSlots(schema, rawPaths, settings, key);
    additions = new Additions(tables, settings);
    roots = new RootShapes(tables, guards, settings.eventNameField());
    template = new RowTemplate(loadId);
    rows = new EventRows(tables, additions, template, settings.trustSystemKeys(), sink, discards);
    flattener =
        new EventFlattener(
            json,
            tables,
            rows,
            new ColumnWriter(tables, additions, guards, discards, TypeInference.of(schema)),
            guards,
            discards,
            NestingLimit.of(settings),
            settings.privacy());
    repeatedKeys = new RepeatedKeys(json);
    messageIds = new MessageIds(key);
  }

  /** What became of the event that was taken last. */
  public Outcome outcome() {
    return outcome;
  }

  /** Sets where the events that follow come from. */
  public void origin(EventOrigin origin) {
    template.receivedAt(origin.receivedAtMicros());
    if (!origin.idPrefix().equals(idPrefixText)) {
      idPrefixText = origin.idPrefix();
      idPrefix = idPrefixText.getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * Takes the event whose brace is at {@code start}: all of it or, when this throws, nothing.
   *
   * @param index of the event in its message or text object
   * @return the index behind it
   */
  public int event(int start, long index)
      throws BadValueException, IncompleteException, IOException {
    if (tables.fieldCount() > MAX_FIELDS) {
      roots.forget();
      tables.forgetUnused();
      tables.resetFieldCount();
    }
    boolean good = false;
    try {
      int end;
      try {
        end = flatten(start, index);
        settle(index);
      } catch (RepeatedKeyException e) {
        takeBack();
        end = withoutRepeatedKeys(start, index);
      }
      good = true;
      return end;
    } finally {
      if (!good) {
        takeBack();
      }
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
    if (settings.trustSystemKeys()) {
      rows.trustedRootId(rootIds.of(rootIdSource(start, index)));
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
    byte[] target = rows.ids().rootId();
    byte[] messageId = messageId(flattener.messageIdFrom(), flattener.messageIdTo());
    if (messageId == null) {
      byte[] position = Long.toString(index).getBytes(StandardCharsets.US_ASCII);
      rootIds.write(idPrefix, position, 0, position.length, target, 0);
    } else {
      rootIds.write(MESSAGE_ID, messageId, 0, messageId.length, target, 0);
      if (messageIds.isFull()) {
        guards.acted(GuardName.DEDUPLICATION);
      } else if (!messageIds.add(rootIds.hashHigh(), rootIds.hashLow())) {
        takeBack();
        outcome = Outcome.DUPLICATE;
        return;
      }
    }
    List<Discards.Row> dropped = List.copyOf(discards.rowsOfEvent());
    rows.keep();
    guards.keep();
    outcome = Outcome.LOADED;
    for (Discards.Row row : dropped) {
      droppedRows.dropped(row.table(), row.detail(), row.raw(), index, rows.lastRootId());
    }
  }

  /** A non-blank string, or a number as written; anything else counts as none. */
  private byte[] messageId(int from, int to) {
    if (from < 0) {
      return null;
    }
    byte[] bytes = json.bytes();
    if (bytes[from] != '"') {
      return Arrays.copyOfRange(bytes, from, to);
    }
    if (isPlain(bytes, from + 1, to - 1)) {
      return Arrays.copyOfRange(bytes, from + 1, to - 1);
    }
    String text = JsonText.decode(bytes, from + 1, to - 1);
    return text.isBlank() ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a string's bytes are its text, and not blank, by a look that is right for most. */
  private static boolean isPlain(byte[] bytes, int from, int to) {
    if (from == to || bytes[from] <= ' ') {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\') {
        return false;
      }
    }
    return true;
  }

  private String rootIdSource(int start, long index) throws BadValueException, IncompleteException {
    TopLevelKeys keys = new TopLevelKeys();
    byte[] id = null;
    if (keys.find(json, start, MESSAGE_ID_KEY)) {
      byte first = json.bytes()[keys.from()];
      if (first == '"' || first == '-' || (first >= '0' && first <= '9')) {
        id = messageId(keys.from(), keys.to());
      }
    }
    return id == null ? idPrefixText + index : "m:" + new String(id, StandardCharsets.UTF_8);
  }

  /** Hands over the rows that wait. */
  public void finish() throws IOException {
    rows.handOverAll();
  }

  /** Rows made, by table. */
  public Map<String, Long> loadedRows() {
    return rows.loadedRows();
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
    return new LinkedHashMap<>(tables.rawPaths());
  }

  /** The schema after the events; the very one of the start where nothing changed. */
  public Schema schema() {
    return SchemaAfter.of(schema, settings, tables);
  }
}
