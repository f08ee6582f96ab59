package dev.millrace.loader.erasure;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.State;
import dev.millrace.normalizer.ErasedIds;
import dev.millrace.normalizer.IdField;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The ids of people who have asked to be forgotten, as one object in the state that changes only
 * under compare-and-set. It holds salted hashes, and no id. Thread-safe.
 *
 * <p>A loader reads it once for each attempt at a package, so that what was recorded before a batch
 * is read holds for it: one request for a small object, $0.0000004 on Cloud Storage.
 */
public final class Erasures {
  /** The object's name. */
  public static final String OBJECT = "erasures.json";

  private static final int MAX_RACES = 10;
  private static final int SALT_BYTES = 16;

  private final State state;
  private final SecureRandom random = new SecureRandom();

  public Erasures(State state) {
    this.state = Objects.requireNonNull(state, "state");
  }

  /**
   * What is recorded now, for the normaliser of one batch; {@link ErasedIds#NONE} itself where
   * nothing is.
   *
   * @throws LoadException {@link LoadError#MISCONFIGURED} if the object is damaged: nothing is
   *     loaded then, for nobody knows whose it is
   */
  public ErasedIds erasedIds() throws IOException {
    Optional<State.Versioned> object = state.read(OBJECT);
    return object.isEmpty() ? ErasedIds.NONE : parse(object.get()).erasedIds();
  }

  /** All erasures, in the order in which they were recorded. */
  public List<Erasure> all() throws IOException {
    Optional<State.Versioned> object = state.read(OBJECT);
    return object.isEmpty() ? List.of() : parse(object.get()).erasures();
  }

  /** The erasure of an id, if it is recorded. */
  public Optional<Erasure> find(IdField field, String id) throws IOException {
    Optional<State.Versioned> object = state.read(OBJECT);
    return object.isEmpty() ? Optional.empty() : parse(object.get()).find(field, id);
  }

  /**
   * Records an id, unless it is recorded.
   *
   * @param now when it was asked for
   * @return its erasure, with the time of the first call for it
   * @throws LoadException {@link LoadError#RACE_LOST} if others were faster again and again
   */
  public Erasure add(IdField field, String id, Instant now) throws IOException {
    for (int race = 0; race < MAX_RACES; race++) {
      Optional<State.Versioned> object = state.read(OBJECT);
      ErasureList list = object.isEmpty() ? empty() : parse(object.get());
      Optional<Erasure> known = list.find(field, id);
      if (known.isPresent()) {
        return known.get();
      }
      ErasureList more = list.with(field, id, now);
      long generation = object.map(State.Versioned::generation).orElse(State.ABSENT);
      OptionalLong saved = state.replace(OBJECT, more.toJson(), generation);
      if (saved.isPresent()) {
        return more.find(field, id).orElseThrow();
      }
    }
    throw new LoadException(
        LoadError.RACE_LOST,
        "the state object %s was changed by others %d times while an erasure was to be recorded"
            .formatted(OBJECT, MAX_RACES));
  }

  private ErasureList empty() {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new ErasureList(salt, List.of());
  }

  private static ErasureList parse(State.Versioned object) throws LoadException {
    try {
      return ErasureList.parse(object.content());
    } catch (IllegalArgumentException e) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "the state object %s is damaged (%s); restore an earlier version of it, for without it"
                  .formatted(OBJECT, e.getMessage())
              + " the events of people who asked to be forgotten would be loaded again",
          e);
    }
  }
}
