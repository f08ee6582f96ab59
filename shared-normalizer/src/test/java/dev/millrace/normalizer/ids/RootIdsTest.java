package dev.millrace.normalizer.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class RootIdsTest {
  private final RootIds ids = new RootIds();

  @Test
  void of_isBase64OfTheFirstTenBytesOfSha256() throws NoSuchAlgorithmException {
    for (int i = 0; i < 500; i++) {
      String source = "m:ä" + i;
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));

      assertThat(ids.of(source))
          .isEqualTo(Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 10)));
    }
  }

  @Test
  void write_hashesPrefixAndThenBytes() {
    byte[] bytes = "__42__".getBytes(StandardCharsets.US_ASCII);
    byte[] target = new byte[RootIds.LENGTH + 2];

    ids.write("m:".getBytes(StandardCharsets.US_ASCII), bytes, 2, 2, target, 1);

    assertThat(new String(target, 1, RootIds.LENGTH, StandardCharsets.US_ASCII))
        .isEqualTo(ids.of("m:42"));
    assertThat(target[0]).isZero();
    assertThat(target[RootIds.LENGTH + 1]).isZero();
  }
}
