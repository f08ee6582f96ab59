package dev.millrace.loader.settings;

import java.util.List;

/**
 * Settings that belong together, as one heading of the page has them.
 *
 * @param introduction in Markdown, for all of them; may be empty
 */
record Chapter(String title, String introduction, List<Setting<?>> settings) {
  Chapter {
    settings = List.copyOf(settings);
  }
}
