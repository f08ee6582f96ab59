package dev.millrace.tests.infrastructure.google;

/** An answer that is an error, in Google's form. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  Refused(int status, String message) {
    super(message);
    this.status = status;
  }

  static Refused notFound(String name) {
    return new Refused(404, name + " was not found.");
  }

  static Refused invalid(String message) {
    return new Refused(400, message);
  }

  int status() {
    return status;
  }
}
