package dev.millrace.embedded.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class UnpackedLibraryTest {
  @TempDir Path temporary;
  @TempDir Path folder;

  @Test
  void process_thatIsKilled_leavesNoLibraryBehind() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                UnpackedLibraryTest.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(process.getInputStream().read()).isEqualTo('o');
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.map(Path::getFileName).map(Path::toString)).noneMatch(n -> n.endsWith(".so"));
    }
  }

  /** Uses a database twice, says so, and waits to be killed. */
  public static void main(String[] arguments) throws Exception {
    DuckDbWarehouse.warmUp();
    Fixture fixture = new Fixture(Path.of(arguments[0]));
    fixture.execute("CREATE TABLE a (b INTEGER)");
    fixture.query("SELECT * FROM a");
    System.out.println("open");
    System.in.read();
  }
}
