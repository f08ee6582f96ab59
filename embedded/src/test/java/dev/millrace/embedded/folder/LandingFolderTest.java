package dev.millrace.embedded.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.SettableClock;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Landing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LandingFolderTest {
  private static final String NAME = "2026-11-23/04:10:00+00:00_uNiQuE.avro";

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-11-23T10:00:00.123456Z");
  private LandingFolder landing;

  @BeforeEach
  void open() throws IOException {
    landing = new LandingFolder(folder, "landing-bucket", clock);
  }

  private List<BatchRef> listed() throws IOException {
    List<BatchRef> objects = new ArrayList<>();
    landing.list(object -> objects.add(object.batch()));
    return objects;
  }

  @Test
  void finalise_movesTheFileUnderItsName() throws IOException {
    Path file = finished("content");

    landing.finalise(NAME, file);

    assertThat(folder.resolve("landing").resolve(NAME)).hasContent("content");
    assertThat(file).doesNotExist();
  }

  @Test
  void finalise_givesTheClocksMicrosecondsAsGeneration() throws IOException {
    BatchRef batch = landing.finalise(NAME, finished("content"));

    assertThat(batch).isEqualTo(new BatchRef("landing-bucket", NAME, 1795428000123456L));
  }

  @Test
  void finalise_whenTheClockStandsStillOrGoesBack_givesALargerGeneration() throws IOException {
    BatchRef first = landing.finalise("a", finished("1"));
    BatchRef second = landing.finalise("b", finished("2"));
    clock.move(Duration.ofHours(-1));
    BatchRef third =
        new LandingFolder(folder, "landing-bucket", clock).finalise("c", finished("3"));

    assertThat(List.of(first.generation(), second.generation(), third.generation()))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void finalise_whenTheObjectIsThere_leavesItAndReturnsItsReference() throws IOException {
    BatchRef first = landing.finalise(NAME, finished("first"));
    clock.move(Duration.ofSeconds(1));

    BatchRef again = landing.finalise(NAME, finished("second"));

    assertThat(again).isEqualTo(first);
    assertThat(folder.resolve("landing").resolve(NAME)).hasContent("first");
  }

  @Test
  void finalise_whenTheObjectIsThereAndTheFileIsNot_returnsItsReference() throws IOException {
    BatchRef first = landing.finalise(NAME, finished("first"));

    assertThat(landing.finalise(NAME, folder.resolve("gone"))).isEqualTo(first);
  }

  @Test
  void finalise_whenOnlyTheSidecarWasWrittenBeforeACrash_finalises() throws IOException {
    Path sidecar = folder.resolve("landing.meta/crashed");
    Files.writeString(sidecar, "5\n");

    BatchRef batch = landing.finalise("crashed", finished("content"));

    assertThat(batch.generation()).isEqualTo(1795428000123456L);
    assertThat(listed()).containsExactly(batch);
  }

  @Test
  void finalise_byManyThreadsAndInstances_givesDistinctGenerations() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<BatchRef>> tasks = new ArrayList<>();
    for (int i : IntStream.range(0, 200).toArray()) {
      Path file = finished("content " + i);
      LandingFolder each = new LandingFolder(folder, "landing-bucket", clock);
      tasks.add(() -> each.finalise("object-" + i, file));
    }
    List<Long> generations = new ArrayList<>();
    for (Future<BatchRef> each : threads.invokeAll(tasks)) {
      generations.add(each.get().generation());
    }
    threads.shutdown();

    assertThat(generations).hasSize(200).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../escape", "a//b", "/absolute", "a/./b", "a/", ".", "a/../../landing.meta/x"})
  void finalise_refusesANameThatLeavesTheFolder(String name) throws IOException {
    Path file = finished("content");

    assertThatThrownBy(() -> landing.finalise(name, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void open_givesContentSizeAndCreationTime() throws IOException {
    BatchRef batch = landing.finalise(NAME, finished("content"));

    Landing.Opened opened = landing.open(batch);

    try (InputStream content = opened.content()) {
      assertThat(content).hasContent("content");
    }
    assertThat(opened.bytes()).isEqualTo(7);
    assertThat(opened.createdMicros()).isEqualTo(1795428000123456L);
  }

  @Test
  void open_ofAnotherGeneration_isNoSuchFile() throws IOException {
    BatchRef batch = landing.finalise(NAME, finished("content"));
    BatchRef other = new BatchRef(batch.bucket(), NAME, batch.generation() + 1);

    assertThatThrownBy(() -> landing.open(other))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("at generation " + batch.generation());
  }

  @Test
  void open_whenTheObjectIsGone_isNoSuchFile() throws IOException {
    BatchRef batch = landing.finalise(NAME, finished("content"));
    Files.delete(folder.resolve("landing").resolve(NAME));

    assertThatThrownBy(() -> landing.open(batch)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void open_ofAnotherBucket_isNoSuchFile() throws IOException {
    BatchRef batch = landing.finalise(NAME, finished("content"));
    BatchRef other = new BatchRef("other-bucket", NAME, batch.generation());

    assertThatThrownBy(() -> landing.open(other)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void list_isWhatIsThere_withoutWhatIsNotFinalised() throws IOException {
    BatchRef first = landing.finalise("z/1", finished("1"));
    BatchRef second = landing.finalise("a/2", finished("2"));
    Files.writeString(folder.resolve("landing.meta/no-object"), "5\n");

    Files.delete(folder.resolve("landing").resolve(landing.finalise("b", finished("3")).name()));

    assertThat(listed()).containsExactlyInAnyOrder(first, second);
  }

  @ParameterizedTest
  @ValueSource(strings = {"landing", "landing.meta"})
  void list_whereHalfOfTheArchiveIsGone_saysWhichAndIsNotEmpty(String half) throws IOException {
    landing.finalise("a", finished("1"));
    Files.move(folder.resolve(half), folder.resolve("away"));

    assertThatThrownBy(this::listed)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder.resolve(half) + " is not there");
  }

  @Test
  void list_whereThereNeverWasAnArchive_saysSo() {
    assertThatThrownBy(
            () -> LandingFolder.of(folder.resolve("nowhere"), "landing-bucket").list(object -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("There is no landing archive");
  }

  @Test
  void list_leavesOutWhatWasPutThereByHand() throws IOException {
    landing.finalise("a", finished("1"));
    Files.writeString(folder.resolve("landing/by-hand"), "2");

    assertThat(listed()).extracting(BatchRef::name).containsExactly("a");
  }

  @Test
  void list_tellsWhenAnObjectWasFinalisedAndItsSize() throws IOException {
    BatchRef batch = landing.finalise(NAME, finished("content"));
    List<Landing.Listed> objects = new ArrayList<>();
    landing.list(objects::add);

    assertThat(objects)
        .containsExactly(
            new Landing.Listed(batch, Instant.parse("2026-11-23T10:00:00.123456Z"), 7));
  }

  @Test
  void reference_isKnownAfterTheObjectWasDeleted() throws IOException {
    BatchRef batch = landing.finalise(NAME, finished("content"));
    Files.delete(folder.resolve("landing").resolve(NAME));

    assertThat(landing.reference(NAME)).contains(batch);
    assertThat(landing.exists(NAME)).isFalse();
  }

  @Test
  void constructor_whenTheFolderIsAFile_saysWhichFolderAndWhatToDo() throws IOException {
    Path file = finished("I am no folder");

    assertThatThrownBy(() -> new LandingFolder(file, "landing-bucket"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("Choose a folder you may write");
  }

  private Path finished(String content) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "finished", ""), content);
  }
}
