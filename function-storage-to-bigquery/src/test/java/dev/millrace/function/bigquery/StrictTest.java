package dev.millrace.function.bigquery;

import dev.millrace.tests.emulator.FakeGcs;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What tests against a strict BigQuery start from: an empty dataset each. */
@Execution(ExecutionMode.CONCURRENT)
abstract class StrictTest {
  private static FakeGcs storage;
  Fixture fixture;

  @BeforeAll
  static void startStorage() throws Exception {
    storage = FakeGcs.start();
  }

  @AfterAll
  static void stopStorage() {
    storage.close();
  }

  @BeforeEach
  void newDataset() throws IOException {
    fixture = new Fixture(storage);
  }

  @AfterEach
  void closeDataset() {
    fixture.close();
  }
}
