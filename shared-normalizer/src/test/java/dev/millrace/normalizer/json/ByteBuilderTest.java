package dev.millrace.normalizer.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ByteBuilderTest {
  private static final byte[] PIECE = new byte[1 << 20];

  @Test
  void it_holds_as_much_as_it_may_and_not_a_byte_more() {
    ByteBuilder builder = new ByteBuilder(0);
    while (builder.length() < ByteBuilder.MAX_LENGTH) {
      builder.append(PIECE);
    }
    assertThatThrownBy(() -> builder.append('x')).isInstanceOf(TooLongException.class);
    assertThatThrownBy(() -> builder.reserve(Integer.MAX_VALUE))
        .isInstanceOf(TooLongException.class);
    assertThat(builder.bytes()).hasSize(ByteBuilder.MAX_LENGTH);
  }

  @Test
  void what_one_event_took_is_given_back_and_what_waits_is_kept() {
    ByteBuilder builder = new ByteBuilder(0);
    builder.append('w');
    builder.append(PIECE);
    builder.truncate(1);
    builder.trim(64);
    assertThat(builder.bytes()).hasSize(64).startsWith((byte) 'w');
  }
}
