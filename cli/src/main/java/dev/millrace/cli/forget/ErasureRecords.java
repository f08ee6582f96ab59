package dev.millrace.cli.forget;

import dev.millrace.cli.console.Failure;
import dev.millrace.loader.erasure.Erasure;
import dev.millrace.loader.ports.State;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The records of erasures, each an object {@code erasures/<sha256>.json} in the state, apart from
 * the list that every load reads.
 */
final class ErasureRecords {
  private static final int MAX_RACES = 10;
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final State state;

  ErasureRecords(State state) {
    this.state = state;
  }

  /** The record of an erasure; an empty one if there is none. */
  ErasureRecord read(Erasure erasure) throws IOException {
    return parse(name(erasure), state.read(name(erasure)));
  }

  /** Changes the record of an erasure under compare-and-set. */
  void change(Erasure erasure, UnaryOperator<ErasureRecord> change) throws IOException {
    String name = name(erasure);
    for (int race = 0; race < MAX_RACES; race++) {
      Optional<State.Versioned> object = state.read(name);
      byte[] changed = JSON.writeValueAsBytes(change.apply(parse(name, object)));
      long generation = object.map(State.Versioned::generation).orElse(State.ABSENT);
      if (state.replace(name, changed, generation).isPresent()) {
        return;
      }
    }
    throw Failure.failed(
        "the state object %s was changed by others %d times while this run was to be recorded; run"
                .formatted(name, MAX_RACES)
            + " the command again");
  }

  private static String name(Erasure erasure) {
    return "erasures/" + erasure.sha256() + ".json";
  }

  private static ErasureRecord parse(String name, Optional<State.Versioned> object) {
    if (object.isEmpty()) {
      return ErasureRecord.NONE;
    }
    try {
      return JSON.readValue(object.get().content(), ErasureRecord.class);
    } catch (JacksonException e) {
      throw Failure.failed(
          "the state object %s is damaged: restore an earlier version of it, or delete it: it only tells what was deleted when"
              .formatted(name),
          e);
    }
  }
}
