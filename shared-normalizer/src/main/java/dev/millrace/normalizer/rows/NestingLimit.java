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
    int guard = settings.guards().nestingLevels();
    int wanted = settings.maxNesting().orElse(Integer.MAX_VALUE);
    return new NestingLimit(Math.min(guard, wanted), guard < wanted);
  }
}
