package dev.millrace.function.bigquery;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What tests against a strict BigQuery start from: an empty dataset each. */
@ExtendWith(SharedStorage.class)
@Execution(ExecutionMode.CONCURRENT)
abstract class StrictTest {
  Fixture fixture;

  @BeforeEach
  void newDataset() throws IOException {
    fixture = new Fixture(SharedStorage.get());
  }

  @AfterEach
  void closeDataset() {
    fixture.close();
  }
}
