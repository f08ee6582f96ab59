package dev.millrace.normalizer.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Shake128Test {
  private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

  @Test
  void squeeze_ofNothing_isThePublishedValue() {
    assertThat(hash(new byte[0], 32))
        .isEqualTo("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26");
  }

  @Test
  void squeeze_of1600Bits_isThePublishedValue() {
    byte[] message = new byte[200];
    Arrays.fill(message, (byte) 0xA3);

    assertThat(hash(message, 32))
        .isEqualTo("131ab8d2b594946b9c81333f9bb6e0ce75c3b93104fa3469d3917457385da037");
  }

  @Test
  void squeeze_ofAbc_isWhatPythonComputes() {
    assertThat(hash(ABC, 32))
        .isEqualTo("5881092dd818bf5cf8a3ddb793fbcba74097d5c526a6d35f97b83351940f2cc8");
  }

  @Test
  void squeeze_ofMoreThanOneBlock_goesOn() {
    assertThat(hash(ABC, 400)).endsWith("6ee173e30bd4d08f2bc59c6114bdd745");
  }

  /** Input byte i is i mod 251; hashes from Python's hashlib. */
  @ParameterizedTest
  @CsvSource({
    "167, 1e552791cc4e93a0d4a8dc47ae49228c",
    "168, f15277eb61c4908d44a2853f3cde071a",
    "169, 015be3338c986d9846affa0f94b4afc2",
    "336, 278918d9abddd4a3c154affd8fe4f85e",
    "1000, a72440f7f5aa7c14c8e0187420611da7",
  })
  void squeeze_aroundBlockEnds_isWhatPythonComputes(int length, String expected) {
    byte[] message = new byte[length];
    for (int i = 0; i < length; i++) {
      message[i] = (byte) (i % 251);
    }

    assertThat(hash(message, 16)).isEqualTo(expected);
  }

  @Test
  void absorb_inPieces_isAbsorbAtOnce() {
    long seed = 20261123;
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      byte[] message = new byte[random.nextInt(600)];
      random.nextBytes(message);
      Shake128 pieces = new Shake128();
      for (int from = 0; from < message.length; ) {
        int length = Math.min(message.length - from, 1 + random.nextInt(40));
        pieces.absorb(message, from, length);
        from += length;
      }

      assertThat(squeezed(pieces, 16)).as("seed %d", seed).isEqualTo(hash(message, 16));
    }
  }

  @Test
  void copyFrom_goesOnFromWhatTheOtherAbsorbed() {
    Shake128 prefix = new Shake128();
    prefix.absorb(ABC, 0, 2);
    Shake128 copy = new Shake128();
    copy.absorb(ABC, 0, 3);
    copy.copyFrom(prefix);
    copy.absorb(ABC, 2, 1);

    assertThat(squeezed(copy, 16)).isEqualTo(hash(ABC, 16));
    prefix.absorb(ABC[2]);
    assertThat(squeezed(prefix, 16)).isEqualTo(hash(ABC, 16));
  }

  @Test
  void reset_forgetsEverything() {
    Shake128 shake = new Shake128();
    shake.absorb(ABC, 0, 3);
    squeezed(shake, 32);
    shake.reset();

    assertThat(squeezed(shake, 16)).isEqualTo(hash(new byte[0], 16));
  }

  /** Input byte i is i mod 251; the value is SHA-256 over what Python's hashlib gives for each. */
  @Test
  void squeeze_ofEveryLengthUpTo700_isWhatPythonComputes() throws NoSuchAlgorithmException {
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    for (int length = 0; length < 700; length++) {
      byte[] message = new byte[length];
      for (int i = 0; i < length; i++) {
        message[i] = (byte) (i % 251);
      }
      all.update(HexFormat.of().parseHex(hash(message, 32)));
    }

    assertThat(HexFormat.of().formatHex(all.digest()))
        .isEqualTo("593ddb23d9802639ed65f1702b37c82cbe87e80ff2053146b8f5f159bde383ee");
  }

  private static String hash(byte[] message, int length) {
    Shake128 shake = new Shake128();
    shake.absorb(message, 0, message.length);
    return squeezed(shake, length);
  }

  private static String squeezed(Shake128 shake, int length) {
    byte[] output = new byte[length];
    shake.squeeze(output, 0, length);
    return HexFormat.of().formatHex(output);
  }
}
