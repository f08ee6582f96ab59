package dev.millrace.loader.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.ports.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every state place promises. */
public abstract class StateContract {
  private static final String NAME = "schemas/shop.json";
  private static final int RACERS = 4;
  private static final int ADDED_BY_EACH = 10;

  protected abstract State state() throws IOException;

  @Test
  void read_ofNothing_isEmpty() throws IOException {
    assertThat(state().read(NAME)).isEmpty();
  }

  @Test
  void replace_thenRead_givesContentAndGeneration() throws IOException {
    OptionalLong written = state().replace(NAME, bytes("one"), State.ABSENT);

    State.Versioned read = state().read(NAME).orElseThrow();
    assertThat(written).hasValue(read.generation());
    assertThat(read.content()).isEqualTo(bytes("one"));
  }

  @Test
  void replace_atTheGenerationRead_isANewGeneration() throws IOException {
    long first = state().replace(NAME, bytes("one"), State.ABSENT).orElseThrow();
    long second = state().replace(NAME, bytes("two"), first).orElseThrow();

    assertThat(second).isGreaterThan(first);
    assertThat(state().read(NAME).orElseThrow().content()).isEqualTo(bytes("two"));
  }

  @Test
  void replace_withAnotherGeneration_changesNothing() throws IOException {
    long first = state().replace(NAME, bytes("one"), State.ABSENT).orElseThrow();
    long second = state().replace(NAME, bytes("two"), first).orElseThrow();

    assertThat(state().replace(NAME, bytes("three"), State.ABSENT)).isEmpty();
    assertThat(state().replace(NAME, bytes("three"), first)).isEmpty();
    assertThat(state().replace(NAME, bytes("two"), first)).isEmpty();
    assertThat(state().replace("other", bytes("three"), second)).isEmpty();
    assertThat(state().read(NAME).orElseThrow().content()).isEqualTo(bytes("two"));
    assertThat(state().read("other")).isEmpty();
  }

  @Test
  void replace_byManyAtOnce_losesNoUpdate() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(RACERS);
    try {
      List<Future<?>> racers = new ArrayList<>();
      for (int racer = 0; racer < RACERS; racer++) {
        racers.add(
            threads.submit(
                () -> {
                  for (int added = 0; added < ADDED_BY_EACH; added++) {
                    addOne();
                  }
                  return null;
                }));
      }
      for (Future<?> racer : racers) {
        racer.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(state().read(NAME).orElseThrow().content()).hasSize(RACERS * ADDED_BY_EACH);
  }

  private void addOne() throws IOException {
    while (true) {
      Optional<State.Versioned> read = state().read(NAME);
      byte[] content = read.map(State.Versioned::content).orElse(new byte[0]);
      long generation = read.map(State.Versioned::generation).orElse(State.ABSENT);
      byte[] longer = Arrays.copyOf(content, content.length + 1);
      if (state().replace(NAME, longer, generation).isPresent()) {
        return;
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
