package dev.millrace.loader.fakes;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.NoticeTopic;
import dev.millrace.loader.ports.SchemaChangeTopic;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Topics that keep what they are given. */
public final class FakeTopics {
  public final List<BatchRef> notices = new CopyOnWriteArrayList<>();
  public final List<JsonNode> schemaChanges = new CopyOnWriteArrayList<>();
  private final Faults faults;

  public FakeTopics(Faults faults) {
    this.faults = faults;
  }

  /** Takes notices. */
  public NoticeTopic noticeTopic() {
    return new NoticeTopic() {
      @Override
      public void publish(BatchRef batch) throws IOException {
        faults.around("notices.publish", () -> notices.add(batch));
      }
    };
  }

  /** Takes schema changes. */
  public SchemaChangeTopic schemaChangeTopic() {
    return new SchemaChangeTopic() {
      @Override
      public void publish(List<byte[]> messages) throws IOException {
        faults.around(
            "schemaChanges.publish",
            () -> {
              messages.forEach(each -> schemaChanges.add(JsonMapper.shared().readTree(each)));
              return null;
            });
      }
    };
  }
}
