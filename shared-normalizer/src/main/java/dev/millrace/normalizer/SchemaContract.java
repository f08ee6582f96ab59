package dev.millrace.normalizer;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What may change in the schema of a table and of those below it (spec 4, departure M11).
 *
 * @param modes what is said of each entity; of one that is not there, {@link Mode#EVOLVE}
 * @param bare whether one word was said for all entities, which is how dlt's document keeps it
 */
public record SchemaContract(Map<Entity, Mode> modes, boolean bare) {
  /** What a contract is about. */
  public enum Entity {
    /** New tables, root and child. */
    TABLES("tables"),
    /** New columns of tables that an earlier batch made. */
    COLUMNS("columns"),
    /** Values that their column does not take, and that would need a new variant. */
    DATA_TYPE("data_type");

    private final String word;

    Entity(String word) {
      this.word = word;
    }

    /** The entity as settings and documents spell it. */
    public String word() {
      return word;
    }
  }

  /** What happens to an event that would change the schema. */
  public enum Mode {
    /** The schema changes. */
    EVOLVE("evolve"),
    /** The event is bad. */
    FREEZE("freeze"),
    /** The row is dropped with all below it; with a root row, the event is bad. */
    DISCARD_ROW("discard_row"),
    /** The value is dropped. */
    DISCARD_VALUE("discard_value");

    private final String word;

    Mode(String word) {
      this.word = word;
    }

    /** The mode as settings and documents spell it. */
    public String word() {
      return word;
    }

    /**
     * The mode that is spelled so.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Mode of(String word) {
      for (Mode mode : values()) {
        if (mode.word.equals(word)) {
          return mode;
        }
      }
      throw new IllegalArgumentException(
          "no mode of a schema contract: "
              + word
              + "; there are evolve, freeze, discard_row and discard_value");
    }
  }

  /** Everything may change. */
  public static final SchemaContract EVOLVE = new SchemaContract(Map.of(), false);

  public SchemaContract {
    Map<Entity, Mode> copy = new EnumMap<>(Entity.class);
    copy.putAll(modes);
    modes = Collections.unmodifiableMap(copy);
  }

  /** One mode for all entities. */
  public static SchemaContract all(Mode mode) {
    Map<Entity, Mode> modes = new EnumMap<>(Entity.class);
    for (Entity entity : Entity.values()) {
      modes.put(entity, mode);
    }
    return new SchemaContract(modes, true);
  }

  /** What holds for an entity. */
  public Mode mode(Entity entity) {
    return modes.getOrDefault(entity, Mode.EVOLVE);
  }

  /** The contract as dlt's schema document keeps it: a word, or an object of words. */
  public Object stated() {
    if (bare) {
      return mode(Entity.TABLES).word();
    }
    Map<String, Object> stated = new LinkedHashMap<>();
    modes.forEach((entity, mode) -> stated.put(entity.word(), mode.word()));
    return stated;
  }
}
