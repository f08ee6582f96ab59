package dev.millrace.cli.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * An HTML page in one file that needs nothing else: it loads nothing, and its content policy lets
 * nothing run but its own script. It follows the reader's choice of light or dark.
 *
 * <p>{@code page.css} gives every page its type, its colours as variables ({@code --ink}, {@code
 * --muted}, {@code --line}, {@code --accent}, {@code --c1} to {@code --c6} for charts) and the
 * classes {@code wrap}, {@code card}, {@code scroll}, {@code badge}, {@code lead}, {@code muted}
 * and {@code number}. There are no {@code style} attributes: sizes in drawings are attributes of
 * SVG.
 *
 * @param title plain text
 * @param style CSS beside the common one
 * @param script JavaScript that makes a page handier that works without it; may be empty
 */
public record Page(String title, String style, String script) {
  private static final String POLICY =
      "default-src 'none'; base-uri 'none'; form-action 'none'; style-src %s; script-src %s";

  /**
   * A page whose CSS and JavaScript lie beside a class.
   *
   * @param style the name of a resource
   * @param script the name of a resource, or null for none
   */
  public static Page of(String title, Class<?> beside, String style, String script) {
    return new Page(title, resource(beside, style), script == null ? "" : resource(beside, script));
  }

  /**
   * The whole file.
   *
   * @param body what stands in the page's body
   */
  public String html(Markup body) {
    String css = resource(Page.class, "page.css") + style;
    String policy = POLICY.formatted(hash(css), script.isEmpty() ? "'none'" : hash(script));
    Markup head =
        new Markup()
            .empty("meta", "charset", "utf-8")
            .empty("meta", "http-equiv", "Content-Security-Policy", "content", policy)
            .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
            .empty("meta", "name", "color-scheme", "content", "light dark")
            .empty("meta", "name", "referrer", "content", "no-referrer")
            .element("title", title);
    String code = script.isEmpty() ? "" : "<script>" + script + "</script>\n";
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        %s<style>%s</style>
        </head>
        <body>
        %s%s</body>
        </html>
        """
        .formatted(head, css, body, code);
  }

  private static String hash(String code) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private static String resource(Class<?> beside, String name) {
    try (InputStream content = beside.getResourceAsStream(name)) {
      if (content == null) {
        throw new IllegalArgumentException("no resource " + name + " beside " + beside.getName());
      }
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
