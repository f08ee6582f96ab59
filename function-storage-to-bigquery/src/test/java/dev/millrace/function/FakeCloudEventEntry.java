package dev.millrace.function;

import com.google.cloud.functions.CloudEventsFunction;
import io.cloudevents.CloudEvent;

/** {@link CloudEventEntry} over the fake loader, as the framework can make it. */
public final class FakeCloudEventEntry implements CloudEventsFunction {
  private final CloudEventEntry entry = new CloudEventEntry(FakeLoader.SHARED, FakeLog.SHARED);

  /** For the framework. */
  public FakeCloudEventEntry() {}

  @Override
  public void accept(CloudEvent event) throws Exception {
    entry.accept(event);
  }
}
