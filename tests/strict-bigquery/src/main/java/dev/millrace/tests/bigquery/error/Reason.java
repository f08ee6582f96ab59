package dev.millrace.tests.bigquery.error;

/**
 * BigQuery's reasons of errors that this server gives, each with the HTTP status that goes with it
 * (docs page "Error messages", error table).
 */
public enum Reason {
  ACCESS_DENIED("accessDenied", 403),
  AUTH_ERROR("authError", 401),
  BACKEND_ERROR("backendError", 503),
  BAD_GATEWAY("badGateway", 502),
  CONDITION_NOT_MET("conditionNotMet", 412),
  DUPLICATE("duplicate", 409),
  INTERNAL_ERROR("internalError", 500),
  INVALID("invalid", 400),
  INVALID_QUERY("invalidQuery", 400),
  NOT_FOUND("notFound", 404),
  NOT_IMPLEMENTED("notImplemented", 501),
  QUOTA_EXCEEDED("quotaExceeded", 403),
  RATE_LIMIT_EXCEEDED("rateLimitExceeded", 403),
  RESOURCE_IN_USE("resourceInUse", 400);

  private final String code;
  private final int status;

  Reason(String code, int status) {
    this.code = code;
    this.status = status;
  }

  /** As it is spelt in the API. */
  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  /** The reason of that spelling; letters' case does not matter. */
  public static Reason of(String code) {
    for (Reason reason : values()) {
      if (reason.code.equalsIgnoreCase(code)) {
        return reason;
      }
    }
    throw new IllegalArgumentException(
        "no reason of BigQuery's: " + code + "; try " + BACKEND_ERROR.code);
  }

  /** The reason that usually comes with an HTTP status. */
  public static Reason ofStatus(int status) {
    return switch (status) {
      case 400 -> INVALID;
      case 401 -> AUTH_ERROR;
      case 403 -> RATE_LIMIT_EXCEEDED;
      case 404 -> NOT_FOUND;
      case 409 -> DUPLICATE;
      case 412 -> CONDITION_NOT_MET;
      case 500 -> INTERNAL_ERROR;
      case 502 -> BAD_GATEWAY;
      case 503 -> BACKEND_ERROR;
      default -> throw new IllegalArgumentException("no reason for status " + status);
    };
  }

  /** The canonical status name beside the code, as in {@code NOT_FOUND}. */
  public String canonicalStatus() {
    return switch (status) {
      case 400 -> "INVALID_ARGUMENT";
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ALREADY_EXISTS";
      case 412 -> "FAILED_PRECONDITION";
      case 501 -> "UNIMPLEMENTED";
      case 503 -> "UNAVAILABLE";
      default -> "INTERNAL";
    };
  }
}
