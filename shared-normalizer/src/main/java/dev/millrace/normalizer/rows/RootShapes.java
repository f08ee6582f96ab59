package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.json.JsonText;
import dev.millrace.normalizer.json.Spellings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Which table an event goes to (design, "The event"; departure M2). */
final class RootShapes {
  /** Where the events of one name go, until another table takes that place. */
  private final class Root {
    private final String name;
    private ObjectShape shape;
    private boolean guarded;

    Root(String name) {
      this.name = name;
      resolve();
    }

    private void resolve() {
      shape = shapes.root(name);
      guarded = shapes.isGuarded(name, shape);
    }

    ObjectShape shape() {
      if (shapes.isOutdated(guarded ? null : shape.table)) {
        resolve();
      }
      if (guarded) {
        guards.acted(shapes.guardOfTables());
      }
      return shape;
    }
  }

  private static final byte[] TYPE = "\"type\"".getBytes(StandardCharsets.UTF_8);

  private final Shapes shapes;
  private final GuardCounts guards;
  private final byte[] nameField;
  private final TopLevelKeys keys = new TopLevelKeys();
  private Spellings<Root> byName;
  private Spellings<Root> byType;

  RootShapes(Shapes shapes, GuardCounts guards, String nameField) {
    this.shapes = shapes;
    this.guards = guards;
    this.nameField = quoted(nameField);
    forget();
  }

  void forget() {
    byName = new Spellings<>(shapes.seed());
    byType = new Spellings<>(shapes.seed());
  }

  /** The shape of the event whose brace is at {@code start}. */
  ObjectShape of(JsonBytes json, int start) throws BadValueException, IncompleteException {
    Root root = null;
    if (keys.find(json, start, nameField) && json.bytes()[keys.from()] == '"') {
      root = named(json.bytes(), keys.from(), keys.to());
    }
    if (root == null) {
      root = typed(json, start);
    }
    return root.shape();
  }

  /** The root of a name, or null if the name is blank or nothing but separators. */
  private Root named(byte[] bytes, int from, int to) {
    Root root = byName.get(bytes, from, to);
    if (root == null) {
      String name = JsonText.decode(bytes, from + 1, to - 1);
      if (!shapes.isName(name)) {
        return null;
      }
      root = new Root(name);
      shapes.named(to - from);
      byName.put(Arrays.copyOfRange(bytes, from, to), root);
    }
    return root;
  }

  private Root typed(JsonBytes json, int start) throws BadValueException, IncompleteException {
    byte[] bytes = json.bytes();
    boolean isText = keys.find(json, start, TYPE) && bytes[keys.from()] == '"';
    byte[] type = isText ? Arrays.copyOfRange(bytes, keys.from(), keys.to()) : quoted("");
    String table =
        switch (JsonText.decode(type, 1, type.length - 1)) {
          case "identify" -> "identifies";
          case "page" -> "pages";
          case "screen" -> "screens";
          case "group" -> "groups";
          case "alias" -> "aliases";
          default -> "events";
        };
    byte[] spelled = quoted(table);
    Root root = byType.get(spelled, 0, spelled.length);
    if (root == null) {
      root = new Root(table);
      byType.put(spelled, root);
    }
    return root;
  }

  private static byte[] quoted(String text) {
    return ('"' + text + '"').getBytes(StandardCharsets.UTF_8);
  }
}
