package dev.millrace.tests.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param file relative to the checkout
 * @param prose the lines outside of fenced blocks
 */
record Page(Path file, List<Block> blocks, List<Line> prose) {
  /** The checkout that the tests run in. */
  static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  private static final String FENCE = "```";

  /**
   * A line of prose.
   *
   * @param place {@code page:line}
   */
  record Line(String place, String text) {}

  /** Every page there is for people, by its path. */
  static List<Page> all() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> docs = Files.walk(CHECKOUT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).forEach(files::add);
    }
    for (String name : List.of("README.md", "CHANGELOG.md", "terraform/README.md")) {
      files.add(CHECKOUT.resolve(name));
    }
    Collections.sort(files);
    List<Page> pages = new ArrayList<>();
    for (Path file : files) {
      pages.add(of(CHECKOUT.relativize(file), Files.readString(file)));
    }
    return pages;
  }

  static Page of(Path file, String markdown) {
    List<Block> blocks = new ArrayList<>();
    List<Line> prose = new ArrayList<>();
    List<Remark> remarks = new ArrayList<>();
    String[] lines = markdown.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String place = file + ":" + (i + 1);
      if (lines[i].startsWith(FENCE)) {
        int end = i + 1;
        while (end < lines.length && !lines[end].equals(FENCE)) {
          end++;
        }
        if (end == lines.length) {
          throw new AssertionError(place + ": the block has no end");
        }
        add(blocks, block(place, lines[i], List.of(lines).subList(i + 1, end), remarks));
        remarks.clear();
        i = end;
      } else if (lines[i].startsWith("<!--")) {
        int end = i;
        while (end < lines.length - 1 && !lines[end].endsWith("-->")) {
          end++;
        }
        Remark.of(String.join("\n", List.of(lines).subList(i, end + 1))).ifPresent(remarks::add);
        i = end;
      } else {
        if (!lines[i].isBlank() && !remarks.isEmpty()) {
          throw new AssertionError(place + ": a remark on a block stands before something else");
        }
        prose.add(new Line(place, lines[i]));
      }
    }
    return new Page(file, blocks, prose);
  }

  private static void add(List<Block> blocks, Block block) {
    int last = blocks.size() - 1;
    if (block.language().equals("text") && last >= 0 && blocks.get(last).language().equals("sh")) {
      blocks.set(last, blocks.get(last).printing(block.text()));
    } else {
      blocks.add(block);
    }
  }

  private static Block block(String place, String fence, List<String> lines, List<Remark> remarks) {
    String[] words = fence.substring(FENCE.length()).strip().split(" ", 2);
    return new Block(
        place,
        words[0],
        words.length == 2 ? words[1] : "",
        String.join("\n", lines) + "\n",
        remarks,
        Optional.empty());
  }

  /** What links may point to: the headings as GitHub turns them into anchors. */
  Set<String> anchors() {
    Map<String, Integer> seen = new HashMap<>();
    Set<String> anchors = new LinkedHashSet<>();
    for (Line line : prose) {
      if (line.text().matches("#{1,6} .*")) {
        String anchor =
            line.text()
                .replaceFirst("#+ ", "")
                .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
        int before = seen.merge(anchor, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? anchor : anchor + "-" + before);
      }
    }
    return anchors;
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
