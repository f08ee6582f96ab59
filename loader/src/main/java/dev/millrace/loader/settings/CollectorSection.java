package dev.millrace.loader.settings;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the file says of the collector. */
final class CollectorSection {
  private static final String ALL_OTHERS = "*";

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
        source.bytes(CollectorKeys.EVENT_BYTES).orElse(defaults.eventBytes()),
        source.bytes(CollectorKeys.BATCH_BYTES).orElse(defaults.batchBytes()),
        clientIp(source).orElse(defaults.clientIp()),
        source.bool(CollectorKeys.STRICT).orElse(defaults.strict()));
  }

  private static Set<String> origins(Section source) {
    Set<String> origins = new LinkedHashSet<>();
    for (String origin : source.texts("origins")) {
      if (origin.matches(CollectorKeys.ORIGINS.takes().pattern())) {
        origins.add(origin);
      } else {
        source.wrong("origins", origin, CollectorKeys.ORIGINS.takes().expected());
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
    return word.isEmpty()
        ? Optional.empty()
        : source.wrong("client_ip", word.get(), CollectorKeys.CLIENT_IP.takes().expected());
  }
}
