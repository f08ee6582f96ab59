package dev.millrace.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.ports.BatchRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventEntryTest {
  private static FrameworkServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new FrameworkServer(FakeCloudEventEntry.class, "cloudevent");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    FakeLoader.SHARED.batches.clear();
  }

  @Test
  void binaryEvent_loadsItsBatch() throws Exception {
    server.post(Notices.object("new"), Notices.binary(Notices.FINALIZED));
    assertThat(FakeLoader.SHARED.batches)
        .containsExactly(new BatchRef("landing", "new", 1795451447201694L));
  }

  @Test
  void structuredEvent_loadsItsBatch() throws Exception {
    server.post(
        Notices.structured(Notices.FINALIZED, "\"data\":" + Notices.object("new")),
        Notices.STRUCTURED);
    assertThat(FakeLoader.SHARED.batches)
        .containsExactly(new BatchRef("landing", "new", 1795451447201694L));
  }

  @ParameterizedTest
  @CsvSource({"new,200", "already,200", "failed,200", "again,500", "misconfigured,500", "bug,500"})
  void outcome_isAnsweredWith(String name, int status) throws Exception {
    assertThat(server.post(Notices.object(name), Notices.binary(Notices.FINALIZED)).statusCode())
        .isEqualTo(status);
  }

  @Test
  void unreadableEvent_comesAgain() throws Exception {
    assertThat(server.post("{}", Notices.binary(Notices.FINALIZED)).statusCode()).isEqualTo(500);
  }
}
