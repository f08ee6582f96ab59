package dev.millrace.normalizer.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ChildIdsTest {
  private final ChildIds ids = new ChildIds();

  @Test
  void write_givesTheIdThatDltGives() {
    ids.under("r1", "probe__l");

    assertThat(id(0)).isEqualTo("VzqxvkxT95mXgA");
  }

  @Test
  void write_forManyIndexes_startsFromTheSamePrefix() {
    ids.under("r1", "probe__l");

    for (int index : new int[] {7, 10, 0, 99, 100, Integer.MAX_VALUE, 0}) {
      assertThat(id(index)).isEqualTo(expected("r1_probe__l_" + index));
    }
  }

  @Test
  void write_forTextOfMoreThanOneBlock_hashesAllOfIt() {
    String parent = "ü".repeat(80);
    for (int length = 1; length < 200; length++) {
      String table = "t".repeat(length);
      ids.under(parent, table);

      assertThat(id(123)).isEqualTo(expected(parent + "_" + table + "_123"));
    }
  }

  @Test
  void write_touchesOnlyItsFourteenBytes() {
    byte[] target = new byte[20];
    Arrays.fill(target, (byte) '.');
    ids.under(
        "..r1".getBytes(StandardCharsets.UTF_8), 2, 2, "probe__l".getBytes(StandardCharsets.UTF_8));

    ids.write(0, target, 3);

    assertThat(new String(target, StandardCharsets.US_ASCII)).isEqualTo("...VzqxvkxT95mXgA...");
  }

  private String id(int index) {
    byte[] target = new byte[ChildIds.LENGTH];
    ids.write(index, target, 0);
    return new String(target, StandardCharsets.US_ASCII);
  }

  private static String expected(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Shake128 shake = new Shake128();
    shake.absorb(bytes, 0, bytes.length);
    byte[] ten = new byte[10];
    shake.squeeze(ten, 0, 10);
    return Base64.getEncoder().withoutPadding().encodeToString(ten);
  }
}
