package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.QueryParameterValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;

/** Values as queries take them beside their text. */
final class QueryParameters {
  private QueryParameters() {}

  static QueryParameterValue timestamp(Instant time) {
    return QueryParameterValue.timestamp(ChronoUnit.MICROS.between(Instant.EPOCH, time));
  }

  static QueryParameterValue texts(Collection<String> texts) {
    return QueryParameterValue.array(texts.toArray(String[]::new), String.class);
  }
}
