package dev.millrace.loader.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of the file. What is asked of it and is not as it should be becomes a problem, and the
 * answer is then empty, as if the key were not there.
 */
final class Section {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,8}) ?(minute|hour|day)s?");

  private final String path;
  private final Node node;
  private final Problems problems;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();

  /**
   * @param path the section's key, such as {@code guards}; empty for the whole file
   */
  Section(String path, Node node, Problems problems) {
    this.path = path;
    this.node = node;
    this.problems = problems;
    if (node == null || isNull(node)) {
      return;
    }
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, name() + " is " + found(node) + "; keys with values are expected");
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      put(tuple.getKeyNode(), tuple.getValueNode());
    }
  }

  private void put(Node key, Node value) {
    if (!(key instanceof ScalarNode scalar)) {
      problems.add(key, "a key is " + found(key) + "; a text is expected");
    } else if (keys.putIfAbsent(scalar.getValue(), key) == null) {
      values.put(scalar.getValue(), value);
    } else {
      int first = keys.get(scalar.getValue()).getStartMark().map(it -> it.getLine() + 1).orElse(1);
      problems.add(
          key, pathOf(scalar.getValue()) + " is set twice, first in line " + first + "; keep one");
    }
  }

  /** Makes a problem of each key that is none of these. */
  Section allow(Set<String> known) {
    keys.forEach(
        (key, node) -> {
          if (!known.contains(key)) {
            String nearest =
                NearestKey.of(key, known)
                    .map(it -> "; is " + it + " meant?")
                    .orElse("; known keys are " + String.join(", ", new TreeSet<>(known)));
            problems.add(node, "there is no setting " + pathOf(key) + nearest);
          }
        });
    return this;
  }

  List<String> keys() {
    return new ArrayList<>(keys.keySet());
  }

  Section section(String key) {
    return new Section(pathOf(key), values.get(key), problems);
  }

  /** The mappings of a list; empty if the key is not there. */
  List<Section> list(String key) {
    Node list = values.get(key);
    List<Section> items = new ArrayList<>();
    if (list instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> items.add(new Section(pathOf(key), item, problems)));
    } else if (list != null) {
      problems.add(list, pathOf(key) + " is " + found(list) + "; a list is expected");
    }
    return items;
  }

  /** The scalars of a list as they are written; empty if the key is not there. */
  List<String> texts(String key) {
    Node list = values.get(key);
    List<String> texts = new ArrayList<>();
    if (list instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        if (item instanceof ScalarNode scalar && !isNull(item)) {
          texts.add(scalar.getValue());
        } else {
          problems.add(item, pathOf(key) + " has " + found(item) + "; a text is expected");
        }
      }
    } else if (list != null) {
      problems.add(list, pathOf(key) + " is " + found(list) + "; a list is expected");
    }
    return texts;
  }

  /** Whether a key has one value, and neither keys nor a list under it. */
  boolean isScalar(String key) {
    return values.get(key) instanceof ScalarNode;
  }

  /** A scalar that must be there. */
  Optional<String> required(String key, String expected) {
    if (!has(key)) {
      missing(key, expected);
    }
    return text(key);
  }

  /** A scalar as it is written. */
  Optional<String> text(String key) {
    return scalar(key, "a text").map(ScalarNode::getValue);
  }

  private Optional<String> text(String key, String pattern, String expected) {
    Optional<String> text = text(key);
    if (text.isPresent() && !text.get().matches(pattern)) {
      return wrong(key, text.get(), expected);
    }
    return text;
  }

  Optional<String> text(Setting<Takes.Text> setting) {
    return text(setting.name(), setting.takes().pattern(), setting.takes().expected());
  }

  Optional<Boolean> bool(Setting<Takes.Flag> setting) {
    String expected = setting.takes().expected();
    Optional<ScalarNode> scalar = scalar(setting.name(), expected);
    if (scalar.isPresent() && !scalar.get().getTag().equals(Tag.BOOL)) {
      return wrong(setting.name(), scalar.get().getValue(), expected);
    }
    return scalar.map(it -> Boolean.parseBoolean(it.getValue()));
  }

  Optional<Integer> number(Setting<Takes.WholeNumber> setting) {
    Takes.WholeNumber takes = setting.takes();
    Optional<String> text = scalar(setting.name(), takes.expected()).map(ScalarNode::getValue);
    return text.isEmpty()
        ? Optional.empty()
        : number(setting, text.get(), 1, takes.least(), takes.most());
  }

  /** A number of bytes, with {@code KiB} or {@code MiB} behind it or nothing. */
  Optional<Integer> bytes(Setting<Takes.Size> setting) {
    Takes.Size takes = setting.takes();
    Optional<String> text = scalar(setting.name(), takes.expected()).map(ScalarNode::getValue);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String written = text.get();
    int unit = written.endsWith("KiB") ? 1 << 10 : written.endsWith("MiB") ? 1 << 20 : 1;
    String count = unit == 1 ? written : written.substring(0, written.length() - 3).strip();
    return number(setting, count, unit, takes.least(), takes.most());
  }

  /** A time such as {@code 30 days}, {@code 12 hours} or {@code 90 minutes}. */
  Optional<Duration> duration(Setting<Takes.Span> setting) {
    Takes.Span takes = setting.takes();
    Optional<String> text = scalar(setting.name(), takes.expected()).map(ScalarNode::getValue);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher written = DURATION.matcher(text.get());
    if (!written.matches()) {
      return wrong(setting.name(), text.get(), takes.expected());
    }
    ChronoUnit unit = ChronoUnit.valueOf(written.group(2).toUpperCase(Locale.ROOT) + "S");
    Duration duration = Duration.of(Long.parseLong(written.group(1)), unit);
    return duration.compareTo(takes.least()) < 0 || duration.compareTo(takes.most()) > 0
        ? wrong(setting.name(), text.get(), takes.expected())
        : Optional.of(duration);
  }

  private Optional<Integer> number(
      Setting<?> setting, String digits, int unit, int least, int most) {
    long value = digits.matches("[0-9]{1,10}") ? Long.parseLong(digits) * unit : -1;
    if (value < least || value > most) {
      Node found = values.get(setting.name());
      return wrong(
          setting.name(),
          found instanceof ScalarNode it ? it.getValue() : "",
          setting.takes().expected());
    }
    return Optional.of((int) value);
  }

  private Optional<ScalarNode> scalar(String key, String expected) {
    Node node = values.get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof ScalarNode scalar && !isNull(node)) {
      return Optional.of(scalar);
    }
    problems.add(node, pathOf(key) + " is " + found(node) + "; " + expected + " is expected");
    return Optional.empty();
  }

  /** Makes a problem of a value. */
  <T> Optional<T> wrong(String key, String found, String expected) {
    problems.add(
        values.get(key), "%s is %s; %s is expected".formatted(pathOf(key), found, expected));
    return Optional.empty();
  }

  /** Makes a problem of a key that is not there. */
  void missing(String key, String expected) {
    Optional<Mark> mark = node == null ? Optional.empty() : node.getStartMark();
    problems.add(mark, pathOf(key) + " is missing; " + expected + " is expected");
  }

  /** Makes a problem of a key that is there. */
  void problem(String key, String sentence) {
    problems.add(keys.get(key), sentence);
  }

  /** The key behind those that it stands under. */
  String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  @Override
  public String toString() {
    return name();
  }

  private String name() {
    return path.isEmpty() ? "the file" : path;
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static String found(Node node) {
    return switch (node.getNodeType()) {
      case SCALAR -> isNull(node) ? "empty" : ((ScalarNode) node).getValue();
      case SEQUENCE -> "a list";
      case MAPPING -> "a mapping";
      case ANCHOR -> "an alias";
    };
  }
}
