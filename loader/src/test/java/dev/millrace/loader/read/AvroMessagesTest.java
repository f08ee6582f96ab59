package dev.millrace.loader.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvroMessagesTest {
  private static final long NO_LIMIT = 1L << 40;
  private static final List<String> PAYLOADS = List.of("one", "", "three", "four", "five");

  static List<CodecFactory> codecs() {
    return List.of(CodecFactory.nullCodec(), CodecFactory.deflateCodec(6));
  }

  private static List<PubsubMessage> read(byte[] object, long limit) throws IOException {
    List<PubsubMessage> found = new ArrayList<>();
    read(object, limit, found);
    return found;
  }

  private static void read(byte[] object, long limit, List<PubsubMessage> found)
      throws IOException {
    try (AvroMessages messages = new AvroMessages(new ByteArrayInputStream(object), limit)) {
      for (PubsubMessage m = messages.next(); m != null; m = messages.next()) {
        found.add(m);
      }
    }
  }

  private static List<String> texts(List<PubsubMessage> messages) {
    return messages.stream().map(m -> new String(m.data(), StandardCharsets.UTF_8)).toList();
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void next_withMetadata_givesIdsTimesAndPayloads(CodecFactory codec) throws IOException {
    List<PubsubMessage> found =
        read(AvroObjects.withMetadata(codec, 2, 1_000_000, PAYLOADS), NO_LIMIT);

    assertThat(texts(found)).isEqualTo(PAYLOADS);
    assertThat(found).extracting(PubsubMessage::id).containsExactly("m0", "m1", "m2", "m3", "m4");
    assertThat(found.get(4).publishTimeMicros()).isEqualTo(5_000_000);
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void next_plain_givesPayloads(CodecFactory codec) throws IOException {
    List<PubsubMessage> found = read(AvroObjects.plain(codec, 2, PAYLOADS), NO_LIMIT);

    assertThat(texts(found)).isEqualTo(PAYLOADS);
    assertThat(found).extracting(PubsubMessage::id).containsOnlyNulls();
  }

  @Test
  void next_noMessages_isTheEnd() throws IOException {
    assertThat(read(AvroObjects.plain(CodecFactory.nullCodec(), 1, List.of()), NO_LIMIT)).isEmpty();
  }

  @Test
  void open_otherSchema_isRefused() {
    byte[] object =
        AvroObjects.ofSchema(
            """
            {"type":"record","namespace":"com.google.pubsub","name":"PubsubMessage",
             "fields":[{"name":"data","type":"string"}]}
            """);

    assertThatThrownBy(() -> read(object, NO_LIMIT))
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> assertThat(e.error()).isEqualTo(LoadError.OBJECT_WRONG_SCHEMA));
  }

  @Test
  void open_publishTimeOfOtherUnit_isRefused() {
    byte[] object =
        AvroObjects.ofSchema(
            """
            {"type":"record","namespace":"com.google.pubsub","name":"PubsubMessageWithMetadata",
             "fields":[
              {"name":"subscription_name","type":"string"},
              {"name":"message_id","type":"string"},
              {"name":"publish_time","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"attributes","type":{"type":"map","values":"string"}},
              {"name":"data","type":"bytes"}]}
            """);

    assertThatThrownBy(() -> read(object, NO_LIMIT))
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> assertThat(e.error()).isEqualTo(LoadError.OBJECT_WRONG_SCHEMA));
  }

  @Test
  void open_otherCodec_saysWhich() {
    byte[] object = AvroObjects.plain(CodecFactory.bzip2Codec(), 1, PAYLOADS);

    assertThatThrownBy(() -> read(object, NO_LIMIT))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("bzip2")
        .hasMessageContaining("deflate");
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void next_objectCutAnywhere_givesWhatCameBeforeThenFails(CodecFactory codec) throws IOException {
    byte[] whole = AvroObjects.withMetadata(codec, 2, 1_000_000, PAYLOADS);
    for (int cut = 4; cut < whole.length; cut++) {
      byte[] object = Arrays.copyOf(whole, cut);
      List<PubsubMessage> found = new ArrayList<>();
      try {
        read(object, NO_LIMIT, found);
        // A container that is cut between blocks is a whole one.
        assertThat(found.size()).as("cut at %d", cut).isIn(0, 2, 4);
      } catch (EOFException e) {
        assertThat(texts(found)).isEqualTo(PAYLOADS.subList(0, found.size()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void next_bytesFlippedAnywhere_failsOrReadsButNeverBreaks(CodecFactory codec) {
    byte[] whole = AvroObjects.withMetadata(codec, 2, 1_000_000, PAYLOADS);
    long seed = 20_261_123;
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] object = whole.clone();
      object[4 + random.nextInt(object.length - 4)] ^= (byte) (1 + random.nextInt(255));
      try {
        read(object, NO_LIMIT);
      } catch (IOException e) {
        assertThat(e).as("seed %d, round %d", seed, i).isNotNull();
      }
    }
  }

  @Test
  void next_valueOfImpossibleLength_failsWithoutTakingMemory() {
    byte[] object = AvroObjects.plain(CodecFactory.nullCodec(), 1, List.of("x".repeat(60)));
    int length = object.length - 16 - 60 - 1;
    byte[] damaged = object.clone();
    for (int i = 0; i < 9; i++) {
      damaged[length + i] = (byte) 0xfe;
    }
    damaged[length + 9] = 1;

    assertThatThrownBy(() -> read(damaged, NO_LIMIT)).isInstanceOf(IOException.class);
  }

  @Test
  void next_moreThanTheLimit_failsWithIt() {
    byte[] object =
        AvroObjects.plain(
            CodecFactory.deflateCodec(9), 1, List.of("a".repeat(900), "b".repeat(900)));
    List<PubsubMessage> found = new ArrayList<>();

    assertThatThrownBy(() -> read(object, 1_000, found)).isInstanceOf(UnpackedLimitException.class);
    assertThat(found).hasSize(1);
  }
}
