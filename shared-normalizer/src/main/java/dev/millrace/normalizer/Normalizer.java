package dev.millrace.normalizer;

import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.json.Window;
import dev.millrace.normalizer.rows.EventNormalizer;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Makes typed rows of JSON events (spec/normalization, departures M1 to M16). One per batch, used
 * by one thread. Memory is bounded: by the schema, one event, a buffer per table, and 24 bytes per
 * event with a {@code messageId}.
 */
public final class Normalizer {
  private final NormalizerSettings settings;
  private final BadEventSink badEvents;
  private final JsonBytes json = new JsonBytes();
  private final EventNormalizer events;
  private final PrivateBadEvents privateEvents;
  private ErasedIds erased = ErasedIds.NONE;
  private IdSearch erasedSearch;
  private final List<EventPlace> changePlaces = new ArrayList<>();
  private long read;
  private long loaded;
  private long duplicate;
  private long bad;
  private long partialBad;
  private EventOrigin origin;
  private long eventOffset;

  /**
   * A normaliser for one batch.
   *
   * @param schema what is known so far; it is not changed
   * @param rawPaths the raw path behind each tagged name of the schema, as {@link
   *     NormalizedBatch#rawPaths} gave it; empty for a new schema
   * @param settings how events become rows
   * @param loadId the batch's {@code _dlt_load_id}
   * @param rows takes the rows
   * @param badEvents takes the rest
   */
  public Normalizer(
      Schema schema,
      Map<String, String> rawPaths,
      NormalizerSettings settings,
      String loadId,
      RowSink rows,
      BadEventSink badEvents) {
    this.settings = settings;
    this.badEvents = badEvents;
    this.privateEvents = new PrivateBadEvents(settings.privacy());
    this.events = new EventNormalizer(json, schema, rawPaths, settings, loadId, rows);
    events.droppedRows(this::dropped);
  }

  /**
   * Sets which events are in the tables already; none unless set. To be called before the first
   * event.
   */
  public void knownIds(KnownIds known) {
    events.knownIds(known);
  }

  /** Sets who takes the ids of the root rows; nobody unless set. As for {@link #knownIds}. */
  public void rootIds(RootIdSink sink) {
    events.rootIds(sink);
  }

  /** Sets whose events are not loaded; nobody's unless set. As for {@link #knownIds}. */
  public void erasedIds(ErasedIds ids) {
    erased = ids;
    erasedSearch = new IdSearch(ids);
  }

  /**
   * Makes the {@code receivedAt} that an event brings its {@code _millrace_received_at}, for
   * imports whose receiver is trusted with it. Where it is no timestamp since 1970, or more than a
   * day later than its origin's, the origin's holds. To be called before the first event.
   */
  public void trustReceivedAt() {
    events.trustReceivedAt();
  }

  /**
   * Reads the JSON values of one message's payload, in order.
   *
   * @throws IOException if a sink failed; the batch is then of no use
   */
  public void message(byte[] payload, int offset, int length, EventOrigin origin)
      throws IOException {
    reader(new Window(json, payload, offset, length), origin).readAll();
  }

  /**
   * Reads one value of a message or text object whose other values are not read: ids and places are
   * those that it has there.
   *
   * @throws IOException if a sink failed; the batch is then of no use
   */
  public void value(byte[] bytes, EventPlace place) throws IOException {
    Window window = new Window(json, bytes, 0, bytes.length, place.byteOffset());
    reader(window, place.origin()).from(place.index()).readAll();
  }

  /**
   * Reads the JSON values of a text object to its end, in bounded memory.
   *
   * @throws DamagedObjectException if the stream failed; what came before is normalised
   * @throws IOException if a sink failed; the batch is then of no use
   */
  public void text(InputStream object, EventOrigin origin) throws IOException {
    FailureNotingStream noting = new FailureNotingStream(object);
    Window window = new Window(json, noting);
    EventReader reader = reader(window, origin);
    try {
      reader.readAll();
    } catch (IOException e) {
      if (noting.failure() != e) {
        throw e;
      }
      byte[] rest = Arrays.copyOfRange(window.bytes(), window.position(), window.limit());
      throw new DamagedObjectException(e, rest, reader.count(), window.offset());
    }
  }

  private EventReader reader(Window window, EventOrigin origin) {
    this.origin = origin;
    events.origin(origin);
    return new EventReader(
        json, window, new Handler(), settings.guards().eventBytes(), settings.arraysAreSequences());
  }

  /**
   * Counts and records an event that the caller found bad, such as the remainder of a damaged
   * object.
   */
  public void bad(BadEvent event) throws IOException {
    if (event.partial()) {
      partialBad++;
    } else {
      read++;
      bad++;
    }
    badEvents.bad(withoutErased(privateEvents.without(event), event.raw()));
  }

  /** Of a row of an event, the event was looked at. */
  private BadEvent withoutErased(BadEvent event, byte[] raw) {
    if (erased == ErasedIds.NONE || event.partial()) {
      return event;
    }
    if (event.reason() == BadReason.ERASED) {
      return event.erased(event.detail());
    }
    IdField field = erasedSearch.inBytes(raw);
    return field == null ? event : event.erased(erasedBy(field));
  }

  private static String erasedBy(IdField field) {
    return "erased on request: its %s is on the list".formatted(field.word());
  }

  private void dropped(String table, String detail, byte[] raw, long index, String eventId)
      throws IOException {
    bad(
        new BadEvent(
            BadReason.CONTRACT_DISCARDED,
            detail,
            origin,
            index,
            eventOffset,
            raw.length,
            raw,
            HexFormat.of().formatHex(RawBytes.sha256().digest(raw)),
            true,
            table,
            eventId));
  }

  private void notePlaces(long index, long byteOffset) {
    for (int known = changePlaces.size(); known < events.changes().size(); known++) {
      changePlaces.add(new EventPlace(origin, index, byteOffset));
    }
  }

  /**
   * Where the first event stood that needed each change so far, in the order of {@link
   * NormalizedBatch#changes}.
   */
  public List<EventPlace> changePlaces() {
    return Collections.unmodifiableList(changePlaces);
  }

  /** Hands over the last rows and says what became of the events. The normaliser is then done. */
  public NormalizedBatch finish() throws IOException {
    events.finish();
    return new NormalizedBatch(
        read,
        loaded,
        duplicate,
        bad,
        events.loadedRows(),
        partialBad,
        events.discardedValues(),
        events.guards(),
        events.schema(),
        events.changes(),
        events.rawPaths());
  }

  private final class Handler implements EventHandler {
    @Override
    public int event(int start, long index, long byteOffset)
        throws BadValueException, IncompleteException, IOException {
      eventOffset = byteOffset;
      if (erased != ErasedIds.NONE) {
        refuseErased(start);
      }
      int end = events.event(start, index);
      notePlaces(index, byteOffset);
      read++;
      if (events.outcome() == EventNormalizer.Outcome.LOADED) {
        loaded++;
      } else {
        duplicate++;
      }
      return end;
    }

    private void refuseErased(int start) throws BadValueException, IncompleteException {
      IdField field;
      try {
        field = erasedSearch.inEvent(json, start);
      } catch (BadValueException e) {
        // What is wrong with it is found again, and told, by the pass that makes rows of it.
        return;
      }
      if (field != null) {
        throw new BadValueException(BadReason.ERASED, BadValueException.NOWHERE, erasedBy(field));
      }
    }

    @Override
    public void bad(BadReason reason, String detail, long index, long byteOffset, RawBytes raw)
        throws IOException {
      if (reason == BadReason.TOO_LARGE) {
        events.tooLarge();
      }
      Normalizer.this.bad(
          new BadEvent(
              reason,
              detail,
              origin,
              index,
              byteOffset,
              raw.length(),
              raw.kept(),
              raw.sha256Hex(),
              false,
              null,
              null));
    }
  }
}
