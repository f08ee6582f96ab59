package dev.millrace.loader.ports;

import java.io.IOException;
import java.util.Objects;

/** A failure with a code of the catalogue, which says whose fault it is and whether to retry. */
public final class LoadException extends IOException {
  private static final long serialVersionUID = 1L;

  private final LoadError error;

  /**
   * @param detail a sentence for a person that names the thing and says what to do; no payload
   * @param cause null if there is none
   */
  public LoadException(LoadError error, String detail, Throwable cause) {
    super(detail, cause);
    this.error = Objects.requireNonNull(error, "error");
  }

  public LoadException(LoadError error, String detail) {
    this(error, detail, null);
  }

  public LoadError error() {
    return error;
  }
}
