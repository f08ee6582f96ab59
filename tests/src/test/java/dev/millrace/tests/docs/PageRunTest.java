package dev.millrace.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages' test notices. */
class PageRunTest {
  @TempDir private Path folder;

  @Test
  void aCommandThatFails_isTold_withItsLine() {
    assertFails("# Page\n\n```sh\nfalse\n```\n", "page.md:3: ", "exit code");
  }

  @Test
  void aCommandThatPrintsSomethingElse_isTold() {
    assertFails("```sh\necho 2 rows\n```\n\n```text\n1 row\n```\n", "page.md:1: ", "1 row");
  }

  @Test
  void anEllipsis_standsForAnythingInALine_andForLines() {
    assertWorks("```sh\nprintf 'a 17 b\\nc\\nd\\n'\n```\n\n```text\na … b\n…\nd\n```\n");
  }

  @Test
  void whatABlockTakesForGranted_isMadeBefore() {
    assertWorks("<!-- first: echo 1 > made -->\n```sh\ncat made\n```\n\n```text\n1\n```\n");
  }

  @Test
  void aCommandOfThisMachine_canNotBeExcused() {
    assertFails(
        "<!-- not tried: needs Google Cloud -->\n```sh\nscripts/millrace load x\n```\n",
        "page.md:2: ",
        "may be left untried");
  }

  @Test
  void aReasonThatIsNone_isTold() {
    assertFails(
        "<!-- not tried: it is late -->\n```sh\ngcloud help\n```\n", "page.md:2: ", "it is late");
  }

  @Test
  void anExcusedCommandWithWrongSyntax_isTold() {
    assertFails(
        "<!-- not tried: needs Google Cloud -->\n```sh\ngcloud logging read 'x\n```\n",
        "page.md:2: ",
        "syntax");
  }

  @Test
  void javaThatDoesNotCompile_isTold() {
    assertFails(
        "```java\npublisher.track(\"a\", null);\n```\n", "page.md:1: ", "cannot find symbol");
  }

  @Test
  void settingsThatAreNotRight_areTold() {
    assertFails("```yaml\nguards: {tables: 0}\n```\n", "page.md:1: ", "guards.tables is 0");
  }

  @Test
  void jsonThatIsNone_isTold() {
    assertFails("```json\n{\"a\": }\n```\n", "page.md:1: ", "");
  }

  @Test
  void anArtifactThatIsNoModule_isTold() {
    assertFails(
        "```xml\n<dependency><groupId>dev.millrace</groupId><artifactId>nothing</artifactId>"
            + "<version>1</version></dependency>\n```\n",
        "page.md:1: ",
        "dev.millrace:nothing:1");
  }

  @Test
  void aVariableThatTheModuleHasNot_isTold() {
    assertFails("```hcl\nnothing = 1\n```\n", "page.md:1: ", "nothing");
  }

  @Test
  void javaScriptWithWrongSyntax_isTold() {
    assertFails("```js\nlet = ;\n```\n", "page.md:1: ", "SyntaxError");
  }

  @Test
  void aLanguageThatNobodyTries_isTold() {
    assertFails("```cobol\nSTOP RUN.\n```\n", "page.md:1: ", "cobol");
  }

  @Test
  void aQueryThatFindsNothing_isTold() {
    assertFails(
        """
        <!-- first: duckdb a.duckdb "create schema telemetry" -->
        ```sql duckdb
        select 1 where false;
        ```
        """,
        "page.md:2: ",
        "finds something");
  }

  @Test
  void anchorsAreThoseOfGitHub() {
    Page page = Page.of(Path.of("page.md"), "# A `b.c`: d, and e?\n\n## Same\n\n## Same\n");

    assertThat(page.anchors()).containsExactly("a-bc-d-and-e", "same", "same-1");
  }

  @Test
  void anOptionThatThereIsNot_isMissing() throws Exception {
    Inventory inventory = Inventory.read();

    assertThat(inventory.missing("scripts/millrace load --nothing x"))
        .containsExactly("millrace load has no option --nothing");
    assertThat(inventory.missing("millrace nothing")).hasSize(1);
    assertThat(inventory.missing("scripts/nothing")).hasSize(1);
    assertThat(inventory.missing("scripts/deploy PROJECT REGION --nothing")).hasSize(1);
    assertThat(inventory.missing("scripts/bench nothing")).hasSize(1);
    assertThat(inventory.missing("terraform output nothing")).hasSize(1);
    assertThat(inventory.missing("terraform/nothing.tf")).hasSize(1);
    assertThat(inventory.missing("millrace load --into x.duckdb -")).isEmpty();
  }

  private void assertFails(String markdown, String place, String detail) {
    assertThatThrownBy(() -> tryAll(markdown))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(place)
        .hasMessageContaining(detail);
  }

  private void assertWorks(String markdown) {
    assertThatCode(() -> tryAll(markdown)).doesNotThrowAnyException();
  }

  private void tryAll(String markdown) throws Exception {
    try (PageRun run = PageRun.in(folder)) {
      run.tryAll(Page.of(Path.of("page.md"), markdown));
    }
  }
}
