package dev.millrace.tests.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documentation shows works, block by block. {@code -Dpage=docs/analysts.md} tries one
 * page alone.
 */
@Tag("once")
@Execution(ExecutionMode.CONCURRENT)
class PagesTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void everyBlockDoesWhatThePageSays(Page page, @TempDir Path folder) throws Exception {
    try (PageRun run = PageRun.in(folder)) {
      run.tryAll(page);
    }
  }

  static List<Page> pages() throws IOException {
    String only = System.getProperty("page");
    return Page.all().stream()
        .filter(page -> only == null || page.toString().equals(only))
        .filter(page -> !page.blocks().isEmpty())
        .toList();
  }
}
