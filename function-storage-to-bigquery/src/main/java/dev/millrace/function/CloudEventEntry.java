package dev.millrace.function;

import com.google.cloud.functions.CloudEventsFunction;
import dev.millrace.function.log.OutcomeLog;
import io.cloudevents.CloudEvent;
import java.util.Optional;

/**
 * The function under an Eventarc trigger. What it throws the framework answers with 500, so that
 * the event comes again.
 */
public final class CloudEventEntry implements CloudEventsFunction {
  private final BatchHandler handler;

  /** As the framework makes it: over the loader of the settings file. */
  public CloudEventEntry() {
    this(SettingsFileLoader.SHARED, OutcomeLog.ofEnvironment());
  }

  CloudEventEntry(BatchLoader loader, OutcomeLog log) {
    handler = new BatchHandler(loader, log);
  }

  @Override
  public void accept(CloudEvent event) throws NotLoadedException, UnreadableNoticeException {
    byte[] data = event.getData() == null ? new byte[0] : event.getData().toBytes();
    String trace =
        TraceId.of(
            Optional.ofNullable(event.getExtension("traceparent")).map(Object::toString),
            Optional.empty());
    if (!handler.handle(NoticeReader.ofEvent(event.getType(), data), trace)) {
      throw new NotLoadedException();
    }
  }
}
