package dev.millrace.collector;

import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What Segment's libraries ask for before they send: where to send, and that nothing is barred. */
final class SettingsDocument {
  private final Optional<URI> publicAddress;

  SettingsDocument(Optional<URI> publicAddress) {
    this.publicAddress = publicAddress;
  }

  /**
   * @param writeKey of a known source
   */
  String of(String writeKey) {
    ObjectNode document = JsonMapper.shared().createObjectNode();
    ObjectNode segment = document.putObject("integrations").putObject("Segment.io");
    segment.put("apiKey", writeKey);
    publicAddress.ifPresent(
        address -> {
          segment.put("apiHost", address.getAuthority() + path(address) + "/v1");
          segment.put("protocol", address.getScheme());
        });
    ObjectNode plan = document.putObject("plan");
    for (String call : new String[] {"track", "identify", "group"}) {
      plan.putObject(call).putObject("__default").put("enabled", true);
    }
    document.putObject("edgeFunction");
    document.putObject("metrics").put("sampleRate", 0);
    return document.toString();
  }

  private static String path(URI address) {
    return address.getPath() == null ? "" : address.getPath().replaceAll("/+$", "");
  }
}
