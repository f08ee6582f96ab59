package dev.millrace.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void the_title_is_escaped() {
    assertThat(html(new Page("</title><script>", "", "")))
        .contains("<title>&lt;/title&gt;&lt;script&gt;</title>");
  }

  @Test
  void only_the_pages_own_style_and_script_may_run() throws Exception {
    String html = html(new Page("A", "p { color: red }", "let a = 1;"));

    assertThat(policy(html))
        .contains("default-src 'none'")
        .contains("style-src 'sha256-" + hash(between(html, "style")) + "'")
        .contains("script-src 'sha256-" + hash(between(html, "script")) + "'");
  }

  @Test
  void a_page_without_script_runs_none() {
    String html = html(new Page("A", "", ""));

    assertThat(html).doesNotContain("<script");
    assertThat(policy(html)).contains("script-src 'none'");
  }

  @Test
  void nothing_is_loaded_from_elsewhere() {
    assertThat(html(new Page("A", "", "")))
        .doesNotContain("http:", "https:", "src=", "@import", "url(");
  }

  private static String html(Page page) {
    return page.html(new Markup().empty("main"));
  }

  private static String policy(String html) {
    Matcher matcher =
        Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"").matcher(html);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1).replace("&#39;", "'");
  }

  private static String between(String html, String element) {
    return html.substring(
        html.indexOf("<" + element + ">") + element.length() + 2,
        html.indexOf("</" + element + ">"));
  }

  private static String hash(String code) throws Exception {
    return Base64.getEncoder()
        .encodeToString(
            MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8)));
  }
}
