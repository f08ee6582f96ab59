package dev.millrace.loader.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipMembersTest {
  static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  static byte[] join(byte[]... pieces) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      joined.writeBytes(piece);
    }
    return joined.toByteArray();
  }

  private static String unpack(InputStream packed) throws IOException {
    try (GzipMembers members = new GzipMembers(packed)) {
      return new String(members.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String unpack(byte[] packed) throws IOException {
    return unpack(new ByteArrayInputStream(packed));
  }

  @Test
  void read_severalMembers_givesThemAll() throws IOException {
    assertThat(unpack(join(gzip("one,"), gzip(""), gzip("two")))).isEqualTo("one,two");
  }

  @Test
  void read_slowSource_givesAllMembers() throws IOException {
    byte[] packed = join(gzip("one,"), gzip("two"));
    InputStream slow =
        new ByteArrayInputStream(packed) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(length, 1));
          }

          @Override
          public synchronized int available() {
            return 0;
          }
        };

    assertThat(unpack(slow)).isEqualTo("one,two");
  }

  @Test
  void read_memberWithNameAndComment_isUnpacked() throws IOException {
    byte[] plain = gzip("text");
    byte[] head = {0x1f, (byte) 0x8b, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 0};
    byte[] extra = {2, 0, 'e', 'x', 'n', 0, 'c', 0, 1, 2};

    assertThat(unpack(join(head, extra, Arrays.copyOfRange(plain, 10, plain.length))))
        .isEqualTo("text");
  }

  @Test
  void read_zerosBehindTheLastMember_arePadding() throws IOException {
    assertThat(unpack(join(gzip("text"), new byte[500]))).isEqualTo("text");
  }

  @Test
  void read_somethingElseBehindAMember_fails() throws IOException {
    byte[] packed = join(gzip("text"), "garbage".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> unpack(packed)).hasMessageContaining("after a gzip member");
  }

  @Test
  void read_cutAnywhere_fails() throws IOException {
    byte[] whole = gzip("some text that is packed");
    for (int cut = 1; cut < whole.length; cut++) {
      byte[] packed = Arrays.copyOf(whole, cut);
      assertThatThrownBy(() -> unpack(packed)).as("cut at %d", cut).isInstanceOf(IOException.class);
    }
  }

  @Test
  void read_wrongChecksum_fails() throws IOException {
    byte[] packed = gzip("text");
    packed[packed.length - 8] ^= 1;

    assertThatThrownBy(() -> unpack(packed)).hasMessageContaining("checksum");
  }
}
