package dev.millrace.loader.log;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes everybody's log records to a stream, one JSON object a line, which Cloud Run hands to
 * Cloud Logging with its severity: of plain text it knows none, and no alert can count errors. The
 * functions framework's own handler (2.0.0) writes a record's pattern without its parameters, and
 * control characters as they are, which is no JSON.
 */
public final class JsonRecords extends Handler {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Formatter formatter = new SimpleFormatter();
  private final PrintStream out;

  public JsonRecords(PrintStream out) {
    this.out = out;
  }

  /** Puts this handler in the place of all others. */
  public void install() {
    Logger root = LogManager.getLogManager().getLogger("");
    for (Handler other : root.getHandlers()) {
      root.removeHandler(other);
    }
    root.addHandler(this);
  }

  @Override
  public void publish(LogRecord record) {
    if (!isLoggable(record)) {
      return;
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("severity", severity(record.getLevel()));
    entry.put("message", message(record));
    entry.put("logger", record.getLoggerName());
    out.println(JSON.writeValueAsString(entry));
  }

  private String message(LogRecord record) {
    String message = String.valueOf(formatter.formatMessage(record));
    if (record.getThrown() == null) {
      return message;
    }
    // Error Reporting finds a stack trace in the message.
    StringWriter trace = new StringWriter();
    record.getThrown().printStackTrace(new PrintWriter(trace, true));
    return message + "\n" + trace;
  }

  private static String severity(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "WARNING";
    }
    return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }

  @Override
  public void flush() {
    out.flush();
  }

  /** Standard output stays open for others. */
  @Override
  public void close() {
    flush();
  }
}
