package dev.millrace.loader.read;

/** The formats of batch objects, told apart by an object's first bytes. */
public enum BatchFormat {
  /** JSON values, one after the other. */
  TEXT("text"),
  /** Text, packed by gzip in one member or several. */
  GZIP("gzip"),
  /** An Avro container of Pub/Sub messages. */
  AVRO("avro");

  private final String word;

  BatchFormat(String word) {
    this.word = word;
  }

  /** The format as tables and logs spell it. */
  public String word() {
    return word;
  }

  /**
   * The format of an object.
   *
   * @param start its first 4 bytes, or all of it where it has fewer
   */
  public static BatchFormat of(byte[] start) {
    if (start.length >= 4
        && start[0] == 'O'
        && start[1] == 'b'
        && start[2] == 'j'
        && start[3] == 1) {
      return AVRO;
    }
    if (start.length >= 2 && start[0] == (byte) 0x1f && start[1] == (byte) 0x8b) {
      return GZIP;
    }
    return TEXT;
  }
}
