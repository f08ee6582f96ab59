package dev.millrace.tests.cloud;

import dev.millrace.tests.emulator.FaultPlan;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A call that a load makes, as it is called in every load of the same batch.
 *
 * @param what its method and target, without what differs from load to load
 * @param occurrence how many such calls came before it in the load
 */
record CallSite(Service service, String what, int occurrence) {
  private static final Pattern DATASET = Pattern.compile("telemetry_\\d+");
  private static final Pattern JOB = Pattern.compile("millrace_[0-9a-f]{64}");
  private static final Pattern RANDOM =
      Pattern.compile("[0-9a-f]{16,}(-[0-9a-f-]+)?|[0-9a-f-]{36}");

  /** What a request is about, whichever load makes it. */
  static String what(FaultPlan.Request request) {
    URI target = URI.create(request.target());
    String path = URLDecoder.decode(target.getRawPath(), StandardCharsets.UTF_8);
    String query = target.getRawQuery() == null ? "" : target.getRawQuery();
    String kind =
        query.contains("uploadType=") ? " upload" : query.contains("alt=media") ? " media" : "";
    path = DATASET.matcher(path).replaceAll("<dataset>");
    path = JOB.matcher(path).replaceAll("<job>");
    path = RANDOM.matcher(path).replaceAll("<id>");
    return request.method() + " " + path + kind;
  }

  @Override
  public String toString() {
    return "%s %s (%d)".formatted(service, what, occurrence);
  }
}
