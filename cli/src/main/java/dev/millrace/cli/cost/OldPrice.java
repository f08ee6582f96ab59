package dev.millrace.cli.cost;

/**
 * A price that is too old to budget by.
 *
 * @param name as the price list or its vendor calls it
 */
record OldPrice(String name, Provenance provenance, long ageDays) {
  /** How old it is, and what to do. */
  String sentence() {
    return "The price of %s is of %s, %d days old: look it up (%s) and give today's with --prices."
        .formatted(name, provenance.date(), ageDays, provenance.source());
  }
}
