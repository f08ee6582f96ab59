package dev.millrace.publisher.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpoolTest {
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  private DiskSpool open() {
    return DiskSpool.open(folder, 64 * MIB, Durability.PROCESS_END);
  }

  private static SpoolRecord event(String payload) {
    return new SpoolRecord(
        "m-" + payload, payload.getBytes(StandardCharsets.UTF_8), Map.of("key", "é" + payload));
  }

  private static SpoolRecord large(int bytes) {
    return new SpoolRecord(null, new byte[bytes], Map.of());
  }

  private static SpoolPlace kept(Appended appended) {
    return ((Appended.Kept) appended).place();
  }

  private static String payload(SpooledEvent event) {
    return new String(event.event().payload(), StandardCharsets.UTF_8);
  }

  private static List<String> payloads(Spool spool) {
    return spool.read(Integer.MAX_VALUE, Long.MAX_VALUE).stream()
        .map(DiskSpoolTest::payload)
        .toList();
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }

  private Path onlySegment() throws IOException {
    List<Path> segments = files(".events");
    assertThat(segments).hasSize(1);
    return segments.get(0);
  }

  @Test
  void read_returnsWhatWasAppended_inOrder() {
    try (DiskSpool spool = open()) {
      spool.append(event("a"), false);
      spool.append(event("b"), false);
      assertThat(payloads(spool)).containsExactly("a", "b");
      assertThat(spool.unread()).isZero();
      assertThat(payloads(spool)).isEmpty();
    }
  }

  @Test
  void read_keepsIdAndAttributes() {
    try (DiskSpool spool = open()) {
      spool.append(event("a"), false);
      SpoolRecord read = spool.read(1, 1).get(0).event();
      assertThat(read.messageId()).isEqualTo("m-a");
      assertThat(read.attributes()).isEqualTo(Map.of("key", "éa"));
    }
  }

  @Test
  void read_keepsThatThereIsNoId() {
    try (DiskSpool spool = open()) {
      spool.append(new SpoolRecord(null, new byte[] {1}, Map.of()), false);
      assertThat(spool.read(1, 1).get(0).event().messageId()).isNull();
    }
  }

  @Test
  void read_stopsAtTheNumberAndTheBytesThatAreWanted() {
    try (DiskSpool spool = open()) {
      for (int i = 0; i < 10; i++) {
        spool.append(event("0123456789"), false);
      }
      assertThat(spool.read(3, MIB)).hasSize(3);
      assertThat(spool.read(100, 15)).hasSize(2);
      assertThat(spool.read(100, 0)).hasSize(1);
      assertThat(spool.unread()).isEqualTo(4);
    }
  }

  @Test
  void takenEvent_isNotReadButIsThereAtTheNextStart() {
    try (DiskSpool spool = open()) {
      spool.append(event("a"), true);
      spool.append(event("b"), false);
      spool.append(event("c"), true);
      assertThat(spool.unread()).isEqualTo(1);
      assertThat(payloads(spool)).containsExactly("b");
    }
    try (DiskSpool spool = open()) {
      assertThat(payloads(spool)).containsExactly("a", "b", "c");
    }
  }

  @Test
  void doneEvents_areNotThereAtTheNextStart() {
    try (DiskSpool spool = open()) {
      spool.append(event("a"), true);
      SpoolPlace b = kept(spool.append(event("b"), true));
      spool.append(event("c"), true);
      assertThat(spool.done(b)).isTrue();
      assertThat(spool.done(b)).isFalse();
      assertThat(spool.events()).isEqualTo(2);
    }
    try (DiskSpool spool = open()) {
      assertThat(spool.events()).isEqualTo(2);
      assertThat(payloads(spool)).containsExactly("a", "c");
    }
  }

  @Test
  void processThatEndsWithoutClosing_leavesEverythingThatWasAppended() throws Exception {
    DiskSpool killed = open();
    killed.append(event("a"), true);
    killed.done(kept(killed.append(event("b"), true)));
    killed.append(event("c"), false);
    Path copy = Files.createDirectory(folder.resolve("copy"));
    for (String suffix : List.of(".events", ".done")) {
      for (Path file : files(suffix)) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    try (DiskSpool spool = DiskSpool.open(copy, 64 * MIB, Durability.PROCESS_END)) {
      assertThat(payloads(spool)).containsExactly("a", "c");
    }
    killed.close();
  }

  @Test
  void whenAllIsDone_noFileIsLeftButTheLock() throws Exception {
    try (DiskSpool spool = DiskSpool.open(folder, 2 * MIB, Durability.PROCESS_END)) {
      List<SpoolPlace> places = new ArrayList<>();
      for (int i = 0; i < 900; i++) {
        places.add(kept(spool.append(large(1_000), true)));
      }
      assertThat(files(".events").size()).isGreaterThan(2);
      places.forEach(spool::done);
    }
    assertThat(files("")).containsExactly(folder.resolve("lock"));
  }

  @Test
  void append_overTheBound_isNotKeptUntilASegmentIsDone() throws Exception {
    try (DiskSpool spool = DiskSpool.open(folder, 2 * MIB, Durability.PROCESS_END)) {
      List<SpoolPlace> places = new ArrayList<>();
      Appended appended = spool.append(large(100_000), true);
      while (appended instanceof Appended.Kept kept) {
        places.add(kept.place());
        appended = spool.append(large(100_000), true);
      }
      long onDisk = 0;
      for (Path file : files("")) {
        onDisk += Files.size(file);
      }
      assertThat(onDisk).isLessThanOrEqualTo(2 * MIB);
      assertThat(((Appended.NotKept) appended).detail())
          .contains("is full: 20 events wait in 2000")
          .contains("of at most 2097152.");
      places.subList(0, 10).forEach(spool::done);
      assertThat(spool.append(event("again"), true)).isInstanceOf(Appended.Kept.class);
    }
  }

  @Test
  void secondSpoolOnTheFolder_isRefusedWithWhatToDo() {
    DiskSpool first = open();
    assertThatThrownBy(this::open)
        .isInstanceOf(SpoolException.class)
        .hasMessage(
            "The spool folder "
                + folder
                + " is in use by another publisher of this process. Give each publisher a folder of"
                + " its own, or close the other first.");
    first.close();
    open().close();
  }

  @Test
  void folderThatIsAFile_isRefused() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> DiskSpool.open(file, MIB, Durability.PROCESS_END))
        .isInstanceOf(SpoolException.class)
        .hasMessageContaining("The spool folder " + file + " can't be used");
  }

  /** Every length that a file can have after a write that was cut off. */
  @Test
  void tornRecord_losesNothingBeforeIt() throws Exception {
    try (DiskSpool spool = open()) {
      spool.append(event("a"), false);
      spool.append(event("b"), false);
      spool.append(event("c"), false);
    }
    byte[] whole = Files.readAllBytes(onlySegment());
    int record = (whole.length - Segment.MAGIC.length) / 3;
    for (int length = 0; length <= whole.length; length++) {
      Path torn = Files.createDirectory(folder.resolve("torn-" + length));
      Files.write(SpoolFolder.segment(torn, 1), java.util.Arrays.copyOf(whole, length));
      int expected = Math.max(0, length - Segment.MAGIC.length) / record;
      try (DiskSpool spool = DiskSpool.open(torn, 64 * MIB, Durability.PROCESS_END)) {
        assertThat(payloads(spool)).isEqualTo(List.of("a", "b", "c").subList(0, expected));
      }
    }
  }

  /** Wherever a byte is wrong, all other records are read, and the loss is reported. */
  @Test
  void wrongByte_costsItsRecordAtMostOrTheRestAndIsReported() throws Exception {
    try (DiskSpool spool = open()) {
      IntStream.range(0, 5).forEach(i -> spool.append(event("event-" + i), false));
    }
    byte[] whole = Files.readAllBytes(onlySegment());
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      byte[] wrong = whole.clone();
      int at = Segment.MAGIC.length + random.nextInt(whole.length - Segment.MAGIC.length);
      wrong[at] ^= (byte) (1 + random.nextInt(255));
      Path damaged = Files.createDirectory(folder.resolve("damaged-" + round));
      Files.write(SpoolFolder.segment(damaged, 1), wrong);
      try (DiskSpool spool = DiskSpool.open(damaged, 64 * MIB, Durability.PROCESS_END)) {
        List<SpooledEvent> read = spool.read(100, MIB);
        assertThat(read)
            .as("seed %d, round %d", seed, round)
            .allMatch(event -> payload(event).matches("event-[0-4]"))
            .hasSizeLessThan(5);
        assertThat(spool.findings()).hasSize(1);
        read.forEach(event -> spool.done(event.place()));
      }
      assertThat(damaged.resolve("000000000000000001.events.damaged")).exists();
    }
  }

  @Test
  void damagedFile_isKeptAndItsNameIsNotUsedAgain() throws Exception {
    Files.write(SpoolFolder.segment(folder, 7), "something else".getBytes(StandardCharsets.UTF_8));
    try (DiskSpool spool = open()) {
      assertThat(spool.findings()).singleElement().asString().contains("is damaged");
      spool.append(event("a"), true);
    }
    assertThat(onlySegment()).isEqualTo(SpoolFolder.segment(folder, 8));
  }

  @Test
  void doneFileWithoutItsSegment_doesNotHideEvents() throws Exception {
    Files.write(SpoolFolder.doneOf(SpoolFolder.segment(folder, 1)), new byte[4]);
    try (DiskSpool spool = open()) {
      spool.append(event("a"), true);
    }
    try (DiskSpool spool = open()) {
      assertThat(payloads(spool)).containsExactly("a");
    }
  }

  @Test
  void interruptedThread_appendsAndReadsAllTheSame() {
    try (DiskSpool spool = DiskSpool.open(folder, 64 * MIB, Durability.POWER_LOSS)) {
      Thread.currentThread().interrupt();
      SpoolPlace place = kept(spool.append(event("a"), false));
      assertThat(spool.force(place)).isTrue();
      assertThat(payloads(spool)).containsExactly("a");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(spool.append(event("b"), false)).isInstanceOf(Appended.Kept.class);
    }
  }

  /** Against a list: any sequence of steps and restarts keeps what is not done, in order. */
  @Test
  void anySteps_keepWhatIsNotDone_inOrder() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> expected = new ArrayList<>();
    DiskSpool spool = DiskSpool.open(folder, 2 * MIB, Durability.PROCESS_END);
    List<SpooledEvent> read = new ArrayList<>();
    for (int step = 0; step < 3_000; step++) {
      int kind = random.nextInt(100);
      if (kind < 55) {
        String payload = step + "-" + "x".repeat(random.nextInt(2_000));
        if (spool.append(event(payload), random.nextBoolean()) instanceof Appended.Kept) {
          expected.add(payload);
        }
      } else if (kind < 75) {
        read.addAll(spool.read(1 + random.nextInt(20), random.nextInt(20_000)));
      } else if (kind < 98 && !read.isEmpty()) {
        SpooledEvent done = read.remove(random.nextInt(read.size()));
        assertThat(spool.done(done.place())).isTrue();
        expected.remove(payload(done));
      } else if (kind >= 98) {
        spool.close();
        read.clear();
        spool = DiskSpool.open(folder, 2 * MIB, Durability.PROCESS_END);
      }
      assertThat(spool.events()).as("seed %d, step %d", seed, step).isEqualTo(expected.size());
    }
    spool.close();
    try (DiskSpool last = DiskSpool.open(folder, 2 * MIB, Durability.PROCESS_END)) {
      assertThat(payloads(last)).as("seed %d", seed).isEqualTo(expected);
    }
  }
}
