package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.NormalizerSettings;

/**
 * How deep events are taken apart.
 *
 * @param levels as dlt's {@code max_nesting} counts them
 * @param isGuard whether the guard sets it, and not the settings
 */
record NestingLimit(int levels, boolean isGuard) {
  static NestingLimit of(NormalizerSettings settings) {
    return of(settings, settings.maxNesting().orElse(Integer.MAX_VALUE));
  }

  /** The limit where {@code wanted} levels are set. */
  static NestingLimit of(NormalizerSettings settings, int wanted) {
    int guard = settings.guards().nestingLevels();
    return new NestingLimit(Math.min(guard, wanted), guard < wanted);
  }
}
