package dev.millrace.publisher.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails at every single call in turn. */
class BrokenDiskTest {
  @TempDir Path folder;

  /** Fails at the call of this number, after half of what a write should write. */
  private static final class FailingDisk implements SpoolDisk {
    private final int failingCall;
    private final boolean forGood;
    private int calls;

    FailingDisk(int failingCall, boolean forGood) {
      this.failingCall = failingCall;
      this.forGood = forGood;
    }

    private boolean fails() {
      int call = calls++;
      return forGood ? call >= failingCall : call == failingCall;
    }

    @Override
    public Output open(Path path) throws IOException {
      if (fails()) {
        throw new IOException("injected");
      }
      Output real = REAL.open(path);
      return new Output() {
        @Override
        public void write(byte[] bytes) throws IOException {
          if (fails()) {
            real.write(Arrays.copyOf(bytes, bytes.length / 2));
            throw new IOException("injected");
          }
          real.write(bytes);
        }

        @Override
        public void sync() throws IOException {
          if (fails()) {
            throw new IOException("injected");
          }
          real.sync();
        }

        @Override
        public void truncate(long length) throws IOException {
          if (fails()) {
            throw new IOException("injected");
          }
          real.truncate(length);
        }

        @Override
        public void close() throws IOException {
          real.close();
        }
      };
    }
  }

  private List<String> keptOn(SpoolDisk disk, Path where) throws IOException {
    List<String> kept = new ArrayList<>();
    try (DiskSpool spool = new DiskSpool(where, disk, 16 << 20, Durability.POWER_LOSS)) {
      for (int i = 0; i < 10; i++) {
        String payload = "event-" + i;
        Appended appended =
            spool.append(
                new SpoolRecord(null, payload.getBytes(StandardCharsets.UTF_8), Map.of()), true);
        if (appended instanceof Appended.Kept place) {
          kept.add(payload);
          spool.force(place.place());
        }
      }
    }
    return kept;
  }

  private List<String> found(Path where) {
    try (DiskSpool spool = DiskSpool.open(where, 16 << 20, Durability.PROCESS_END)) {
      return spool.read(100, 1 << 20).stream()
          .map(event -> new String(event.event().payload(), StandardCharsets.UTF_8))
          .toList();
    }
  }

  @Test
  void oneCallThatFails_losesNothingThatWasKept() throws Exception {
    for (int call = 0; call < 25; call++) {
      Path where = folder.resolve("once-" + call);
      List<String> kept = keptOn(new FailingDisk(call, false), where);
      assertThat(kept).as("call %d", call).hasSizeGreaterThanOrEqualTo(9);
      assertThat(found(where)).as("call %d", call).containsExactlyElementsOf(kept);
    }
  }

  @Test
  void diskThatFailsForGood_losesNothingThatWasKept() throws Exception {
    for (int call = 0; call < 25; call++) {
      Path where = folder.resolve("for-good-" + call);
      List<String> kept = keptOn(new FailingDisk(call, true), where);
      assertThat(found(where)).as("call %d", call).containsExactlyElementsOf(kept);
    }
  }

  @Test
  void syncThatFails_isSaid() throws Exception {
    // Calls: 0 opens, 1 writes the first bytes, 2 the record, 3 syncs.
    try (DiskSpool spool =
        new DiskSpool(folder, new FailingDisk(3, false), 16 << 20, Durability.POWER_LOSS)) {
      Appended appended = spool.append(new SpoolRecord(null, new byte[] {1}, Map.of()), true);
      assertThat(spool.force(((Appended.Kept) appended).place())).isFalse();
    }
  }

  @Test
  void doneThatCantBeWritten_isReported() throws Exception {
    try (DiskSpool spool =
        new DiskSpool(folder, new FailingDisk(3, true), 16 << 20, Durability.PROCESS_END)) {
      Appended appended = spool.append(new SpoolRecord(null, new byte[] {1}, Map.of()), true);
      assertThat(spool.done(((Appended.Kept) appended).place())).isTrue();
      assertThat(spool.findings()).singleElement().asString().contains("can't be written");
    }
  }
}
