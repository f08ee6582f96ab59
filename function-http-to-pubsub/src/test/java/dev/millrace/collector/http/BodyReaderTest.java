package dev.millrace.collector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.collector.FakeRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
  private final AtomicLong clock = new AtomicLong();
  private final BodyReader reader = new BodyReader(Duration.ofSeconds(10), clock::get);

  private static InputStream of(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static BodyReader.Limit limit(int bytes) {
    return new BodyReader.Limit(bytes, taken -> true);
  }

  @Test
  void aBodyThatFindsNoRoomIsForLater() {
    for (boolean encoded : new boolean[] {true, false}) {
      byte[] body = new byte[100_000];
      ByteArrayInputStream sent = new ByteArrayInputStream(encoded ? FakeRequest.gzip(body) : body);

      assertThatThrownBy(
              () ->
                  reader.read(
                      sent, encoded, new BodyReader.Limit(1 << 20, bytes -> bytes < 50_000)))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.OVERLOADED));
      assertThat(sent.available()).isZero();
    }
  }

  @Test
  void aBodyOfExactlyTheLimitIsRead() throws Exception {
    byte[] body = new byte[1_000];
    Arrays.fill(body, (byte) 'x');

    assertThat(reader.read(of(body), false, limit(1_000))).isEqualTo(body);
    assertThat(reader.read(of(FakeRequest.gzip(body)), true, limit(1_000))).isEqualTo(body);
  }

  @Test
  void oneByteMoreIsTooMuchAndIsReadToItsEndSoThatTheSenderSeesTheReply() {
    ByteArrayInputStream body = new ByteArrayInputStream(new byte[100_000]);

    assertThatThrownBy(() -> reader.read(body, false, limit(1_000)))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.BODY_TOO_LARGE));
    assertThat(body.available()).isZero();
  }

  @Test
  void gzipThatIsCutOffIsTheSendersFault() {
    byte[] packed = FakeRequest.gzip(new byte[100_000]);

    assertThatThrownBy(
            () -> reader.read(of(Arrays.copyOf(packed, packed.length / 2)), true, limit(1 << 20)))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.MALFORMED));
  }

  @Test
  void aConnectionThatBreaksIsNot() {
    byte[] packed = FakeRequest.gzip(new byte[100_000]);
    InputStream breaking =
        new java.io.SequenceInputStream(
            of(Arrays.copyOf(packed, 20)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("reset");
              }
            });

    assertThatThrownBy(() -> reader.read(breaking, true, limit(1 << 20)))
        .isInstanceOf(IOException.class)
        .hasMessage("reset");
  }

  @Test
  void aBodyThatTricklesIsEndedWhenItsTimeIsUp() {
    InputStream trickle =
        new InputStream() {
          @Override
          public int read() {
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
            return 'x';
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            into[offset] = (byte) read();
            return 1;
          }
        };

    assertThatThrownBy(() -> reader.read(trickle, false, limit(1_000)))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.TOO_SLOW));
  }
}
