package dev.millrace.loader.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** {@code docs/settings.md} as the settings' own descriptions make it. */
final class SettingsPage {
  /** Of lines that are no table's. */
  private static final int MOST_COLUMNS = 155;

  private static final Pattern PARAGRAPHS = Pattern.compile("\n{2,}");

  /** What stands before the first chapter. */
  private static final String BEGINNING =
      """
      # Settings: `millrace.yaml`

      <!-- This page is made of the settings' own descriptions in the loader: change those. -->

      One file says how events become tables. The function, `millrace local`, `millrace load` and
      `millrace preview` read the same file and check it when they start: everything that is wrong
      with it is told at once, each with its line. Every key may be left out, but for `ports.kind` in
      the function's file; the commands bring their own ports.

      A whole file, as a shop might have it:

      ```yaml
      event_name_field: event
      schema_contract: {tables: evolve, columns: evolve, data_type: discard_row}
      table_contracts:
        order_completed: freeze
      columns:
        "*":
          user_id: {data_type: text, description: The account that was signed in}
        order_completed:
          properties__total: {data_type: decimal, precision: 20, scale: 4}
      privacy:
        hash_key: {env: MILLRACE_HASH_KEY}
        rules:
          - {path: context.ip, action: mask}
          - {path: "**.email", action: hash}
          - {path: properties.card, action: drop}
      guards: {event_bytes: 512 KiB}
      ports: {kind: embedded, folder: /var/lib/millrace}
      ```

      Write `*` and anything that starts with `re:` in quotes: YAML has its own meaning for them.
      Aliases (`*name`) are not taken.
      """;

  private SettingsPage() {}

  static String text() {
    List<String> blocks = new ArrayList<>();
    add(blocks, BEGINNING);
    for (Chapter chapter : SettingKeys.CHAPTERS) {
      blocks.add("## " + chapter.title());
      add(blocks, chapter.introduction());
      for (Setting<?> setting : chapter.settings()) {
        blocks.add("### `" + setting.key() + "`");
        add(blocks, firstSentence(setting) + " " + setting.meaning());
        blocks.add("```yaml\n" + setting.example() + "```");
      }
    }
    return String.join("\n\n", blocks) + "\n";
  }

  private static String firstSentence(Setting<?> setting) {
    String takes = setting.takes().onThePage();
    return takes + (setting.byDefault().isEmpty() ? "." : "; " + setting.byDefault() + ".");
  }

  private static void add(List<String> blocks, String markdown) {
    PARAGRAPHS
        .splitAsStream(markdown.strip())
        .filter(paragraph -> !paragraph.isEmpty())
        .map(SettingsPage::filled)
        .forEach(blocks::add);
  }

  /** A paragraph in lines that are as long as they may be; tables and code stay as they are. */
  private static String filled(String paragraph) {
    if (paragraph.startsWith("|") || paragraph.startsWith("```")) {
      return paragraph;
    }
    StringJoiner lines = new StringJoiner("\n");
    StringBuilder line = new StringBuilder();
    for (String word : paragraph.split("\\s+")) {
      if (line.length() + 1 + word.length() > MOST_COLUMNS) {
        lines.add(line);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    return lines.add(line).toString();
  }
}
