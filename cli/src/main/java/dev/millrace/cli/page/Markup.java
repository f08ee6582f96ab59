package dev.millrace.cli.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * HTML, or SVG inside it, as it is put together: elements are opened and closed, and whatever is
 * text or an attribute's value is escaped. Names of elements and attributes are the program's own.
 * Not thread-safe.
 */
public final class Markup {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");
  private static final Set<String> LINES =
      Set.of("details", "div", "footer", "h2", "header", "li", "nav", "p", "section", "svg", "tr");
  private static final Set<String> VOID = Set.of("br", "hr", "input", "meta", "wbr");
  private static final char REPLACEMENT = '\ufffd';

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values by turns; a null value leaves its attribute out
   */
  public Markup open(String element, String... attributes) {
    start(element, attributes);
    if (VOID.contains(element)) {
      throw new IllegalArgumentException(element + " has no content; it is no element to open");
    }
    open.push(element);
    return this;
  }

  /** Closes the element that was opened last. */
  public Markup close() {
    String element = open.pop();
    out.append("</").append(element).append('>');
    if (LINES.contains(element)) {
      out.append('\n');
    }
    return this;
  }

  /** An element with nothing but text in it. */
  public Markup element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** An element without content, such as {@code input}. */
  public Markup empty(String element, String... attributes) {
    start(element, attributes);
    if (!VOID.contains(element)) {
      out.append("</").append(element).append('>');
    }
    return this;
  }

  /** Text; null is none. */
  public Markup text(String text) {
    escape(text);
    return this;
  }

  /** Another piece, which is complete. */
  public Markup add(Markup piece) {
    piece.refuseIfOpen();
    out.append(piece.out);
    return this;
  }

  private void start(String element, String... attributes) {
    out.append('<').append(named(element));
    for (int i = 0; i < attributes.length; i += 2) {
      String value = attributes[i + 1];
      if (value != null) {
        out.append(' ').append(named(attributes[i])).append("=\"");
        escape(value);
        out.append('"');
      }
    }
    out.append('>');
  }

  /** A handler or a style as an attribute would be code: the page's policy forbids both. */
  private static String named(String name) {
    if (!NAME.matcher(name).matches() || name.startsWith("on") || name.equals("style")) {
      throw new IllegalArgumentException("not an element or attribute of a page: " + name);
    }
    return name;
  }

  private void escape(String text) {
    int length = text == null ? 0 : text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '\n', '\t' -> out.append(c);
        default -> i += character(text, i);
      }
    }
  }

  /** Appends what stands at {@code i}; what HTML has no character for becomes the sign for that. */
  private int character(String text, int i) {
    int c = text.codePointAt(i);
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    boolean known = !surrogate && !Character.isISOControl(c) && (c & 0xfffe) != 0xfffe;
    if (known) {
      out.appendCodePoint(c);
    } else {
      out.append(REPLACEMENT);
    }
    return Character.charCount(c) - 1;
  }

  /**
   * The HTML.
   *
   * @throws IllegalStateException if an element is still open
   */
  @Override
  public String toString() {
    refuseIfOpen();
    return out.toString();
  }

  private void refuseIfOpen() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
  }
}
