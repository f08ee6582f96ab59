package dev.millrace.loader.erasure;

import dev.millrace.normalizer.ErasedIds;
import dev.millrace.normalizer.IdField;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The object that holds all erasures. Immutable.
 *
 * @param salt random bytes, so that the hashes of one dataset say nothing of another's
 * @param erasures in the order in which they were recorded
 */
record ErasureList(byte[] salt, List<Erasure> erasures) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MIN_SALT_BYTES = 16;

  ErasureList {
    erasures = List.copyOf(erasures);
  }

  Optional<Erasure> find(IdField field, String id) {
    String sha256 = new IdHash(salt).of(field, id);
    return erasures.stream().filter(each -> each.sha256().equals(sha256)).findFirst();
  }

  ErasureList with(IdField field, String id, Instant now) {
    List<Erasure> more = new ArrayList<>(erasures);
    more.add(new Erasure(field, new IdHash(salt).of(field, id), now));
    return new ErasureList(salt, more);
  }

  /** For the normaliser of one batch: a field of which no id is erased costs no hash. */
  ErasedIds erasedIds() {
    if (erasures.isEmpty()) {
      return ErasedIds.NONE;
    }
    Map<IdField, Set<String>> hashes = new EnumMap<>(IdField.class);
    erasures.forEach(
        each -> hashes.computeIfAbsent(each.field(), field -> new HashSet<>()).add(each.sha256()));
    IdHash hash = new IdHash(salt);
    return (field, id) -> {
      Set<String> ofField = hashes.get(field);
      return ofField != null && ofField.contains(hash.of(field, id));
    };
  }

  byte[] toJson() {
    List<Map<String, String>> list = new ArrayList<>();
    for (Erasure each : erasures) {
      Map<String, String> entry = new LinkedHashMap<>();
      entry.put("field", each.field().word());
      entry.put("sha256", each.sha256());
      entry.put("recorded_at", each.recordedAt().toString());
      list.add(entry);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("salt", Base64.getEncoder().encodeToString(salt));
    document.put("erasures", list);
    return JSON.writeValueAsBytes(document);
  }

  /**
   * @throws IllegalArgumentException if it is no such list; the message says what is wrong
   */
  static ErasureList parse(byte[] content) {
    try {
      JsonNode document = JSON.readTree(content);
      byte[] salt = Base64.getDecoder().decode(document.path("salt").asString(""));
      if (salt.length < MIN_SALT_BYTES || !document.path("erasures").isArray()) {
        throw new IllegalArgumentException("it lacks salt or erasures");
      }
      List<Erasure> erasures = new ArrayList<>();
      for (JsonNode each : document.get("erasures")) {
        erasures.add(
            new Erasure(
                IdField.of(each.path("field").asString("")),
                each.path("sha256").asString(""),
                Instant.parse(each.path("recorded_at").asString(""))));
      }
      return new ErasureList(salt, erasures);
    } catch (JacksonException | DateTimeParseException e) {
      throw new IllegalArgumentException("it is not the JSON of a list of erasures", e);
    }
  }
}
