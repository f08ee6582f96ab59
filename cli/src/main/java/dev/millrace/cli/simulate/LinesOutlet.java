package dev.millrace.cli.simulate;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Writes events as JSON lines: a line is acknowledged when it is written. */
final class LinesOutlet implements Outlet {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PrintStream out;
  private long sent;

  LinesOutlet(PrintStream out) {
    this.out = out;
  }

  @Override
  public void send(Map<String, Object> event) {
    sendRaw(JSON.writeValueAsBytes(event));
  }

  @Override
  public void sendRaw(byte[] payload) {
    out.write(payload, 0, payload.length);
    out.write('\n');
    sent++;
  }

  @Override
  public long acknowledged() {
    return sent;
  }

  @Override
  public Optional<String> trouble() {
    return out.checkError() ? Optional.of("standard output can't be written") : Optional.empty();
  }

  @Override
  public Result finish(Duration patience) {
    return trouble()
        .map(reason -> new Result(0, sent, reason))
        .orElseGet(() -> new Result(sent, 0, null));
  }
}
