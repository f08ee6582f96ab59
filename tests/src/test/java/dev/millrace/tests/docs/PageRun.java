package dev.millrace.tests.docs;

import dev.millrace.loader.settings.SettingsOfAPage;
import dev.millrace.tests.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Tries the blocks of one page, in their order, in one folder. */
final class PageRun implements AutoCloseable {
  /** A drawing, or text to copy: what commands print is part of their block. */
  private static final String DRAWING = "text";

  private static final String SHELL = "sh";

  private final Workbench workbench;
  private final SqlTrial sql;
  private final Map<String, Trial> trials;

  private PageRun(Workbench workbench) {
    this.workbench = workbench;
    this.sql = new SqlTrial(workbench);
    this.trials =
        Map.of(
            SHELL,
            new ShellTrial(workbench),
            DRAWING,
            block -> {},
            "js",
            this::readJavaScript,
            "hcl",
            new TerraformTrial(workbench),
            "sql",
            sql,
            "java",
            new JavaTrial(workbench.folder()),
            "python",
            this::runPython,
            "xml",
            new XmlTrial(),
            "yaml",
            this::readYaml,
            "json",
            block -> JsonMapper.builder().build().readTree(block.text()));
  }

  /**
   * Sets one up.
   *
   * @param folder that is empty
   */
  static PageRun in(Path folder) throws IOException {
    return new PageRun(Workbench.in(folder));
  }

  /** Tries them all; fails at the first that does not do what the page says. */
  void tryAll(Page page) {
    for (Block block : page.blocks()) {
      try {
        tryOne(block);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(block.place() + ": " + e.getMessage(), e);
      }
    }
  }

  private void tryOne(Block block) throws Exception {
    Trial trial = trials.get(block.language());
    if (trial == null) {
      throw new AssertionError(
          "nobody can try the language \"%s\"; there are %s"
              .formatted(block.language(), trials.keySet().stream().sorted().toList()));
    }
    if (block.remark(Remark.Kind.FIRST).isPresent()) {
      succeed(workbench.shell(block.remark(Remark.Kind.FIRST).get()));
    }
    if (block.remark(Remark.Kind.NOT_TRIED).isPresent() && !block.language().equals(SHELL)) {
      throw new AssertionError("only shell commands may go untried");
    }
    trial.of(block);
  }

  /** Settings; or, where the fence names a file, what the commands that follow read. */
  private void readYaml(Block block) throws IOException {
    if (block.variant().isEmpty()) {
      SettingsOfAPage.check(block.place(), block.text());
    } else {
      Files.writeString(workbench.folder().resolve(block.variant()), block.text());
    }
  }

  private void readJavaScript(Block block) throws Exception {
    Files.writeString(workbench.folder().resolve("page.mjs"), block.text());
    succeed(workbench.shell("node --check page.mjs"));
  }

  private void runPython(Block block) throws Exception {
    succeed(workbench.python(block.text()));
  }

  private static void succeed(Child.Finished finished) {
    if (finished.exitCode() != 0) {
      throw new AssertionError(finished.toString());
    }
  }

  @Override
  public void close() {
    sql.close();
    workbench.close();
  }
}
