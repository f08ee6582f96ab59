package dev.millrace.normalizer.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.ids.RootIds;
import dev.millrace.normalizer.json.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EventIdentityTest {
  private static final int ROOM = 2;

  private final JsonBytes json = new JsonBytes();
  private final GuardCounts guards = new GuardCounts();
  private final EventIdentity identity = new EventIdentity(json, guards, new MessageIds(42, ROOM));
  private final byte[] id = new byte[RootIds.LENGTH];

  private boolean isDuplicate(String messageId) {
    byte[] quoted = ('"' + messageId + '"').getBytes(StandardCharsets.UTF_8);
    json.reset(quoted, quoted.length);
    identity.writeRootId(0, quoted.length, 0, id);
    boolean duplicate = identity.isDuplicate(id, id.length);
    guards.keep();
    return duplicate;
  }

  @Test
  void M13_beyond_as_many_identities_as_there_is_room_for_events_load_and_are_counted() {
    assertThat(isDuplicate("a")).isFalse();
    assertThat(isDuplicate("a")).isTrue();
    assertThat(isDuplicate("b")).isFalse();
    assertThat(guards.byName()).isEmpty();

    assertThat(isDuplicate("c")).isFalse();
    assertThat(isDuplicate("c")).isFalse();

    assertThat(guards.byName()).containsEntry("deduplicated_events", 2L);
  }

  @Test
  void M13_what_is_in_the_tables_already_is_a_duplicate_when_there_is_no_more_room() {
    isDuplicate("a");
    isDuplicate("b");
    isDuplicate("c");
    byte[] known = id.clone();
    identity.known((bytes, offset, length) -> Arrays.equals(bytes, known));

    assertThat(isDuplicate("c")).isTrue();
  }
}
