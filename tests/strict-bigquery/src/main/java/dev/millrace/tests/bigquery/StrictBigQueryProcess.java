package dev.millrace.tests.bigquery;

import dev.millrace.tests.bigquery.quotas.Limits;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A strict BigQuery as a process of its own, which outlives the processes that talk to it. Its
 * first line of output is {@code strict-bigquery http://127.0.0.1:<port>}; it runs until it is
 * killed.
 *
 * <p>Arguments, all optional: {@code --port=9050}, {@code --storage=http://127.0.0.1:4443}, {@code
 * --load-millis=50}, {@code --quotas=off}.
 */
public final class StrictBigQueryProcess {
  private StrictBigQueryProcess() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    StrictBigQuerySettings settings = StrictBigQuerySettings.of(null);
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      String value = equals < 0 ? "" : argument.substring(equals + 1);
      settings =
          switch (name) {
            case "--port" -> settings.withPort(Integer.parseInt(value));
            case "--storage" -> settings.withStorage(URI.create(value));
            case "--load-millis" -> settings.withLoadTime(Duration.ofMillis(Long.parseLong(value)));
            case "--quotas" ->
                settings.withLimits(value.equals("off") ? Limits.off() : Limits.documented());
            default -> throw new IllegalArgumentException("unknown argument: " + argument);
          };
    }
    try (StrictBigQuery bigQuery = StrictBigQuery.start(settings)) {
      System.out.println("strict-bigquery " + bigQuery.host());
      new CountDownLatch(1).await();
    }
  }
}
