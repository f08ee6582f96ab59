package dev.millrace.loader.settings;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the file says of the collector. */
final class CollectorSection {
  private static final String ALL_OTHERS = "*";
  private static final Pattern ORIGIN =
      Pattern.compile("https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\\[[0-9a-f:.]+](:[0-9]{1,5})?");
  private static final String MODES = "whole, truncated or none";

  /** A message of Pub/Sub has 10 MB at most. */
  private static final int MOST_EVENT_BYTES = 1 << 20;

  private static final int MOST_BATCH_BYTES = 8 << 20;

  private final Section sources;

  CollectorSection(Section file) {
    sources =
        file.section(SettingKeys.COLLECTOR)
            .allow(SettingKeys.in(SettingKeys.COLLECTOR))
            .section("sources");
  }

  CollectorSettings read() {
    SourceSettings others =
        sources.has(ALL_OTHERS)
            ? source(sources.section(ALL_OTHERS), SourceSettings.DEFAULT)
            : SourceSettings.DEFAULT;
    Map<String, SourceSettings> bySource = new LinkedHashMap<>();
    for (String name : sources.keys()) {
      if (!name.equals(ALL_OTHERS)) {
        bySource.put(name, source(sources.section(name), others));
      }
    }
    return new CollectorSettings(bySource, others);
  }

  private static SourceSettings source(Section source, SourceSettings defaults) {
    source.allow(SettingKeys.in(SettingKeys.SOURCE));
    return new SourceSettings(
        source.has("origins") ? origins(source) : defaults.origins(),
        source.bytes("event_bytes", 1 << 10, MOST_EVENT_BYTES).orElse(defaults.eventBytes()),
        source.bytes("batch_bytes", 1 << 10, MOST_BATCH_BYTES).orElse(defaults.batchBytes()),
        clientIp(source).orElse(defaults.clientIp()),
        source.bool("strict").orElse(defaults.strict()));
  }

  private static Set<String> origins(Section source) {
    Set<String> origins = new LinkedHashSet<>();
    for (String origin : source.texts("origins")) {
      if (ORIGIN.matcher(origin).matches()) {
        origins.add(origin);
      } else {
        source.wrong(
            "origins",
            origin,
            "an origin in lower case, without a path, such as https://shop.example.com,");
      }
    }
    return origins;
  }

  private static Optional<ClientIp> clientIp(Section source) {
    Optional<String> word = source.text("client_ip");
    for (ClientIp mode : ClientIp.values()) {
      if (word.isPresent() && mode.name().toLowerCase(Locale.ROOT).equals(word.get())) {
        return Optional.of(mode);
      }
    }
    return word.isEmpty() ? Optional.empty() : source.wrong("client_ip", word.get(), MODES);
  }
}
