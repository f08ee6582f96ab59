package dev.millrace.loader.packages;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A manifest as JSON, with snake_case names, for programs and for people. */
final class ManifestFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private ManifestFile() {}

  static byte[] write(Manifest manifest) {
    return JSON.writeValueAsBytes(manifest);
  }

  static Manifest read(String path, byte[] content) throws LoadException {
    try {
      return JSON.readValue(content, Manifest.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "the manifest "
              + path
              + " in the staging place can't be read; it was damaged or made by another release: "
              + e.getMessage(),
          e);
    }
  }
}
