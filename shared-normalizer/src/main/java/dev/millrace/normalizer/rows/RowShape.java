package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.names.RawPath;

/**
 * Where a row's table hangs.
 *
 * @param path the table's path, its parts normalised and not shortened
 * @param rawPath the event's name as written, and the raw keys down to the list, joined by {@code
 *     __}
 */
record RowShape(String path, RawPath rawPath) {}
