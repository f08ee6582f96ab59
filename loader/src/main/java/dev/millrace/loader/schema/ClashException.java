package dev.millrace.loader.schema;

/** Two sets of additions to one schema that don't go together. */
final class ClashException extends Exception {
  private static final long serialVersionUID = 1L;

  ClashException(String detail) {
    super(detail);
  }
}
