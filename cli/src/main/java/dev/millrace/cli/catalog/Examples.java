package dev.millrace.cli.catalog;

import java.util.List;

/**
 * Values of a column, as examples.
 *
 * @param values none if there are none, or they must not be seen
 * @param hidden why they must not be seen, or null if they may
 */
record Examples(List<String> values, String hidden) {
  static final Examples NONE = new Examples(List.of(), null);

  Examples {
    values = List.copyOf(values);
  }

  static Examples hidden(String reason) {
    return new Examples(List.of(), reason);
  }
}
