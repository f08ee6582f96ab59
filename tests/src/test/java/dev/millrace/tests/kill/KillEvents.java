package dev.millrace.tests.kill;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import java.util.ArrayList;
import java.util.List;

/** The events of a run with kills: event n is always the same. */
final class KillEvents {
  /** Messages of one publish request, repeated ones not counted. */
  static final int PER_REQUEST = 10;

  /** The root tables. */
  static final List<String> TABLES = List.of("kill_orders", "kill_pages", "kill_runs");

  /** The only child table. */
  static final String ITEMS = "kill_orders__items";

  private static final int EVERY_MALFORMED = 97;
  private static final int EVERY_REPEATED = 101;
  private static final String ID = "k-";

  private KillEvents() {}

  /** Some events again, so that there are duplicates within a batch. */
  static List<PubsubMessage> messagesOf(int request) {
    List<PubsubMessage> messages = new ArrayList<>();
    for (int n = request * PER_REQUEST; n < (request + 1) * PER_REQUEST; n++) {
      PubsubMessage message =
          PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(json(n))).build();
      messages.add(message);
      if (isRepeated(n)) {
        messages.add(message);
      }
    }
    return messages;
  }

  static int requestOf(int event) {
    return event / PER_REQUEST;
  }

  static String messageId(int event) {
    return ID + event;
  }

  static int numberOf(String messageId) {
    return Integer.parseInt(messageId.substring(ID.length()));
  }

  /** Whether its JSON ends too early. */
  static boolean isMalformed(int event) {
    return event % EVERY_MALFORMED == EVERY_MALFORMED - 1;
  }

  private static boolean isRepeated(int event) {
    return event % EVERY_REPEATED == 0 && !isMalformed(event);
  }

  /** Rows of the child table that belong to the event. */
  static int itemsOf(int event) {
    return isMalformed(event) || event % TABLES.size() != 0 ? 0 : event % 4;
  }

  private static String json(int event) {
    String whole =
        switch (event % TABLES.size()) {
          case 0 ->
              """
              {"messageId":"%s","event":"kill orders","number":%d,"items":[%s]}"""
                  .formatted(messageId(event), event, items(event));
          case 1 ->
              """
              {"messageId":"%s","event":"kill pages","number":%d,"path":"/page/%d"}"""
                  .formatted(messageId(event), event, event % 50);
          default ->
              """
              {"messageId":"%s","event":"kill runs","number":%d,"context":{"sure":true}}"""
                  .formatted(messageId(event), event);
        };
    return isMalformed(event) ? whole.substring(0, whole.length() - 1) : whole;
  }

  private static String items(int event) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < itemsOf(event); i++) {
      items.add("{\"sku\":\"s%d\",\"quantity\":%d}".formatted(i, event));
    }
    return String.join(",", items);
  }
}
