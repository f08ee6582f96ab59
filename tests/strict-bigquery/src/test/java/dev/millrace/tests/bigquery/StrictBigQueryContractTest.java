package dev.millrace.tests.bigquery;

import com.google.cloud.bigquery.BigQuery;
import org.junit.jupiter.api.AfterEach;

class StrictBigQueryContractTest extends BigQueryContract {
  private Fixture fixture;

  @Override
  BigQuery client() throws Exception {
    fixture = new Fixture();
    return fixture.client;
  }

  @Override
  String put(String name, String... lines) {
    return fixture.objects.put(name, lines);
  }

  @AfterEach
  void close() {
    fixture.close();
  }
}
