package dev.millrace.tests.bigquery.rest;

import dev.millrace.tests.bigquery.error.BigQueryError;
import tools.jackson.databind.JsonNode;

/**
 * What a call is answered with.
 *
 * @param body null for none
 */
record Answer(int status, JsonNode body) {
  static Answer ok(JsonNode body) {
    return new Answer(200, body);
  }

  static Answer noContent() {
    return new Answer(204, null);
  }

  static Answer refused(BigQueryError error) {
    return refused(error, error.reason().status());
  }

  static Answer refused(BigQueryError error, int status) {
    return new Answer(status, error.toAnswer(status));
  }
}
