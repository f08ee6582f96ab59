package dev.millrace.collector.events;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Cuts an address down to its network: 24 bits of IPv4, 48 of IPv6. */
final class Network {
  /** What the JDK reads as an address without asking a name server. */
  private static final Pattern LITERAL =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private static final int IPV4_BYTES = 4;
  private static final int IPV4_KEPT = 3;
  private static final int IPV6_KEPT = 6;

  private Network() {}

  /** The network with zeros behind it; empty if this is no address. */
  static Optional<String> of(String address) {
    if (!LITERAL.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      Arrays.fill(
          bytes, bytes.length == IPV4_BYTES ? IPV4_KEPT : IPV6_KEPT, bytes.length, (byte) 0);
      return Optional.of(InetAddress.getByAddress(bytes).getHostAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
