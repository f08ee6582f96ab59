package dev.millrace.normalizer.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** dlt's hash of a schema's content (spec 5.2). */
final class VersionHash {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** UTF-16 order and code point order differ for astral characters; dlt's is the latter. */
  private static final Comparator<String> BY_CODE_POINT =
      (a, b) -> {
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        return java.util.Arrays.compare(left, right);
      };

  private VersionHash() {}

  static String of(Schema schema) {
    MessageDigest digest = sha3();
    digest.update(JSON.writeValueAsBytes(sorted(SchemaDocument.content(schema))));
    List<String> names = new ArrayList<>(schema.tables().keySet());
    names.sort(BY_CODE_POINT);
    for (String name : names) {
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      for (String column : schema.tables().get(name).columns().keySet()) {
        digest.update(column.getBytes(StandardCharsets.UTF_8));
      }
    }
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  private static Object sorted(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.keySet().stream()
          .map(String::valueOf)
          .sorted(BY_CODE_POINT)
          .forEach(key -> copy.put(key, sorted(map.get(key))));
      return copy;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(VersionHash::sorted).toList();
    }
    return value;
  }

  private static MessageDigest sha3() {
    try {
      return MessageDigest.getInstance("SHA3-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA3-256", e);
    }
  }
}
