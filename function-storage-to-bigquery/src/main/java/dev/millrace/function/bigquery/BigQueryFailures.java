package dev.millrace.function.bigquery;

import static java.util.Map.entry;

import com.google.auth.Retryable;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.JobStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What BigQuery's errors mean. Reasons are those of the documentation's error table, of the API's
 * global errors and of jobs; where a reason says too little, the message decides, here and nowhere
 * else.
 */
final class BigQueryFailures {
  private static final Map<String, Meaning> REASONS =
      Map.ofEntries(
          entry("accessDenied", Meaning.DENIED),
          entry("accessNotConfigured", Meaning.CONFIGURATION),
          entry("attributeError", Meaning.CONFIGURATION),
          entry("authError", Meaning.DENIED),
          entry("backendError", Meaning.UNAVAILABLE),
          entry("badGateway", Meaning.UNAVAILABLE),
          entry("badRequest", Meaning.CONFIGURATION),
          entry("billingNotEnabled", Meaning.CONFIGURATION),
          entry("billingTierLimitExceeded", Meaning.CONFIGURATION),
          entry("blocked", Meaning.QUOTA),
          entry("conditionNotMet", Meaning.UNAVAILABLE),
          entry("dailyLimitExceeded", Meaning.QUOTA),
          entry("duplicate", Meaning.EXISTS),
          entry("failedPrecondition", Meaning.CONFIGURATION),
          entry("forbidden", Meaning.DENIED),
          entry("insufficientPermissions", Meaning.DENIED),
          entry("internalError", Meaning.UNAVAILABLE),
          entry("invalid", Meaning.CONFIGURATION),
          entry("invalidCredentials", Meaning.DENIED),
          entry("invalidParameter", Meaning.CONFIGURATION),
          entry("invalidQuery", Meaning.CONFIGURATION),
          entry("invalidUser", Meaning.DENIED),
          entry("jobBackendError", Meaning.JOB),
          entry("jobInternalError", Meaning.JOB),
          entry("jobRateLimitExceeded", Meaning.QUOTA),
          entry("notFound", Meaning.CONFIGURATION),
          entry("notImplemented", Meaning.CONFIGURATION),
          entry("parseError", Meaning.CONFIGURATION),
          entry("proxyAuthenticationRequired", Meaning.CONFIGURATION),
          entry("quotaExceeded", Meaning.QUOTA),
          entry("rateLimitExceeded", Meaning.QUOTA),
          entry("required", Meaning.CONFIGURATION),
          entry("resourceInUse", Meaning.JOB),
          entry("resourcesExceeded", Meaning.JOB),
          entry("responseTooLarge", Meaning.JOB),
          entry("stopped", Meaning.JOB),
          entry("tableUnavailable", Meaning.UNAVAILABLE),
          entry("timeout", Meaning.JOB),
          entry("unauthorized", Meaning.DENIED),
          entry("userRateLimitExceeded", Meaning.QUOTA));

  private static final Pattern NO_TABLE = Pattern.compile("(?i)not found: table");
  private static final Pattern ALREADY = Pattern.compile("(?i)already exists");
  private static final Pattern RACE =
      Pattern.compile(
          "(?i)concurrent update|too many table update operations|could not serialize|"
              + "exceeded rate limits|quota exceeded");
  private static final Pattern OTHER_TABLE =
      Pattern.compile(
          "(?i)no such field|provided schema does not match|cannot add fields|"
              + "field \\S+ (?:is missing|has changed)");
  private static final Pattern FIELD =
      Pattern.compile("(?i)\\bfield:?\\s+'?([\\p{L}_][\\p{L}\\p{N}_.]*)");

  private BigQueryFailures() {}

  /** What a reason means by itself; one that nobody knows yet counts as passing. */
  static Meaning ofReason(String reason) {
    return REASONS.getOrDefault(reason, Meaning.JOB);
  }

  /** What the error of a call means. */
  static Meaning of(BigQueryException e) {
    String message = Objects.toString(e.getMessage(), "");
    if (e.getReason() != null && REASONS.containsKey(e.getReason())) {
      return refined(ofReason(e.getReason()), message);
    }
    if (e.getCode() == 0) {
      return isRefusedCredentials(e) ? Meaning.DENIED : Meaning.UNAVAILABLE;
    }
    return refined(ofStatus(e.getCode()), message);
  }

  /** The errors of a job that is done; the first is why it failed. Empty if it didn't. */
  static List<BigQueryError> errors(JobStatus status) {
    if (status.getError() == null) {
      return List.of();
    }
    List<BigQueryError> errors = new ArrayList<>();
    errors.add(status.getError());
    if (status.getExecutionErrors() != null) {
      errors.addAll(status.getExecutionErrors());
    }
    return errors;
  }

  /**
   * What the errors of a load job mean.
   *
   * @param errors of the job, not empty
   */
  static Meaning ofLoad(List<BigQueryError> errors) {
    String reason = errors.get(0).getReason();
    if (!reason.equals("invalid") && !reason.equals("required")) {
      return ofStatement(errors);
    }
    return errors.stream().anyMatch(error -> OTHER_TABLE.matcher(message(error)).find())
        ? Meaning.TABLE_CHANGED
        : Meaning.DATA;
  }

  /**
   * What the errors of a job that runs a statement mean.
   *
   * @param errors of the job, not empty
   */
  static Meaning ofStatement(List<BigQueryError> errors) {
    return refined(ofReason(errors.get(0).getReason()), message(errors.get(0)));
  }

  /** What BigQuery said of a call or statement, which quotes no row. */
  static String said(List<BigQueryError> errors) {
    return "%s (%s)".formatted(message(errors.get(0)), errors.get(0).getReason());
  }

  /**
   * What BigQuery said of rows, without its text, for that quotes them: the reason, and the column
   * if it names one.
   */
  static String ofRow(List<BigQueryError> errors) {
    for (BigQueryError error : errors) {
      Matcher field = FIELD.matcher(message(error));
      if (field.find()) {
        return "BigQuery refuses the value of column %s (%s)"
            .formatted(field.group(1), error.getReason());
      }
    }
    return "BigQuery refuses the row (%s)".formatted(errors.get(0).getReason());
  }

  private static Meaning refined(Meaning meaning, String message) {
    if (meaning != Meaning.CONFIGURATION) {
      return meaning;
    }
    if (NO_TABLE.matcher(message).find()) {
      return Meaning.TABLE_CHANGED;
    }
    if (RACE.matcher(message).find()) {
      return Meaning.QUOTA;
    }
    return ALREADY.matcher(message).find() ? Meaning.EXISTS : meaning;
  }

  private static Meaning ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> Meaning.DENIED;
      case 408 -> Meaning.UNAVAILABLE;
      case 409 -> Meaning.EXISTS;
      case 429 -> Meaning.QUOTA;
      default -> status >= 500 ? Meaning.UNAVAILABLE : Meaning.CONFIGURATION;
    };
  }

  /** Whether it was no answer of BigQuery's, but of those who give out tokens. */
  private static boolean isRefusedCredentials(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof Retryable token) {
        return !token.isRetryable();
      }
    }
    return false;
  }

  private static String message(BigQueryError error) {
    return Objects.toString(error.getMessage(), "");
  }
}
