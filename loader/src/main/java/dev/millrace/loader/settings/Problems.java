package dev.millrace.loader.settings;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What is wrong with a settings file, line by line. */
final class Problems {
  private final String file;
  private final TreeMap<Integer, String> byLine = new TreeMap<>();

  Problems(String file) {
    this.file = file;
  }

  void add(Node at, String sentence) {
    add(at.getStartMark(), sentence);
  }

  void add(Optional<Mark> at, String sentence) {
    int line = at.map(mark -> mark.getLine() + 1).orElse(1);
    byLine.merge(line, file + ":" + line + ": " + sentence, (a, b) -> a + "\n" + b);
  }

  /** Throws what was found, one problem a line. */
  void throwIfAny() throws LoadException {
    if (!byLine.isEmpty()) {
      throw new LoadException(LoadError.MISCONFIGURED, String.join("\n", byLine.values()));
    }
  }
}
