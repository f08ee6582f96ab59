package dev.millrace.tests.bench.collector;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@link SinkCollector} in a JVM with a heap of 256 MiB, as a small container would give it. */
final class CollectorProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final int port;

  private CollectorProcess(Process process) throws IOException {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.US_ASCII);
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the collector did not start");
    }
    this.port = Integer.parseInt(line);
  }

  static CollectorProcess start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SinkCollector.class.getName()));
    command.addAll(List.of(arguments));
    return new CollectorProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  int port() {
    return port;
  }

  /** The most memory that it has had, in MiB. */
  long peakMebibytes() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    return Long.parseLong(out.readLine()) >> 10;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
