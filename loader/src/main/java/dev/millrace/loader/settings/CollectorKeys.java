package dev.millrace.loader.settings;

import java.util.List;

/** What the collector does with the calls of a source. */
final class CollectorKeys {
  private static final SourceSettings UNLESS_SET = SourceSettings.DEFAULT;

  static final Setting<Takes.Text> ORIGINS =
      new Setting<>(
          "collector.sources.<source>.origins",
          new Takes.Text(
              "A list of origins",
              "https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\\[[0-9a-f:.]+](:[0-9]{1,5})?",
              "an origin in lower case, without a path, such as https://shop.example.com,"),
          "by default every origin is allowed",
          "Web pages that may call. A browser's call from another page is refused with 403.",
          """
          collector:
            sources:
              shop-web: {origins: ["https://shop.example.com", "https://www.example.com"]}
          """);

  /** A message of Pub/Sub has 10 MB at most. */
  static final Setting<Takes.Size> EVENT_BYTES =
      new Setting<>(
          "collector.sources.<source>.event_bytes",
          new Takes.Size(1 << 10, 1 << 20),
          "default " + Takes.Size.words(UNLESS_SET.eventBytes()),
          """
          How large one event may be, as JSON. What its batch says of all events in `context` and
          `integrations` may be as large again.""",
          """
          collector:
            sources:
              "*": {event_bytes: 64 KiB}
          """);

  static final Setting<Takes.Size> BATCH_BYTES =
      new Setting<>(
          "collector.sources.<source>.batch_bytes",
          new Takes.Size(1 << 10, 8 << 20),
          "default " + Takes.Size.words(UNLESS_SET.batchBytes()),
          "How large the body of a batch may be, unpacked.",
          """
          collector:
            sources:
              shop-server: {batch_bytes: 1 MiB}
          """);

  static final Setting<Takes.OneOf> CLIENT_IP =
      new Setting<>(
          "collector.sources.<source>.client_ip",
          Takes.OneOf.of(ClientIp.values()),
          "default `whole`",
          """
          What `context.ip` gets of the address that a client-side call comes from: all of it, its
          network (the first 24 bits of IPv4, the first 48 of IPv6), or nothing. With the last two,
          what the client has written there itself is cut or removed as well.""",
          """
          collector:
            sources:
              shop-web: {client_ip: truncated}
          """);

  static final Setting<Takes.Flag> STRICT =
      new Setting<>(
          "collector.sources.<source>.strict",
          new Takes.Flag(),
          "default `%s`".formatted(UNLESS_SET.strict()),
          """
          Whether an event without what Segment requires (a call type, a user id or anonymous id, a
          `track`'s `event`, a `group`'s `groupId`, an `alias`'s `previousId`) is refused. Without
          it, any JSON object is an event, as everywhere in Millrace.""",
          """
          collector:
            sources:
              shop-web: {strict: true}
          """);

  static final Chapter CHAPTER =
      new Chapter(
          "The collector",
          """
          What the [collector](segment.md) does with the calls of a source: the name that a write key
          stands for, or `"*"` for all others. A source that is named takes from `"*"` what is not
          set for it.
          """,
          List.of(ORIGINS, EVENT_BYTES, BATCH_BYTES, CLIENT_IP, STRICT));

  private CollectorKeys() {}
}
