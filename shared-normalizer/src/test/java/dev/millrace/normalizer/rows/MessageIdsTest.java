package dev.millrace.normalizer.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MessageIdsTest {
  private static final int COUNT = 200_000;
  private static final long SEED = 20261123;

  private final MessageIds ids = new MessageIds(42);

  @Test
  void identity_addedOnce_isNewThenAndNeverAgain() {
    assertThat(newAmong(COUNT)).isEqualTo(COUNT);
    assertThat(newAmong(COUNT)).isZero();
  }

  @Test
  void identities_alikeInOneHalf_areToldApart() {
    assertThat(ids.add(7, 1)).isTrue();
    assertThat(ids.add(7, 2)).isTrue();
    assertThat(ids.add(8, 1)).isTrue();
    assertThat(ids.add(7, 1)).isFalse();
  }

  @Test
  void identity_ofZeros_isKept() {
    assertThat(ids.add(0, 0)).isTrue();
    assertThat(ids.add(0, 0)).isFalse();
  }

  private int newAmong(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    int found = 0;
    for (int i = 0; i < count; i++) {
      if (ids.add(random.nextLong(), random.nextLong())) {
        found++;
      }
    }
    return found;
  }
}
