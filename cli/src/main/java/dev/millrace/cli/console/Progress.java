package dev.millrace.cli.console;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Says how far a command is: on a terminal one line that is written over, up to ten times a second;
 * elsewhere nothing but what {@link #note} says. Thread-safe.
 */
public final class Progress {
  private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();

  private final PrintStream out;
  private final boolean terminal;
  private long drawnNanos;
  private int drawnLength;

  /**
   * @param terminal whether {@code out} goes to one
   */
  public Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
    this.drawnNanos = System.nanoTime() - REDRAW_NANOS;
  }

  /** Progress on standard error, drawn if a person is watching. */
  public static Progress onStandardError() {
    boolean watched = System.console() != null && System.getenv("NO_PROGRESS") == null;
    return new Progress(System.err, watched && !"dumb".equals(System.getenv("TERM")));
  }

  /** Shows where things stand, if the last time is long enough ago. */
  public synchronized void at(String line) {
    long now = System.nanoTime();
    if (terminal && now - drawnNanos >= REDRAW_NANOS) {
      drawnNanos = now;
      draw(line);
    }
  }

  /** Prints a line that stays. */
  public synchronized void note(String line) {
    done();
    out.println(line);
  }

  /** Takes the moving line away. */
  public synchronized void done() {
    if (drawnLength > 0) {
      draw("");
      out.print('\r');
      out.flush();
    }
  }

  private void draw(String line) {
    out.print('\r' + line + " ".repeat(Math.max(0, drawnLength - line.length())));
    out.flush();
    drawnLength = line.length();
  }
}
