package dev.millrace.function.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.storage.BlobId;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.State;
import dev.millrace.tests.emulator.FakeGcs;
import dev.millrace.tests.emulator.Fault;
import dev.millrace.tests.emulator.FaultPlan;
import dev.millrace.tests.emulator.FaultyProxy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of every storage call when requests and answers are lost or refused. */
@Tag("once")
class StorageFailuresTest {
  private static FakeGcs storage;
  private static FaultyProxy proxy;
  private static StorageClient direct;
  private static StorageClient patient;
  private static StorageClient impatient;
  private String bucket;

  @BeforeAll
  static void start() throws Exception {
    storage = FakeGcs.start();
    proxy = FaultyProxy.before(storage.url());
    direct = StorageClient.ofEmulator(storage.url());
    Duration silence = Duration.ofSeconds(10);
    patient = StorageClient.ofEmulator(proxy.url(), Duration.ofSeconds(30), silence);
    impatient = StorageClient.ofEmulator(proxy.url(), Duration.ofMillis(100), silence);
  }

  @AfterAll
  static void stop() {
    proxy.close();
    storage.close();
  }

  @BeforeEach
  void noFaults() throws IOException {
    proxy.follow(FaultPlan.NO_FAULTS);
    bucket = newBucket();
  }

  static List<Arguments> callsAndPassingFaults() {
    List<Arguments> all = new ArrayList<>();
    for (StorageCall call : StorageCall.values()) {
      all.add(Arguments.of(call, Fault.CUT_BEFORE));
      all.add(Arguments.of(call, Fault.CUT_AFTER));
      if (call != StorageCall.STAGING_CREATE_LARGE) {
        all.add(Arguments.of(call, new Fault.CutWithin(10)));
      }
      all.add(Arguments.of(call, Fault.answer(503, "backendError")));
      all.add(Arguments.of(call, Fault.answer(429, "rateLimitExceeded")));
      all.add(Arguments.of(call, Fault.answer(408, "requestTimeout")));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("callsAndPassingFaults")
  void call_whoseAnyRequestFailsOnce_comesToTheSame(StorageCall call, Fault fault)
      throws IOException {
    call.prepare(direct, bucket);
    call.run(patient, bucket);
    int requests = proxy.requests().size();
    assertThat(requests).isPositive();
    for (int failing = 0; failing < requests; failing++) {
      String another = newBucket();
      call.prepare(direct, another);
      int number = failing;
      proxy.follow(FaultPlan.always(request -> request.number() == number, fault));

      call.run(patient, another);
    }
  }

  /** Google's client doesn't ask again here, so the attempt at the package is made anew. */
  @Test
  void largePart_whoseLastAnswerIsCutShort_isUnavailable() throws IOException {
    StorageCall call = StorageCall.STAGING_CREATE_LARGE;
    call.prepare(direct, bucket);
    proxy.follow(
        FaultPlan.always(request -> request.method().equals("PUT"), new Fault.CutWithin(10)));

    assertThatThrownBy(() -> call.run(patient, bucket))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.error()).isEqualTo(LoadError.UNAVAILABLE));
  }

  @ParameterizedTest
  @EnumSource
  void call_whichIsAlwaysAnswered503_isUnavailable(StorageCall call) {
    assertThat(failureOf(call, Fault.answer(503, "backendError")).error())
        .isEqualTo(LoadError.UNAVAILABLE);
  }

  @ParameterizedTest
  @EnumSource
  void call_whichIsAlwaysAnswered429_isOverItsQuota(StorageCall call) {
    assertThat(failureOf(call, Fault.answer(429, "rateLimitExceeded")).error())
        .isEqualTo(LoadError.QUOTA_EXCEEDED);
  }

  @ParameterizedTest
  @EnumSource
  void call_thatConflictsWithAnother_isUnavailable(StorageCall call) {
    assertThat(failureOf(call, Fault.answer(409, "conflict")).error())
        .isEqualTo(LoadError.UNAVAILABLE);
  }

  @ParameterizedTest
  @EnumSource
  void call_whoseConnectionIsAlwaysCut_isUnavailable(StorageCall call) {
    assertThat(failureOf(call, Fault.CUT_BEFORE).error()).isEqualTo(LoadError.UNAVAILABLE);
  }

  @ParameterizedTest
  @EnumSource
  void call_whichIsRefused_isAccessDeniedAndNamesBucketAndRole(StorageCall call) {
    LoadException failure = failureOf(call, Fault.answer(403, "forbidden"));

    assertThat(failure.error()).isEqualTo(LoadError.ACCESS_DENIED);
    assertThat(failure).hasMessageContaining(bucket).hasMessageContaining("roles/storage.object");
  }

  @ParameterizedTest
  @EnumSource
  void call_withoutCredentialsThatCount_isAccessDenied(StorageCall call) {
    assertThat(failureOf(call, Fault.answer(401, "authError")).error())
        .isEqualTo(LoadError.ACCESS_DENIED);
  }

  @ParameterizedTest
  @EnumSource
  void call_whichIsRefusedForALimit_isOverItsQuota(StorageCall call) {
    assertThat(failureOf(call, Fault.answer(403, "rateLimitExceeded")).error())
        .isEqualTo(LoadError.QUOTA_EXCEEDED);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "LANDING_OPEN",
        "LANDING_LIST",
        "STAGING_CREATE_SMALL",
        "STAGING_CREATE_LARGE",
        "STAGING_CREATE_IF_ABSENT",
        "STATE_REPLACE"
      })
  void call_toABucketThatIsNotThere_isMisconfiguredAndNamesIt(StorageCall call) {
    LoadException failure = failureOf(call, Fault.answer(404, "notFound"));

    assertThat(failure.error()).isEqualTo(LoadError.MISCONFIGURED);
    assertThat(failure).hasMessageContaining("There is no bucket " + bucket);
  }

  @Test
  void answerThatDoesNotCome_isUnavailable() {
    StorageClient hurried =
        StorageClient.ofEmulator(proxy.url(), Duration.ofMillis(100), Duration.ofMillis(200));
    proxy.follow(request -> new Fault.Delay(Duration.ofMinutes(1)));

    assertThatThrownBy(() -> new CloudState(hurried, bucket).read("schema.json"))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.error()).isEqualTo(LoadError.UNAVAILABLE));
  }

  @Test
  void createIfAbsent_whoseAnswerIsLost_afterSomebodyElse_isNotOurs() throws IOException {
    new CloudStaging(direct, bucket).createIfAbsent("manifest.json", bytes("theirs"));
    proxy.follow(FaultPlan.once(request -> request.method().equals("POST"), Fault.CUT_AFTER));

    assertThat(new CloudStaging(patient, bucket).createIfAbsent("manifest.json", bytes("ours")))
        .isFalse();
  }

  @Test
  void replace_whoseAnswerIsLost_givesTheGenerationThatTheNextReplaceNeeds() throws IOException {
    CloudState state = new CloudState(patient, bucket);
    proxy.follow(FaultPlan.once(request -> request.method().equals("POST"), Fault.CUT_AFTER));

    long generation = state.replace("schema.json", bytes("one"), State.ABSENT).orElseThrow();

    assertThat(state.replace("schema.json", bytes("two"), generation)).isPresent();
  }

  @Test
  void partThatCouldNotBeWritten_isNotThere_howeverOftenItIsClosed() throws IOException {
    proxy.follow(
        FaultPlan.always(
            request -> request.method().equals("PUT") && request.number() > 1,
            Fault.answer(503, "backendError")));
    OutputStream part = new CloudStaging(impatient, bucket).create("part.jsonl");

    assertThatThrownBy(
            () -> {
              for (int written = 0; written < 8; written++) {
                part.write(new byte[1 << 20]);
              }
              part.close();
            })
        .isInstanceOf(LoadException.class);
    proxy.follow(FaultPlan.NO_FAULTS);
    part.close();

    assertThatThrownBy(() -> part.write(1)).isInstanceOf(IOException.class);
    assertThat(direct.get().get(BlobId.of(bucket, "part.jsonl"))).isNull();
  }

  @Test
  void objectThatIsDeletedWhileItIsRead_isNoSuchFile() throws IOException {
    StorageCall.LANDING_OPEN.prepare(direct, bucket);
    BatchRef batch = StorageCall.LANDING_OPEN.batch;
    try (InputStream content = new CloudLanding(patient, bucket).open(batch).content()) {
      direct.get().delete(BlobId.of(bucket, batch.name()));

      assertThatThrownBy(content::readAllBytes).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void noticeOfAnotherBucket_isMisconfigured_soThatItIsNotAcknowledged() {
    assertThatThrownBy(
            () -> new CloudLanding(direct, bucket).open(new BatchRef("another", "object", 1)))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.error()).isEqualTo(LoadError.MISCONFIGURED))
        .hasMessageContaining("another")
        .hasMessageContaining(bucket);
  }

  private LoadException failureOf(StorageCall call, Fault fault) {
    call.prepare(direct, bucket);
    proxy.follow(request -> fault);
    return catchThrowableOfType(LoadException.class, () -> call.run(impatient, bucket));
  }

  private static String newBucket() throws IOException {
    String name = "bucket-" + UUID.randomUUID();
    storage.createBucket(name);
    return name;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
