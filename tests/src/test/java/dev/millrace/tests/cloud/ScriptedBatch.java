package dev.millrace.tests.cloud;

import java.util.List;
import java.util.Map;

/**
 * A batch, and what must become of it.
 *
 * @param name the object's
 * @param payloads its messages
 * @param messageIds of the events that load, each once, in their order
 * @param duplicates events that repeat another's messageId
 * @param bad events that can't be loaded
 * @param clashing what events have in fields whose type others dispute: by messageId, the field and
 *     its value
 */
record ScriptedBatch(
    String name,
    List<String> payloads,
    List<String> messageIds,
    int duplicates,
    int bad,
    Map<String, Map<String, Object>> clashing) {
  /** The same as an object of a folder of its own. */
  ScriptedBatch in(String folder) {
    return new ScriptedBatch(folder + "/" + name, payloads, messageIds, duplicates, bad, clashing);
  }

  byte[] avro() {
    return AvroObject.of(name + "-", payloads);
  }

  int read() {
    return messageIds.size() + duplicates + bad;
  }
}
