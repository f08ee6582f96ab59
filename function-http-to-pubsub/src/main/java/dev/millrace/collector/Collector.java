package dev.millrace.collector;

import dev.millrace.collector.events.Call;
import dev.millrace.collector.events.Envelope;
import dev.millrace.collector.events.EventOutcome;
import dev.millrace.collector.events.EventReader;
import dev.millrace.collector.http.BasicKey;
import dev.millrace.collector.http.BodyReader;
import dev.millrace.collector.http.Cors;
import dev.millrace.collector.http.Refusal;
import dev.millrace.collector.http.RefusedException;
import dev.millrace.collector.http.Reply;
import dev.millrace.collector.http.Request;
import dev.millrace.collector.http.Route;
import dev.millrace.loader.settings.SourceSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes calls of Segment's tracking API and answers when the topic has their events. It knows
 * nothing of servers. Thread-safe; each call waits on its own thread.
 */
public final class Collector implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(Collector.class.getName());
  private static final Duration BODY_PATIENCE = Duration.ofSeconds(10);

  /** Less than the 10 s after which the impatient of Segment's libraries send again. */
  private static final Duration TOPIC_PATIENCE = Duration.ofSeconds(8);

  private static final String ORIGIN = "Origin";

  private final CollectorParts parts;
  private final Clock clock;
  private final EventReader events;
  private final Cors cors;
  private final Intake intake;
  private final SettingsDocument settingsDocument;
  private final TopicTrouble trouble = new TopicTrouble(System::nanoTime);
  private final Tally tally = new Tally();
  private final TallyLog tallyLog =
      new TallyLog(
          tally, line -> LOGGER.log(System.Logger.Level.INFO, "{0}", line), System::nanoTime);

  /**
   * @param parts closed with this
   * @param maxBytes of memory for requests that are under way
   */
  public Collector(CollectorParts parts, Clock clock, long maxBytes) {
    this.parts = parts;
    this.clock = clock;
    this.events = new EventReader(() -> UUID.randomUUID().toString(), parts.suppressed());
    this.cors = new Cors(parts.settings()::anyAllows);
    this.intake =
        new Intake(
            new Admission(maxBytes),
            new BodyReader(BODY_PATIENCE, System::nanoTime),
            parts.settings().largestBatchBytes());
    this.settingsDocument = new SettingsDocument(parts.publicAddress());
  }

  /** What came of events and requests so far. */
  public Tally tally() {
    return tally;
  }

  /**
   * Answers a request.
   *
   * @throws IOException if the connection breaks before the body is there
   */
  public Reply handle(Request request) throws IOException {
    if (request.method().equals("OPTIONS")) {
      return cors.preflight(request);
    }
    Reply reply;
    try {
      reply = answer(request);
    } catch (RefusedException e) {
      reply = refused(e.refusal());
    } catch (RuntimeException e) {
      LOGGER.log(System.Logger.Level.ERROR, "a request failed", e);
      reply = refused(Refusal.INTERNAL);
    }
    tallyLog.mayTell();
    return reply.with(cors.headers(request));
  }

  private Reply refused(Refusal refusal) {
    tally.refusedRequest(refusal);
    return Reply.refused(refusal);
  }

  private Reply answer(Request request) throws IOException, RefusedException {
    Route route =
        Route.of(request.path()).orElseThrow(() -> new RefusedException(Refusal.NOT_FOUND));
    if (!request.method().equals(route.method())) {
      throw new RefusedException(Refusal.METHOD_NOT_ALLOWED);
    }
    if (route instanceof Route.Health || route instanceof Route.Metrics) {
      return Reply.success();
    }
    if (route instanceof Route.Settings settings) {
      source(Optional.of(settings.writeKey()));
      return Reply.json(settingsDocument.of(settings.writeKey()));
    }
    tally.request(request.header("X-Retry-Count").filter(count -> !count.equals("0")).isPresent());
    Instant receivedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    try (Intake.Body body = intake.read(request)) {
      return take(request, body, route, receivedAt);
    }
  }

  private Reply take(Request request, Intake.Body body, Route route, Instant receivedAt)
      throws RefusedException {
    Envelope envelope = Envelope.read(body.bytes(), route);
    String source = source(request, envelope);
    SourceSettings settings = parts.settings().of(source);
    Optional<String> origin = request.header(ORIGIN);
    if (origin.isPresent() && !settings.allows(origin.get())) {
      throw new RefusedException(Refusal.ORIGIN_NOT_ALLOWED);
    }
    if (body.bytes().length > settings.batchBytes()) {
      throw new RefusedException(Refusal.BODY_TOO_LARGE);
    }
    Call call =
        new Call(source, settings, receivedAt, parts.clients().of(request), origin.isPresent());
    return publish(envelope, call, body);
  }

  private Reply publish(Envelope envelope, Call call, Intake.Body body) throws RefusedException {
    List<EventOutcome> outcomes = new ArrayList<>();
    for (int index = 0; index < envelope.items().size(); index++) {
      EventOutcome outcome = events.read(envelope, index, call);
      body.alsoHolds(outcome.bytes());
      outcomes.add(outcome);
    }
    Delivery delivery = new Delivery(trouble);
    body.heldUntil(delivery);
    List<Reply.EventError> errors = new ArrayList<>();
    int accepted = 0;
    for (int index = 0; index < outcomes.size(); index++) {
      if (outcomes.get(index) instanceof EventOutcome.Accepted event) {
        delivery.send(parts.topics().events(), event.json(), Map.of());
        accepted++;
      } else if (outcomes.get(index) instanceof EventOutcome.Refused refused) {
        delivery.send(
            parts.topics().deadLetters(), refused.raw(), attributes(refused, call, index));
        errors.add(new Reply.EventError(index, refused.reason()));
      }
    }
    Optional<Refusal> failure = delivery.await(TOPIC_PATIENCE);
    if (failure.isPresent()) {
      throw new RefusedException(failure.get());
    }
    tally.accepted(accepted);
    tally.suppressed(outcomes.size() - accepted - errors.size());
    errors.forEach(error -> tally.refusedEvent(error.refusal()));
    return errors.isEmpty() ? Reply.success() : Reply.refused(errors);
  }

  private static Map<String, String> attributes(
      EventOutcome.Refused refused, Call call, int index) {
    return Map.of(
        "reason", refused.reason().code(),
        "detail", refused.reason().message(),
        "source", call.source(),
        "receivedAt", call.receivedAt().toString(),
        "index", Integer.toString(index));
  }

  /** That of the header, where somebody knows it, for a proxy may have put its own there. */
  private String source(Request request, Envelope envelope) throws RefusedException {
    Optional<String> byHeader = BasicKey.of(request).flatMap(parts.keys()::source);
    return byHeader.isPresent() ? byHeader.get() : source(envelope.writeKey());
  }

  private String source(Optional<String> writeKey) throws RefusedException {
    return writeKey
        .flatMap(parts.keys()::source)
        .orElseThrow(() -> new RefusedException(Refusal.UNKNOWN_WRITE_KEY));
  }

  @Override
  public void close() {
    parts.topics().close();
    tallyLog.tell();
  }
}
