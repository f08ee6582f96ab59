package dev.millrace.tests.infrastructure;

import dev.millrace.tests.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The whole of what scripts find on their path: tools of ours in the place of Google's. */
final class Tools {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final Path called;
  private Path scripts = Checkout.root().resolve("scripts");
  private String typed = "";

  /**
   * Somebody is logged in and lacks every right; nothing is deployed.
   *
   * @param folder an empty one
   */
  Tools(Path folder) throws IOException {
    this.folder = folder;
    this.called = folder.resolve("called");
    put("gcloud", "case \"$*\" in *print-access-token*) echo token ;; esac");
    put("terraform", "case \"$*\" in version) echo 'Terraform v1.11.4' ;; *) exit 1 ;; esac");
    put("curl", "echo '{}'");
    for (String needed :
        List.of(
            "bash", "dirname", "basename", "readlink", "sed", "cat", "mkdir", "cp", "rm", "date")) {
      write(folder.resolve(needed), "exec " + where(needed) + " \"$@\"");
    }
  }

  /** Puts a tool there that notes how it was called, and then does this. */
  void put(String name, String script) throws IOException {
    write(folder.resolve(name), noting(name) + script);
  }

  void remove(String name) throws IOException {
    Files.delete(folder.resolve(name));
  }

  /**
   * From now on they all do as they are told, in a checkout whose image script builds nothing.
   *
   * @param collector whether the variables switch one on
   */
  void work(boolean collector) throws IOException {
    Path checkout = folder.resolve("checkout");
    Path source = scripts;
    scripts = Files.createDirectories(checkout.resolve("scripts"));
    typed = "my-project\n";
    for (String script : List.of("deploy", "destroy", "lib/java.sh", "lib/gcp.sh")) {
      Files.createDirectories(scripts.resolve(script).getParent());
      Files.copy(
          source.resolve(script), scripts.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.createFile(Files.createDirectories(checkout.resolve("terraform")).resolve("main.tf"));
    write(
        scripts.resolve("image"),
        noting("image")
            + "case $1 in --collector) echo pushed:collector ;; *) echo pushed:function ;; esac");
    put("mvn", "");
    put("grep", "cat");
    put("curl", "echo \"$*\"");
    put(
        "terraform",
        "case \"$*\" in version) echo 'Terraform v1.11.4' ;; *console*) echo "
            + collector
            + " ;; *'output -raw '*) echo \"running:$4\" ;; esac");
  }

  Child.Finished run(String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(scripts.resolve(script).toString());
    command.addAll(List.of(arguments));
    Path input = Files.createTempFile(folder, "typed", "");
    Files.writeString(input, typed);
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME", System.getProperty("java.home"),
            "PATH", folder.toString(),
            "XDG_CACHE_HOME", folder.resolve("cache").toString());
    try (Child child = Child.startReading(input, command, environment)) {
      return child.finish(PATIENCE);
    }
  }

  /** How tools were called so far, a line each. */
  List<String> calls() throws IOException {
    return Files.exists(called) ? Files.readAllLines(called) : List.of();
  }

  private String noting(String name) {
    return "echo \"" + name + " $*\" >>\"" + called + "\"\n";
  }

  private static void write(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("can't make executable: " + file);
    }
  }

  private static Path where(String tool) throws IOException {
    for (String place : System.getenv("PATH").split(":")) {
      Path found = Path.of(place, tool);
      if (Files.isExecutable(found)) {
        return found;
      }
    }
    throw new IOException("no " + tool);
  }
}
