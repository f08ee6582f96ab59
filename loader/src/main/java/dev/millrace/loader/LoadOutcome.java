package dev.millrace.loader;

import dev.millrace.loader.ports.LoadError;

/** What became of a batch. */
public sealed interface LoadOutcome {
  /** All of it is in, by this call. */
  record Loaded(LoadReport report) implements LoadOutcome {}

  /** All of it was in before. */
  record AlreadyLoaded(String loadId) implements LoadOutcome {}

  /** It can't be loaded, now or later; that is recorded in {@code _millrace_batches}. */
  record FailedForGood(String loadId, LoadError error, String detail) implements LoadOutcome {}

  /** It isn't loaded and nothing says that it can't be: the notice must come again. */
  record TryAgain(String loadId, LoadError error, String detail) implements LoadOutcome {}
}
