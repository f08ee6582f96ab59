package dev.millrace.embedded.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.State;
import dev.millrace.loader.ports.State.Versioned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @TempDir Path folder;
  private StateFolder state;

  @BeforeEach
  void open() throws Exception {
    state = new StateFolder(folder, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void read_ofNothing_isEmpty() throws Exception {
    assertThat(state.read("schema.json")).isEmpty();
  }

  @Test
  void replace_thenRead_givesContentAndGeneration() throws Exception {
    byte[] content = {0, 10, 13, -1, 10};
    OptionalLong generation = state.replace("schema.json", content, State.ABSENT);
    Versioned read = state.read("schema.json").orElseThrow();
    assertThat(read.content()).isEqualTo(content);
    assertThat(generation).hasValue(read.generation());
  }

  @Test
  void content_ofAFile_isWhatWasPut() throws Exception {
    byte[] content = {0, 10, 13, -1, 10};
    state.replace("schema.json", content, State.ABSENT);

    byte[] file = Files.readAllBytes(folder.resolve("state/schema.json"));

    assertThat(StateFolder.content(file)).isEqualTo(content);
    assertThat(StateFolder.content(content)).as("of another file").isEqualTo(content);
  }

  @Test
  void replace_withAnotherGeneration_changesNothing() throws Exception {
    long first = state.replace("s", new byte[] {1}, State.ABSENT).orElseThrow();
    assertThat(state.replace("s", new byte[] {2}, State.ABSENT)).isEmpty();
    assertThat(state.replace("s", new byte[] {2}, first + 1)).isEmpty();
    assertThat(state.read("s").orElseThrow().content()).containsExactly(1);
  }

  @Test
  void generation_growsWhereTheClockStands() throws Exception {
    long first = state.replace("s", new byte[0], State.ABSENT).orElseThrow();
    long second = state.replace("s", new byte[0], first).orElseThrow();
    assertThat(first).isEqualTo(NOW.getEpochSecond() * 1_000_000);
    assertThat(second).isEqualTo(first + 1);
  }

  @Test
  void generation_ofAnObjectThatWasLost_doesNotComeBack() throws Exception {
    long first = state.replace("s", new byte[] {1}, State.ABSENT).orElseThrow();
    Files.delete(folder.resolve("state/s"));
    StateFolder later = new StateFolder(folder, Clock.fixed(NOW.plusSeconds(1), ZoneOffset.UTC));
    assertThat(later.replace("s", new byte[] {2}, State.ABSENT).orElseThrow()).isGreaterThan(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"version\":1}",
        "millrace state, generation 12",
        "millrace state, generation x\n{}",
        "millrace state, generation 0\n{}"
      })
  void read_ofADamagedFile_saysWhichAndWhatToDo(String damaged) throws Exception {
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(folder.resolve("state/s"), damaged);
    assertThatThrownBy(() -> state.read("s"))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining(folder.resolve("state/s").toString())
        .hasMessageContaining("Put back a copy");
  }

  @Test
  void replace_byManyThreadsAndProcesses_losesNoUpdate() throws Exception {
    List<Process> processes = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int i = 0; i < 2; i++) {
        processes.add(StateWriter.start(folder, 50));
      }
      List<Future<?>> counts = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        State own = new StateFolder(folder, Clock.systemUTC());
        counts.add(
            threads.submit(
                () -> {
                  StateWriter.count(own, 50);
                  return null;
                }));
      }
      for (Future<?> count : counts) {
        count.get();
      }
      for (Process process : processes) {
        assertThat(process.waitFor()).isZero();
      }
    } finally {
      threads.shutdownNow();
      processes.forEach(Process::destroyForcibly);
    }
    assertThat(StateWriter.number(state.read(StateWriter.NAME).orElseThrow())).isEqualTo(250);
  }

  @Test
  void replace_killedAtAnyMoment_leavesAWholeObject() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 5; i++) {
      Process process = StateWriter.start(folder, Integer.MAX_VALUE);
      try {
        assertThat(process.getInputStream().read()).isEqualTo('b');
        long until = System.nanoTime() + random.nextInt(30_000_000);
        while (System.nanoTime() < until) {
          StateWriter.number(state.read(StateWriter.NAME).orElseThrow());
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
      Versioned left = state.read(StateWriter.NAME).orElseThrow();
      assertThat(StateWriter.number(left)).as("seed %d", seed).isPositive();
      assertThat(state.replace(StateWriter.NAME, left.content(), left.generation()))
          .as("seed %d", seed)
          .isPresent();
    }
  }
}
