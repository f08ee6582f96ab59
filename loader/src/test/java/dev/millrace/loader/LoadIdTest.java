package dev.millrace.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.ports.BatchRef;
import org.junit.jupiter.api.Test;

class LoadIdTest {
  @Test
  void of_batch_isSecondsMicrosecondsAndSixDigitsOfTheName() {
    BatchRef batch = new BatchRef("landing", "a/b.avro", 1_795_451_447_201_694L);

    // SHA-256("landing/a/b.avro") mod 10^6, computed with Python's hashlib.
    assertThat(LoadId.of(batch)).isEqualTo("1795451447.201694817118");
  }

  @Test
  void of_batchInTheFirstMicrosecondOfASecond_keepsItsZeros() {
    assertThat(LoadId.of(new BatchRef("landing", "a", 1_795_451_447_000_001L)))
        .matches("1795451447\\.000001[0-9]{6}");
  }
}
