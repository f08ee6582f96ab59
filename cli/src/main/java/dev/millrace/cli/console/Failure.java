package dev.millrace.cli.console;

/**
 * Why a command could not do its work: one sentence for the person who ran it, and the exit code.
 */
public final class Failure extends RuntimeException {
  /** Something went wrong that the arguments don't show: a file, a port, a server, a load. */
  public static final int FAILED = 1;

  /** The arguments or the settings can't be used. */
  public static final int USAGE = 2;

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private Failure(int exitCode, String sentence, Throwable cause) {
    super(sentence, cause);
    this.exitCode = exitCode;
  }

  /** A failure that ends in exit code 1. */
  public static Failure failed(String sentence) {
    return new Failure(FAILED, sentence, null);
  }

  /** A failure that ends in exit code 1. */
  public static Failure failed(String sentence, Throwable cause) {
    return new Failure(FAILED, sentence, cause);
  }

  /** A failure that ends in exit code 2. */
  public static Failure usage(String sentence) {
    return new Failure(USAGE, sentence, null);
  }

  /** A failure that ends in exit code 2. */
  public static Failure usage(String sentence, Throwable cause) {
    return new Failure(USAGE, sentence, cause);
  }

  /** 1 or 2. */
  public int exitCode() {
    return exitCode;
  }
}
