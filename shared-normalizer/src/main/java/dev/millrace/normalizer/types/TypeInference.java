package dev.millrace.normalizer.types;

import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import java.util.List;

/**
 * Which type a new column takes from its first value (spec 3.1): what the schema's {@code
 * detections} find in it, else the JSON type. Immutable.
 */
public final class TypeInference {
  private final boolean detectsTimestamps;
  private final boolean detectsDates;

  private TypeInference(List<?> detections) {
    detectsTimestamps = detections.contains("iso_timestamp");
    detectsDates = detections.contains("iso_date");
  }

  /**
   * The inference by a schema's {@code settings.detections}. {@code large_integer} adds nothing to
   * departure M4, which holds always; {@code timestamp} would need a clock, and the others concern
   * values that JSON has not: they are left alone.
   */
  public static TypeInference of(Schema schema) {
    return new TypeInference(
        schema.settings().get("detections") instanceof List<?> detections ? detections : List.of());
  }

  /** The type of a new column whose first value this is. */
  public DataType of(RawValue value) {
    if (detectsDates && value.kind() == RawValue.Kind.STRING && Timestamps.isDate(value.text())) {
      return DataType.DATE;
    }
    return detectsTimestamps ? Coercion.inferred(value) : Coercion.variantType(value);
  }
}
