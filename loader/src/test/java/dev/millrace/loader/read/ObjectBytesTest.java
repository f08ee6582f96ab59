package dev.millrace.loader.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.ports.Landing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.Test;

class ObjectBytesTest {
  private static final String LINES = "{\"a\":1}\n{\"b\":22}\n{\"c\":3}\n";

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private static ObjectBytes open(byte[] content) throws IOException {
    return new ObjectBytes(
        new Landing.Opened(new ByteArrayInputStream(content), 0, content.length));
  }

  private static String at(ObjectBytes object, long message, long offset, int length)
      throws IOException {
    return object
        .at(message, offset, length)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElse(null);
  }

  @Test
  void values_of_a_text_object_are_found_packed_or_not() throws IOException {
    for (byte[] content : List.of(LINES.getBytes(StandardCharsets.UTF_8), gzip(LINES))) {
      try (ObjectBytes object = open(content)) {
        assertThat(at(object, 0, 8, 8)).isEqualTo("{\"b\":22}");
        assertThat(at(object, 0, 17, 7)).isEqualTo("{\"c\":3}");
        assertThat(at(object, 0, 24, 7)).as("beyond the end").isNull();
      }
    }
  }

  @Test
  void values_of_messages_are_found_several_of_one_too() throws IOException {
    List<String> payloads = List.of("{\"a\":1}", "{\"b\":22} {\"c\":3}", "{\"d\":4}");
    for (byte[] content :
        List.of(
            AvroObjects.plain(CodecFactory.nullCodec(), 2, payloads),
            AvroObjects.withMetadata(CodecFactory.deflateCodec(6), 1, 1, payloads))) {
      try (ObjectBytes object = open(content)) {
        assertThat(object.format()).isEqualTo(BatchFormat.AVRO);
        assertThat(at(object, 1, 0, 8)).isEqualTo("{\"b\":22}");
        assertThat(at(object, 1, 9, 7)).isEqualTo("{\"c\":3}");
        assertThat(at(object, 1, 10, 7)).as("beyond the message").isNull();
        assertThat(at(object, 2, 0, 7)).isEqualTo("{\"d\":4}");
        assertThat(at(object, 3, 0, 1)).as("beyond the last message").isNull();
      }
    }
  }

  @Test
  void values_of_a_packed_message_are_found_where_they_unpack_to() throws IOException {
    byte[] content =
        AvroObjects.withAttributes(Map.of(Pack.ATTRIBUTE, Pack.FORMAT), List.of(gzip(LINES)));

    try (ObjectBytes object = open(content)) {
      assertThat(at(object, 0, 8, 8)).isEqualTo("{\"b\":22}");
    }
  }

  @Test
  void what_lies_beyond_damage_is_nowhere() throws IOException {
    byte[] whole = gzip(LINES.repeat(10_000));
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);

    try (ObjectBytes object = open(cut)) {
      assertThat(at(object, 0, 0, 7)).isEqualTo("{\"a\":1}");
      assertThat(at(object, 0, 24 * 9_999, 7)).isNull();
      assertThat(at(object, 0, 24 * 9_999 + 8, 8)).isNull();
    }
  }

  @Test
  void a_failure_of_the_store_is_no_damage() throws IOException {
    InputStream failing =
        new InputStream() {
          private int read;

          @Override
          public int read() throws IOException {
            if (read++ == 10) {
              throw new IOException("injected");
            }
            return ' ';
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            buffer[offset] = (byte) read();
            return 1;
          }
        };

    try (ObjectBytes object = new ObjectBytes(new Landing.Opened(failing, 0, 100))) {
      assertThatThrownBy(() -> object.at(0, 50, 5)).hasMessage("injected");
    }
  }
}
