package dev.millrace.normalizer.schema;

/** The data types of dlt; what each is in a warehouse: spec "Physical types". */
public enum DataType {
  TEXT("text"),
  BIGINT("bigint"),
  DOUBLE("double"),
  BOOL("bool"),
  TIMESTAMP("timestamp"),
  DATE("date"),
  TIME("time"),
  DECIMAL("decimal"),
  WEI("wei"),
  BINARY("binary"),
  JSON("json");

  private final String word;

  DataType(String word) {
    this.word = word;
  }

  /** The type's name in schema documents and in variant columns' names, such as {@code bigint}. */
  public String word() {
    return word;
  }

  /**
   * The type that a schema document calls {@code word}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DataType of(String word) {
    for (DataType type : values()) {
      if (type.word.equals(word)) {
        return type;
      }
    }
    throw new IllegalArgumentException("no data type: " + word);
  }
}
