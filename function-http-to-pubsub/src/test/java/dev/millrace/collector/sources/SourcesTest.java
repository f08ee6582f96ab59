package dev.millrace.collector.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of keys and of users, and their changes. */
class SourcesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path folder;
  private final AtomicLong clock = new AtomicLong();

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("file"), content);
  }

  @Test
  void aKeyIsReplacedWithoutARestart() throws Exception {
    Path file = file("{\"old\":\"shop\"}");
    WriteKeys keys = WriteKeys.in(file, clock::get);
    file("{\"old\":\"shop\",\"new\":\"shop\"}");

    assertThat(keys.source("new")).isEmpty();
    clock.addAndGet(MINUTE.toNanos());
    assertThat(keys.source("new")).hasValue("shop");
    assertThat(keys.source("old")).hasValue("shop");

    file("{\"new\":\"shop\"}");
    clock.addAndGet(MINUTE.toNanos());
    assertThat(keys.source("old")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"k\":7}", "{\"k\":\"no name\"}", "{\" \":\"s\"}"})
  void whatIsNoFileOfKeysStopsTheStartAndLaterChangesNothing(String content) throws Exception {
    assertThatThrownBy(() -> WriteKeys.in(file(content), clock::get))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("JSON object of write keys");

    WriteKeys keys = WriteKeys.in(file("{\"good\":\"shop\"}"), clock::get);
    file(content);
    clock.addAndGet(MINUTE.toNanos());

    assertThat(keys.source("good")).hasValue("shop");
  }

  @Test
  void noMessageHoldsAKey() {
    assertThatThrownBy(() -> WriteKeys.in(file("{\"s3cret\":\"shop\",\"s3cret"), clock::get))
        .satisfies(
            failure -> {
              for (Throwable at = failure; at != null; at = at.getCause()) {
                assertThat(at.getMessage()).doesNotContain("s3cret");
              }
            });
  }

  @Test
  void usersAreOneALineAndComeAndGo() throws Exception {
    Path file = file("u-1\n\n  u-2 \r\n");
    Predicate<String> suppressed = SuppressedUsers.in(file, clock::get);

    assertThat(suppressed.test("u-1")).isTrue();
    assertThat(suppressed.test("u-2")).isTrue();
    assertThat(suppressed.test("")).isFalse();

    file("u-3");
    clock.addAndGet(MINUTE.toNanos());

    assertThat(suppressed.test("u-1")).isFalse();
    assertThat(suppressed.test("u-3")).isTrue();
  }
}
