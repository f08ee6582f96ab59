package dev.millrace.cli.cost;

import dev.millrace.cli.console.Failure;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping in a YAML file that knows where it stands, so that a mistake can be named by file, line
 * and key.
 *
 * @param path the keys that lead to it; empty at the top
 */
record YamlEntry(String file, String path, Node node) {
  YamlEntry {
    if (!(node instanceof MappingNode)) {
      throw mistake(file, node, path + " must be a mapping of keys to values");
    }
  }

  /** The entry under a key, if the key is there. */
  Optional<YamlEntry> entry(String key) {
    return at(key).map(value -> new YamlEntry(file, under(key), value));
  }

  /** The entries under a key, by their keys; none if the key isn't there. */
  Map<String, YamlEntry> entries(String key) {
    Map<String, YamlEntry> entries = new LinkedHashMap<>();
    entry(key).ifPresent(group -> group.keys().forEach(k -> entries.put(k, group.child(k))));
    return entries;
  }

  /** The mappings of a list under a key. */
  List<YamlEntry> list(String key) {
    Node value = required(key);
    if (!(value instanceof SequenceNode sequence)) {
      throw mistake(file, value, under(key) + " must be a list");
    }
    List<YamlEntry> list = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      list.add(new YamlEntry(file, under(key) + "[" + list.size() + "]", element));
    }
    return list;
  }

  /** The keys, as they stand. */
  List<String> keys() {
    return tuples().stream().map(tuple -> text(tuple.getKeyNode(), path)).toList();
  }

  /** Refuses a key that means nothing, which may be a misspelt one. */
  void only(List<String> known) {
    for (NodeTuple tuple : tuples()) {
      String key = text(tuple.getKeyNode(), path);
      if (!known.contains(key)) {
        throw mistake(
            file,
            tuple.getKeyNode(),
            under(key) + " means nothing here; known are " + String.join(", ", known));
      }
    }
  }

  String text(String key) {
    return text(required(key), under(key));
  }

  Optional<String> optionalText(String key) {
    return at(key).map(value -> text(value, under(key)));
  }

  /** A number that is 0 or more. */
  double number(String key) {
    Node value = required(key);
    String text = text(value, under(key));
    try {
      double number = Double.parseDouble(text.replace("_", ""));
      if (number >= 0 && number < 1e15) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as what is too large or negative is.
    }
    throw mistake(file, value, under(key) + ": '" + text + "' is no number from 0 on");
  }

  double number(String key, double otherwise) {
    return at(key).isEmpty() ? otherwise : number(key);
  }

  LocalDate date(String key) {
    Node value = required(key);
    String text = text(value, under(key));
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw mistake(file, value, under(key) + ": '" + text + "' is no date such as 2026-09-20");
    }
  }

  /** A failure that names this place. */
  Failure mistake(String what) {
    return mistake(file, node, what);
  }

  /** A failure that names the place of a key that is there. */
  Failure mistake(String key, String what) {
    return mistake(file, required(key), under(key) + ": " + what);
  }

  static Failure mistake(String file, Node node, String what) {
    return mistake(file, node.getStartMark(), what);
  }

  static Failure mistake(String file, Optional<Mark> mark, String what) {
    String place = mark.map(m -> file + ", line " + (m.getLine() + 1)).orElse(file);
    return Failure.usage(place + ": " + what);
  }

  private YamlEntry child(String key) {
    return new YamlEntry(file, under(key), required(key));
  }

  private Node required(String key) {
    return at(key)
        .orElseThrow(() -> mistake(path.isEmpty() ? key + " is missing" : path + " has no " + key));
  }

  private Optional<Node> at(String key) {
    return tuples().stream()
        .filter(tuple -> text(tuple.getKeyNode(), path).equals(key))
        .map(NodeTuple::getValueNode)
        .findFirst();
  }

  private List<NodeTuple> tuples() {
    return ((MappingNode) node).getValue();
  }

  private String text(Node value, String where) {
    if (value instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw mistake(file, value, where + " must be one value");
  }

  private String under(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
