package dev.millrace.collector.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the address that a call comes from. Each proxy appends to {@code X-Forwarded-For} whom it
 * got the call from; what stands before is the client's own word and worth nothing.
 */
public final class ClientAddress {
  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  private final int trustedProxies;

  /**
   * @param trustedProxies how many proxies of ours each call passes; 0 if clients connect directly
   */
  public ClientAddress(int trustedProxies) {
    if (trustedProxies < 0) {
      throw new IllegalArgumentException("trustedProxies < 0: " + trustedProxies);
    }
    this.trustedProxies = trustedProxies;
  }

  /** The client's address, IPv4 or IPv6, if it can be known. */
  public Optional<String> of(Request request) {
    Optional<String> address = trustedProxies == 0 ? request.peer() : forwarded(request);
    return address.map(ClientAddress::bare).filter(it -> ADDRESS.matcher(it).matches());
  }

  private Optional<String> forwarded(Request request) {
    List<String> hops =
        Arrays.asList(String.join(",", request.headers("X-Forwarded-For")).split(","));
    int at = hops.size() - trustedProxies;
    return at < 0 ? Optional.empty() : Optional.of(hops.get(at).strip());
  }

  /** Without brackets and zone. */
  private static String bare(String address) {
    String bare =
        address.startsWith("[") && address.contains("]")
            ? address.substring(1, address.indexOf(']'))
            : address;
    int zone = bare.indexOf('%');
    return zone < 0 ? bare : bare.substring(0, zone);
  }
}
