package dev.millrace.collector.events;

import dev.millrace.loader.settings.SourceSettings;
import java.time.Instant;
import java.util.Optional;

/**
 * What the collector knows of a request besides its body.
 *
 * @param source whose write key it bears
 * @param receivedAt by the server's clock
 * @param clientAddress where it comes from, if that is known
 * @param browser whether a web page made it
 */
public record Call(
    String source,
    SourceSettings settings,
    Instant receivedAt,
    Optional<String> clientAddress,
    boolean browser) {}
