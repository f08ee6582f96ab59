package dev.millrace.normalizer.json;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a value anew so that no object has a key twice: the first keeps its place, the last its
 * value (M14). For the rare event that needs it.
 */
public final class RepeatedKeys {
  private final JsonBytes json;
  private int end;

  public RepeatedKeys(JsonBytes json) {
    this.json = json;
  }

  /** The value at {@code from}, which has been found nested no deeper than the parser goes. */
  public byte[] removed(int from) throws BadValueException, IncompleteException {
    ByteBuilder out = new ByteBuilder(1024);
    end = value(from, out, 0, 0);
    return out.toByteArray();
  }

  /** The index behind the value that was read last. */
  public int end() {
    return end;
  }

  private int value(int i, ByteBuilder out, int depth, int keysAround)
      throws BadValueException, IncompleteException {
    if (depth > Depth.MAX) {
      throw Depth.exceeded(i);
    }
    int start = json.skipSpaceTo(i);
    switch (json.at(start)) {
      case '{' -> {
        return object(start, out, depth, keysAround);
      }
      case '[' -> {
        return array(start, out, depth, keysAround);
      }
      default -> {
        int end = json.scalar(start);
        out.append(json.bytes(), start, end - start);
        return end;
      }
    }
  }

  private int object(int start, ByteBuilder out, int depth, int keysAround)
      throws BadValueException, IncompleteException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    Map<String, byte[]> keys = new LinkedHashMap<>();
    int i = json.skipSpaceTo(start + 1);
    while (json.at(i) != '}') {
      int keyEnd = json.key(i);
      String key = JsonText.decode(json.bytes(), i + 1, keyEnd);
      ByteBuilder spelled = new ByteBuilder(16);
      spelled.append(json.bytes(), i, keyEnd + 1 - i);
      keys.putIfAbsent(key, spelled.toByteArray());
      int keysSoFar = keysAround + keys.size();
      KeyLimit.check(keysSoFar, i);
      ByteBuilder member = new ByteBuilder(64);
      i = json.separator(value(json.colon(keyEnd + 1), member, depth + 1, keysSoFar), '}');
      members.put(key, member.toByteArray());
    }
    out.append('{');
    boolean first = true;
    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      if (!first) {
        out.append(',');
      }
      first = false;
      out.append(keys.get(member.getKey()));
      out.append(':');
      out.append(member.getValue());
    }
    out.append('}');
    return i + 1;
  }

  private int array(int start, ByteBuilder out, int depth, int keysAround)
      throws BadValueException, IncompleteException {
    out.append('[');
    int i = json.skipSpaceTo(start + 1);
    boolean first = true;
    while (json.at(i) != ']') {
      if (!first) {
        out.append(',');
      }
      first = false;
      i = json.separator(value(i, out, depth + 1, keysAround), ']');
    }
    out.append(']');
    return i + 1;
  }
}
