package dev.millrace.cli.inspect;

import dev.millrace.normalizer.ids.RootIds;
import java.util.ArrayList;
import java.util.List;

/**
 * The ids that rows of an event may have, made as the normaliser makes them.
 *
 * @param id what a person calls the event: its messageId, Pub/Sub's message id, or a row's id
 */
record EventIds(String id) {
  /** How many JSON values of a message are looked for; a question takes 1,000 values. */
  private static final int INDICES = 990;

  /** Of the root row of an event with that messageId, and the id itself if it may be a row's. */
  List<String> ofMessageIdOrRow() {
    List<String> ids = new ArrayList<>();
    ids.add(new RootIds().of("m:" + id));
    if (mayBeRow()) {
      ids.add(id);
    }
    return ids;
  }

  /** Of events without messageId in the message that Pub/Sub gave that id; none if it is none. */
  List<String> ofPubSubMessage() {
    List<String> ids = new ArrayList<>();
    if (id.matches("\\d{1,30}")) {
      RootIds rootIds = new RootIds();
      for (int index = 0; index < INDICES; index++) {
        ids.add(rootIds.of("p:" + id + ":" + index));
      }
    }
    return ids;
  }

  boolean mayBeRow() {
    return id.length() == RootIds.LENGTH && id.matches("[A-Za-z0-9+/]+");
  }
}
