package dev.millrace.function.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.auth.Retryable;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BigQueryFailuresTest {
  @ParameterizedTest
  @CsvSource({
    "accessDenied, DENIED",
    "accessNotConfigured, CONFIGURATION",
    "attributeError, CONFIGURATION",
    "authError, DENIED",
    "backendError, UNAVAILABLE",
    "badGateway, UNAVAILABLE",
    "badRequest, CONFIGURATION",
    "billingNotEnabled, CONFIGURATION",
    "billingTierLimitExceeded, CONFIGURATION",
    "blocked, QUOTA",
    "conditionNotMet, UNAVAILABLE",
    "dailyLimitExceeded, QUOTA",
    "duplicate, EXISTS",
    "failedPrecondition, CONFIGURATION",
    "forbidden, DENIED",
    "insufficientPermissions, DENIED",
    "internalError, UNAVAILABLE",
    "invalid, CONFIGURATION",
    "invalidCredentials, DENIED",
    "invalidParameter, CONFIGURATION",
    "invalidQuery, CONFIGURATION",
    "invalidUser, DENIED",
    "jobBackendError, JOB",
    "jobInternalError, JOB",
    "jobRateLimitExceeded, QUOTA",
    "notFound, CONFIGURATION",
    "notImplemented, CONFIGURATION",
    "parseError, CONFIGURATION",
    "proxyAuthenticationRequired, CONFIGURATION",
    "quotaExceeded, QUOTA",
    "rateLimitExceeded, QUOTA",
    "required, CONFIGURATION",
    "resourceInUse, JOB",
    "resourcesExceeded, JOB",
    "responseTooLarge, JOB",
    "stopped, JOB",
    "tableUnavailable, UNAVAILABLE",
    "timeout, JOB",
    "unauthorized, DENIED",
    "userRateLimitExceeded, QUOTA",
    "somethingNew, JOB",
  })
  void eachReasonHasItsMeaning(String reason, Meaning meaning) {
    assertThat(BigQueryFailures.ofReason(reason)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({
    "400, CONFIGURATION",
    "401, DENIED",
    "403, DENIED",
    "404, CONFIGURATION",
    "408, UNAVAILABLE",
    "409, EXISTS",
    "429, QUOTA",
    "500, UNAVAILABLE",
    "502, UNAVAILABLE",
    "503, UNAVAILABLE",
    "504, UNAVAILABLE",
  })
  void anAnswerWithoutAReasonHasItsStatusOnly(int status, Meaning meaning) {
    assertThat(BigQueryFailures.of(new BigQueryException(status, "no word"))).isEqualTo(meaning);
  }

  @Test
  void aLostConnectionPasses() {
    BigQueryException lost = new BigQueryException(new SocketTimeoutException("Read timed out"));

    assertThat(BigQueryFailures.of(lost)).isEqualTo(Meaning.UNAVAILABLE);
  }

  @Test
  void aTokenThatIsRefusedIsAMatterOfAccess() {
    assertThat(BigQueryFailures.of(new BigQueryException(new NoToken(false))))
        .isEqualTo(Meaning.DENIED);
    assertThat(BigQueryFailures.of(new BigQueryException(new NoToken(true))))
        .isEqualTo(Meaning.UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "notFound|Not found: Table p:d.orders|TABLE_CHANGED",
        "notFound|Not found: Dataset p:d|CONFIGURATION",
        "notFound|Not found: URI gs://staging/a.jsonl|CONFIGURATION",
        "invalidQuery|Already Exists: Table p:d.orders|EXISTS",
        "invalidQuery|Transaction is aborted due to concurrent update against table p:d.orders|QUOTA",
        "invalid|Exceeded rate limits: too many table update operations for this table|QUOTA",
        "invalidQuery|Column names are wrong|CONFIGURATION",
      })
  void theMessageTellsWhatTheReasonLeavesOpen(String reason, String message, Meaning meaning) {
    assertThat(BigQueryFailures.ofStatement(List.of(error(reason, message)))).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "No such field: coupon.|TABLE_CHANGED",
        "Provided Schema does not match Table p:d.orders.|TABLE_CHANGED",
        "Could not convert value 'abc' to integer. Field: total; Value: abc|DATA",
      })
  void aLoadJobsDetailsTellWhetherTheTableOrARowIsWrong(String detail, Meaning meaning) {
    List<BigQueryError> errors =
        List.of(
            error("invalid", "JSON table encountered too many errors, giving up. Rows: 1"),
            error("invalid", "Error while reading data, error message: " + detail));

    assertThat(BigQueryFailures.ofLoad(errors)).isEqualTo(meaning);
  }

  @Test
  void whatIsSaidOfARowNamesTheColumnAndNoValue() {
    List<BigQueryError> errors =
        List.of(
            error("invalid", "JSON table encountered too many errors, giving up. Rows: 1"),
            error(
                "invalid",
                "Could not convert value 'secret' to integer. Field: total; Value: secret"));

    assertThat(BigQueryFailures.ofRow(errors))
        .isEqualTo("BigQuery refuses the value of column total (invalid)");
  }

  @Test
  void aRowWithoutAColumnIsSaidToBeRefusedWithNoValue() {
    assertThat(BigQueryFailures.ofRow(List.of(error("invalid", "Bad character in 'secret'"))))
        .isEqualTo("BigQuery refuses the row (invalid)");
  }

  private static BigQueryError error(String reason, String message) {
    return new BigQueryError(reason, "", message);
  }

  private static final class NoToken extends IOException implements Retryable {
    private static final long serialVersionUID = 1L;
    private final boolean retryable;

    NoToken(boolean retryable) {
      super("Error getting access token");
      this.retryable = retryable;
    }

    @Override
    public boolean isRetryable() {
      return retryable;
    }

    @Override
    public int getRetryCount() {
      return 0;
    }
  }
}
