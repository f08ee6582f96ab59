package dev.millrace.tests.segment;

import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.Tool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Headless Chromium, which Debian has; installed where it is not there. */
final class Browser implements AutoCloseable {
  private static final String INSTALL =
      """
      command -v chromium && exit
      as_root=$([ "$(id -u)" = 0 ] || echo sudo -n)
      $as_root apt-get update -qq >&2 &&
        DEBIAN_FRONTEND=noninteractive $as_root apt-get install -qq -y --no-install-recommends chromium >&2 &&
        command -v chromium
      """;

  private final Child child;

  private Browser(Child child) {
    this.child = child;
  }

  /** The program; installs it first if need be. */
  static String install() throws InterruptedException {
    String printed =
        Tool.run(
            "Chromium of Debian; as root, or with sudo, it is installed by apt-get.",
            "sh",
            "-c",
            INSTALL);
    return printed.substring(printed.lastIndexOf('\n') + 1);
  }

  /**
   * Opens a page.
   *
   * @param profile a folder for what the browser keeps
   */
  static Browser open(URI page, Path profile) throws IOException, InterruptedException {
    return new Browser(
        Child.start(
            List.of(
                install(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--user-data-dir=" + profile,
                page.toString()),
            Map.of()));
  }

  /** What it has said, for a failure. */
  String printed() {
    return child.out() + child.err();
  }

  @Override
  public void close() {
    child.close();
  }
}
