package dev.millrace.loader.commit;

import dev.millrace.loader.packages.Manifest;
import java.util.Map;

/**
 * What became of a package's events and rows in the warehouse.
 *
 * @param counts of events; one whose root row was refused is bad
 * @param rows that are in, by table
 * @param refused rows that the warehouse would not take
 * @param badByReason rows of the bad events, by reason code
 */
public record Account(
    Manifest.Counts counts, Map<String, Long> rows, long refused, Map<String, Long> badByReason) {}
