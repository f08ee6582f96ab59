package dev.millrace.tests.infrastructure;

/** In a file of the module, the first occurrence of a text becomes another. */
record Mutation(Check check, String file, String from, String to) {
  /** Which of the tests is to notice. */
  enum Check {
    VALIDATE,
    VALUES,
    REFUSALS,
    RIGHTS,
    APPLY
  }

  @Override
  public String toString() {
    return "%s: %s -> %s (%s)"
        .formatted(file, from.strip(), to.isBlank() ? "nothing" : to.strip(), check);
  }
}
