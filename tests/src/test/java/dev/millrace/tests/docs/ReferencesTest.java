package dev.millrace.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the pages point to is there: other pages and their headings, files, commands, options. */
@Tag("once")
class ReferencesTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern INLINE = Pattern.compile("`([^`]+)`");

  @Test
  void everyLinkHasItsTarget() throws IOException {
    Map<Path, Set<String>> anchors = new HashMap<>();
    for (Page page : Page.all()) {
      anchors.put(page.file(), page.anchors());
    }
    List<String> broken = new ArrayList<>();
    for (Page page : Page.all()) {
      for (Page.Line line : page.prose()) {
        Matcher link = LINK.matcher(line.text());
        while (link.find()) {
          if (!link.group(1).contains("://") && !leadsSomewhere(page, link.group(1), anchors)) {
            broken.add(line.place() + ": " + link.group(1));
          }
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void everyPageIsReachedFromTheReadme() throws IOException {
    Map<Path, Page> pages = new HashMap<>();
    for (Page page : Page.all()) {
      pages.put(page.file(), page);
    }
    List<Path> reached = new ArrayList<>(List.of(Path.of("README.md")));
    for (int i = 0; i < reached.size(); i++) {
      Page page = pages.get(reached.get(i));
      for (Page.Line line : page.prose()) {
        Matcher link = LINK.matcher(line.text());
        while (link.find()) {
          Path target = target(page, link.group(1));
          // A link to a folder shows the README in it.
          for (Path shown : List.of(target, target.resolve("README.md"))) {
            if (pages.containsKey(shown) && !reached.contains(shown)) {
              reached.add(shown);
            }
          }
        }
      }
    }

    assertThat(reached).containsAll(pages.keySet());
  }

  @Test
  void everyCommandThatIsMentionedIsThereWithItsOptions() throws IOException {
    Inventory inventory = Inventory.read();
    List<String> unknown = new ArrayList<>();
    for (Page page : Page.all()) {
      for (Page.Line line : page.prose()) {
        Matcher inline = INLINE.matcher(line.text());
        while (inline.find()) {
          inventory.missing(inline.group(1)).forEach(it -> unknown.add(line.place() + ": " + it));
        }
      }
      for (Block block : page.blocks()) {
        if (block.language().equals("sh")) {
          for (String command : Commands.of(block.text())) {
            inventory.missing(command).forEach(it -> unknown.add(block.place() + ": " + it));
          }
        }
      }
    }

    assertThat(unknown).isEmpty();
  }

  private static boolean leadsSomewhere(Page page, String link, Map<Path, Set<String>> anchors) {
    String[] parts = link.split("#", 2);
    Path target = target(page, link);
    if (!Files.exists(Page.CHECKOUT.resolve(target))) {
      return false;
    }
    return parts.length == 1 || anchors.getOrDefault(target, Set.of()).contains(parts[1]);
  }

  private static Path target(Page page, String link) {
    String path = link.replaceFirst("#.*", "");
    return path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
  }
}
