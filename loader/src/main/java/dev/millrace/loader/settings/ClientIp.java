package dev.millrace.loader.settings;

/** What the collector keeps of the address that a call comes from. */
public enum ClientIp {
  /** The whole address. */
  WHOLE,
  /** Its network: the first 24 bits of an IPv4 address, the first 48 of an IPv6 address. */
  TRUNCATED,
  /** Nothing, and what the client has written there itself goes too. */
  NONE
}
