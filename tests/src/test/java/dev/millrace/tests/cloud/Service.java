package dev.millrace.tests.cloud;

/** What a load calls. */
enum Service {
  STORAGE,
  BIGQUERY
}
