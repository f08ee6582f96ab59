package dev.millrace.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.process.Eventually;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * What the function's container holds: our modules as jars, their libraries, and the invoker last,
 * for it carries old copies of others' classes. A class archive needs jars, and makes an instance
 * start in half of the time.
 *
 * @param classPath of jars
 * @param flags of the JVM
 */
record FunctionImage(String classPath, List<String> flags) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Of a container that knows no DuckDB and none of the tests. */
  private static final List<String> NOT_IN_IT =
      List.of("duckdb", "testcontainers", "junit", "assertj", "/tests/", "/cli/", "/embedded/");

  /**
   * @param folder for jars
   */
  static FunctionImage build(Path folder) throws IOException {
    List<String> jars = new ArrayList<>();
    List<String> last = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (NOT_IN_IT.stream().noneMatch(entry::contains)) {
        String jar =
            Files.isDirectory(Path.of(entry))
                ? jar(Path.of(entry), folder.resolve("module" + jars.size() + ".jar")).toString()
                : entry;
        (entry.contains("java-function-invoker") ? last : jars).add(jar);
      }
    }
    jars.addAll(last);
    return new FunctionImage(String.join(File.pathSeparator, jars), List.of());
  }

  /** The same with an archive of the classes that a first load needs. */
  FunctionImage withClassArchive(Cloud cloud, Path folder) throws Exception {
    Path archive = folder.resolve("classes.jsa");
    try (FunctionProcess instance =
            cloud
                .deploy()
                .launch(this, folder, "-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off")
                .awaitReady();
        ImpatientSubscription subscription =
            new ImpatientSubscription(() -> OptionalInt.of(instance.port()), 1)) {
      subscription.publish(
          cloud.land("for-the-archive", BatchScript.of(1, 3, 20, 1, 1).batch(2).avro()));
      Eventually.until("a batch is loaded", PATIENCE, () -> subscription.unacknowledged() == 0);
      instance.terminate();
      assertThat(archive).as("%s", instance.log()).exists();
    }
    return new FunctionImage(classPath, List.of("-XX:SharedArchiveFile=" + archive));
  }

  private static Path jar(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(
            new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
