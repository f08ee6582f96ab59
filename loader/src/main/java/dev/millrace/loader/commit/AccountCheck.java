package dev.millrace.loader.commit;

import dev.millrace.loader.packages.Manifest;
import dev.millrace.loader.packages.Part;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.normalizer.schema.Schema;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks that a package's counts add up.
 *
 * @param manifest of the package
 * @param schema of its rows
 */
record AccountCheck(Manifest manifest, Schema schema) {
  /**
   * The account of a package, checked.
   *
   * @param loaded rows that the warehouse took, by table
   * @throws LoadException {@link LoadError#COUNTS_DIFFER} if it doesn't add up
   */
  Account account(Map<String, Long> loaded, Refused refused) throws LoadException {
    Manifest.Counts sealed = manifest.counts();
    checkEvents(sealed);
    checkRows(loaded, refused);
    checkRoots(loaded, refused);
    Map<String, Long> badByReason = new TreeMap<>(manifest.badByReason());
    if (refused.lines() > 0) {
      badByReason.put(Refused.REASON, refused.lines());
    }
    Manifest.Counts counts =
        new Manifest.Counts(
            sealed.read(),
            sealed.loaded() - refused.roots(),
            sealed.duplicate(),
            sealed.bad() + refused.roots(),
            sealed.partialBad() + refused.lines() - refused.roots());
    return new Account(counts, loaded, refused.rows(), badByReason);
  }

  private void checkEvents(Manifest.Counts counts) throws LoadException {
    long badRows = manifest.badEvents().stream().mapToLong(Part::rows).sum();
    if (counts.read() != counts.loaded() + counts.duplicate() + counts.bad()
        || badRows != counts.bad() + counts.partialBad()) {
      throw new LoadException(
          LoadError.COUNTS_DIFFER,
          "the package has read %d, loaded %d, duplicate %d, bad %d, partly bad %d; bad rows %d"
              .formatted(
                  counts.read(),
                  counts.loaded(),
                  counts.duplicate(),
                  counts.bad(),
                  counts.partialBad(),
                  badRows));
    }
  }

  private void checkRows(Map<String, Long> loaded, Refused refused) throws LoadException {
    Map<String, Long> expected = new TreeMap<>();
    manifest.tables().forEach((name, table) -> expected.put(name, table.rows()));
    Map<String, Long> accounted = new TreeMap<>(loaded);
    refused.byTable().forEach((name, rows) -> accounted.merge(name, rows, Long::sum));
    if (!expected.equals(accounted)) {
      throw new LoadException(
          LoadError.COUNTS_DIFFER,
          "the package has rows %s, and the warehouse took %s and refused %s"
              .formatted(expected, new TreeMap<>(loaded), new TreeMap<>(refused.byTable())));
    }
  }

  private void checkRoots(Map<String, Long> loaded, Refused refused) throws LoadException {
    long roots =
        loaded.keySet().stream()
            .filter(table -> schema.table(table).parent() == null)
            .mapToLong(loaded::get)
            .sum();
    if (roots + refused.roots() != manifest.counts().loaded()) {
      throw new LoadException(
          LoadError.COUNTS_DIFFER,
          "the package has %d loaded events, and %d root rows"
              .formatted(manifest.counts().loaded(), roots + refused.roots()));
    }
  }
}
