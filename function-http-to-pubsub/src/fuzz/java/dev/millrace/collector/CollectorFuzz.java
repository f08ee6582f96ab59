package dev.millrace.collector;

import dev.millrace.collector.http.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The fuzzer's target: any bytes as the body of a call. The first byte chooses the route and the
 * source's settings.
 */
public final class CollectorFuzz {
  private static final int SINGLE = 1;
  private static final int STRICT = 2;
  private static final int PACKED = 4;
  private static final int SAID_TO_BE_PACKED = 8;
  private static final int BROWSER = 16;
  private static final int IP = 32;
  private static final List<String> IPS = List.of("whole", "truncated", "none");

  /** Made once: what settings there are, strict or not, for each way to keep an address. */
  private static final List<Fixture> FIXTURES = fixtures();

  private CollectorFuzz() {}

  private static List<Fixture> fixtures() {
    List<Fixture> fixtures = new ArrayList<>();
    for (String ip : IPS) {
      for (String more : List.of("strict: false", "strict: true, event_bytes: 1 KiB")) {
        fixtures.add(
            new Fixture("collector: {sources: {\"*\": {client_ip: %s, %s}}}".formatted(ip, more)));
      }
    }
    return fixtures;
  }

  /** Called by the fuzzer; whatever is thrown is a finding. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (input.length == 0 || SentBody.hasImmenseNumber(input)) {
      return;
    }
    int mode = input[0] & 0xff;
    byte[] body = Arrays.copyOfRange(input, 1, input.length);
    boolean single = (mode & SINGLE) != 0;
    boolean strict = (mode & STRICT) != 0;
    Fixture fixture = FIXTURES.get(2 * (mode / IP % IPS.size()) + (strict ? 1 : 0));
    fixture.events.messages.clear();
    fixture.deadLetters.messages.clear();
    long suppressed = fixture.collector.tally().suppressedEvents();

    Reply reply = fixture.handle(request(mode, body).withKey(Fixture.KEY));

    CollectorRun run =
        new CollectorRun(
            reply,
            List.copyOf(fixture.events.messages),
            List.copyOf(fixture.deadLetters.messages),
            fixture.collector.tally().suppressedEvents() - suppressed);
    run.checkReply();
    if ((mode & (PACKED | SAID_TO_BE_PACKED)) != SAID_TO_BE_PACKED) {
      run.checkAgainst(SentBody.of(body, single), strict);
    }
  }

  private static FakeRequest request(int mode, byte[] body) {
    String path = (mode & SINGLE) != 0 ? "/v1/track" : "/v1/batch";
    FakeRequest request = new FakeRequest("POST", path, Map.of(), body);
    if ((mode & BROWSER) != 0) {
      request = request.with("Origin", "https://shop.example.com");
    }
    if ((mode & PACKED) != 0) {
      return request.inGzip();
    }
    return (mode & SAID_TO_BE_PACKED) != 0 ? request.with("Content-Encoding", "gzip") : request;
  }
}
