package dev.millrace.function;

import dev.millrace.loader.reconcile.ReconcileReport;
import java.io.IOException;

/** Looks for batches that are missing. Thread-safe. */
@FunctionalInterface
interface Reconciler {
  /**
   * Publishes the notices of missing batches again.
   *
   * @throws IOException if it can't be done, or not all of it
   */
  ReconcileReport reconcile() throws IOException;
}
