package dev.millrace.function.log;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes one JSON object a line to standard output, which Cloud Run hands to Cloud Logging with
 * each field as a key of {@code jsonPayload}. The functions framework's own JSON handler puts the
 * whole record in one text, where metrics and alerts can't filter on it.
 *
 * @see <a href="https://cloud.google.com/logging/docs/structured-logging">Structured logging</a>
 */
final class JsonLog implements OutcomeLog {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TRACE = "trace";

  private final PrintStream out;
  private final String project;

  /**
   * @param project for the trace's full name; null if it isn't known
   */
  JsonLog(PrintStream out, String project) {
    this.out = out;
    this.project = project;
  }

  @Override
  public void write(LogLine line) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("severity", severity(line));
    entry.put("message", message(line));
    entry.putAll(line.fields());
    String trace = line.text(TRACE);
    if (!trace.isEmpty() && project != null && !project.isEmpty()) {
      entry.remove(TRACE);
      entry.put("logging.googleapis.com/trace", "projects/" + project + "/traces/" + trace);
    }
    out.println(JSON.writeValueAsString(entry));
  }

  private static String severity(LogLine line) {
    return switch (line.level()) {
      case ERROR -> "ERROR";
      case WARNING -> "WARNING";
      case INFO -> "INFO";
      default -> "DEBUG";
    };
  }

  private static String message(LogLine line) {
    StringBuilder message = new StringBuilder(line.text("outcome"));
    for (String key : new String[] {"batch", "code", "detail"}) {
      if (!line.text(key).isEmpty()) {
        message.append(message.length() == line.text("outcome").length() ? " " : ": ");
        message.append(line.text(key));
      }
    }
    return message.toString();
  }
}
