package dev.millrace.publisher.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessesTest {
  @TempDir Path folder;

  @Test
  void folderOfAnotherProcess_isRefusedUntilThatIsGone_evenByKill() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SpoolHolder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("open 0");
      assertThatThrownBy(() -> DiskSpool.open(folder, 16 << 20, Durability.PROCESS_END))
          .isInstanceOf(SpoolException.class)
          .hasMessage(
              "The spool folder "
                  + folder
                  + " is in use by process "
                  + other.pid()
                  + ". Give each publisher a folder of its own, or close the other first.");
    } finally {
      other.destroyForcibly().waitFor();
    }
    DiskSpool.open(folder, 16 << 20, Durability.PROCESS_END).close();
  }
}
