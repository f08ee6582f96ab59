package dev.millrace.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkupTest {
  @Test
  void text_can_not_become_elements() {
    assertThat(new Markup().element("p", "</p><script>alert('x') && \"y\"</script>"))
        .hasToString(
            "<p>&lt;/p&gt;&lt;script&gt;alert(&#39;x&#39;) &amp;&amp; &quot;y&quot;"
                + "&lt;/script&gt;</p>\n");
  }

  @Test
  void a_value_can_not_leave_its_attribute() {
    assertThat(new Markup().empty("input", "value", "\" autofocus onfocus='alert(1)"))
        .hasToString("<input value=\"&quot; autofocus onfocus=&#39;alert(1)\">");
  }

  @Test
  void an_attribute_without_value_is_left_out() {
    assertThat(new Markup().empty("input", "title", null, "name", "a"))
        .hasToString("<input name=\"a\">");
  }

  @Test
  void what_html_has_no_character_for_is_replaced() {
    assertThat(new Markup().text("a\u0000b\u001bc\ud800d\ufffee\u0085f\n😀"))
        .hasToString("a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\n😀");
  }

  @ParameterizedTest
  @ValueSource(strings = {"onclick", "style", "a b", "", "x>", "\"", "é"})
  void what_would_be_code_or_no_name_is_refused(String name) {
    assertThatThrownBy(() -> new Markup().open("p", name, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_piece_must_be_complete() {
    Markup half = new Markup().open("p");

    assertThatThrownBy(() -> new Markup().add(half))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("p");
  }
}
