package dev.millrace.loader.settings;

/**
 * A setting as the file may have it. The reader takes its bounds from here, and the page of
 * settings is made of it.
 *
 * @param key with those that it stands under before it, joined by dots; {@code <…>} stands for a
 *     name that the file chooses
 * @param byDefault what holds unless it is set, in Markdown, such as {@code default `event`}; empty
 *     if {@code takes} says it
 * @param meaning sentences in Markdown; a blank line ends a paragraph
 * @param example of a file that has it, which differs from no file
 */
record Setting<T extends Takes>(
    String key, T takes, String byDefault, String meaning, String example) {
  /** The key without those that it stands under. */
  String name() {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
