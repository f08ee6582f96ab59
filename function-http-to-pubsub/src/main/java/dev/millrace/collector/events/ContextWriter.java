package dev.millrace.collector.events;

import dev.millrace.collector.http.RefusedException;
import dev.millrace.loader.settings.ClientIp;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes an event's {@code context}: the envelope's under its own, and the client's address where
 * the client is on a person's device.
 */
final class ContextWriter {
  private static final String CONTEXT = "context";
  private static final String IP = "ip";

  /** The libraries of apps and pages; those of servers would give the server's address. */
  private static final Set<String> CLIENT_SIDE =
      Set.of(
          "analytics.js",
          "analytics-android",
          "analytics-ios",
          "analytics-kotlin",
          "analytics-swift",
          "analytics-react-native",
          "@segment/analytics-react-native",
          "analytics-flutter");

  private final Call call;

  ContextWriter(Call call) {
    this.call = call;
  }

  void write(ObjectWriter event, JsonValue own, JsonValue shared) throws RefusedException {
    if (own != null && !own.isObject() && own.kind() != JsonValue.Kind.NULL) {
      return;
    }
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    add(fields, shared);
    add(fields, own);
    ObjectWriter context = new ObjectWriter(fields);
    boolean changed = address(context, fields);
    if (changed || shared != null && shared.isObject()) {
      event.put(CONTEXT, Slice.of(context.bytes()));
    }
  }

  private static void add(Map<String, JsonValue> fields, JsonValue object) throws RefusedException {
    if (object != null && object.isObject()) {
      JsonScan.fields(object.slice())
          .forEach(
              (name, value) -> {
                if (value.kind() != JsonValue.Kind.NULL || !fields.containsKey(name)) {
                  fields.put(name, value);
                }
              });
    }
  }

  /** Whether it has changed anything. */
  private boolean address(ObjectWriter context, Map<String, JsonValue> fields)
      throws RefusedException {
    JsonValue said = fields.get(IP);
    boolean isSaid = said != null && said.kind() != JsonValue.Kind.NULL;
    ClientIp keep = call.settings().clientIp();
    if (keep == ClientIp.NONE) {
      context.remove(IP);
      return said != null;
    }
    if (isSaid && keep == ClientIp.WHOLE) {
      return false;
    }
    Optional<String> address =
        isSaid
            ? Optional.ofNullable(said.text())
            : call.clientAddress().filter(it -> isClientSide(fields));
    if (keep == ClientIp.TRUNCATED) {
      address = address.flatMap(Network::of);
    }
    address.ifPresentOrElse(it -> context.put(IP, it), () -> context.remove(IP));
    return isSaid || address.isPresent();
  }

  private boolean isClientSide(Map<String, JsonValue> context) {
    if (call.browser()) {
      return true;
    }
    JsonValue direct = context.get("direct");
    if (direct != null && direct.kind() == JsonValue.Kind.BOOLEAN) {
      return direct.slice().bytes()[direct.slice().from()] == 't';
    }
    return isClientSide(context.get("library"));
  }

  private static boolean isClientSide(JsonValue library) {
    if (library == null || !library.isObject()) {
      return false;
    }
    try {
      JsonValue name = JsonScan.fields(library.slice()).get("name");
      return name != null && name.text() != null && CLIENT_SIDE.contains(name.text());
    } catch (RefusedException e) {
      return false;
    }
  }
}
