package dev.millrace.cli.cost;

import dev.millrace.cli.show.TextTable;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The original post's arithmetic for a person at a terminal. */
record OriginalText(OriginalPost post) {
  private static final int WIDTH = 100;

  @Override
  public String toString() {
    TextTable table = TextTable.whole("the original post", "it says", "its inputs give", "how");
    for (OriginalPost.Figure figure : post.figures()) {
      BigDecimal value = BigDecimal.valueOf(figure.value()).setScale(2, RoundingMode.HALF_UP);
      table.row(figure.what(), figure.printed(), value, figure.how());
    }
    StringBuilder text = new StringBuilder(table.toString());
    text.append("\nFrom ").append(OriginalPost.ADDRESS).append(", March 2024.\n\n");
    text.append("What is off in it:\n");
    int number = 0;
    for (String correction : post.corrections()) {
      number++;
      text.append(wrapped(number + ". ", correction));
    }
    return text.toString();
  }

  private static String wrapped(String mark, String words) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(mark);
    for (String word : words.split(" ")) {
      if (line.length() + word.length() > WIDTH) {
        text.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
        line.append(" ".repeat(mark.length()));
      }
      line.append(word).append(' ');
    }
    return text.append(line.toString().stripTrailing()).append('\n').toString();
  }
}
