package dev.millrace.loader.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Merges two versions of a document's properties that have a version in common, or none. */
final class PropertyMerge {
  private final String place;

  /**
   * @param place whose properties they are, for the log
   */
  PropertyMerge(String place) {
    this.place = place;
  }

  /** Theirs with what we changed of {@code before}, map by map. */
  Map<String, Object> merge(Map<?, ?> before, Map<?, ?> ours, Map<?, ?> theirs)
      throws ClashException {
    Map<String, Object> merged = new LinkedHashMap<>();
    for (Map.Entry<?, ?> property : theirs.entrySet()) {
      merged.put(property.getKey().toString(), property.getValue());
    }
    for (Map.Entry<?, ?> property : ours.entrySet()) {
      String name = property.getKey().toString();
      merged.put(name, value(name, before.get(name), property.getValue(), merged.get(name)));
    }
    return merged;
  }

  private Object value(String name, Object before, Object ours, Object theirs)
      throws ClashException {
    if (Objects.equals(ours, theirs) || Objects.equals(ours, before)) {
      return theirs;
    }
    if (Objects.equals(theirs, before)) {
      return ours;
    }
    if (ours instanceof Map<?, ?> ourMap && theirs instanceof Map<?, ?> theirMap) {
      return merge(before instanceof Map<?, ?> map ? map : Map.of(), ourMap, theirMap);
    }
    throw new ClashException("both set " + name + " of " + place + ", otherwise");
  }
}
