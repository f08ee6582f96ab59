package dev.millrace.embedded.folder;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Landing;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The landing bucket as a folder: {@code <folder>/landing/<object name>}, and beside it {@code
 * <folder>/landing.meta/<object name>} with the object's generation. Thread-safe.
 */
public final class LandingFolder implements Landing {
  private static final System.Logger LOG = System.getLogger(LandingFolder.class.getName());

  // File locks hold between processes only, so threads of this one need a lock of their own.
  private static final Object FINALISING = new Object();

  private final String bucket;
  private final Path objects;
  private final Path sidecars;
  private final Path unfinishedSidecar;
  private final Path lock;
  private final Generations generations;

  /**
   * @param folder the pipeline's folder; made if it isn't there
   * @param bucket the bucket's name in batch references and notices
   * @throws IOException with a sentence for a person if the folder can't be made or written
   */
  public LandingFolder(Path folder, String bucket) throws IOException {
    this(folder, bucket, Clock.systemUTC());
  }

  /** The same, with the clock that generations are taken from. */
  public LandingFolder(Path folder, String bucket, Clock clock) throws IOException {
    this(bucket, folder, clock);
    for (Path each : List.of(objects, sidecars)) {
      try {
        Files.createDirectories(each);
      } catch (IOException e) {
        throw new IOException(
            "The folder " + each + " can't be made (" + e + "). Choose a folder you may write.", e);
      }
      if (!Files.isWritable(each)) {
        throw new AccessDeniedException(
            each.toString(), null, "it can't be written. Choose a folder you may write");
      }
    }
  }

  private LandingFolder(String bucket, Path folder, Clock clock) {
    this.bucket = bucket;
    this.objects = folder.resolve("landing");
    this.sidecars = folder.resolve("landing.meta");
    this.unfinishedSidecar = folder.resolve("landing.unfinished");
    this.lock = folder.resolve("landing.lock");
    this.generations = new Generations(folder.resolve("landing.generation"), clock);
  }

  /** What is in a folder, or is not yet; nothing is made. */
  public static Landing of(Path folder, String bucket) {
    return new LandingFolder(bucket, folder, Clock.systemUTC());
  }

  /**
   * Makes a finished file an object, atomically: it is moved, and has its generation, the finalise
   * time in microseconds, strictly increasing. An object of that name that is there already stays
   * as it is, and its reference is returned: a crash between finalising and taking note of it may
   * be repeated.
   *
   * @param finished a file on the same file system; gone afterwards, and need not be there if the
   *     object is
   */
  public BatchRef finalise(String name, Path finished) throws IOException {
    Path object = pathOf(objects, name);
    Path sidecar = pathOf(sidecars, name);
    synchronized (FINALISING) {
      try (FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        // Closing the channel lets go of the lock.
        channel.lock();
        if (Files.exists(object) && Files.exists(sidecar)) {
          Files.deleteIfExists(finished);
          return new BatchRef(bucket, name, generationIn(sidecar));
        }
        long generation = generations.next();
        Files.createDirectories(object.getParent());
        Files.createDirectories(sidecar.getParent());
        Files.writeString(unfinishedSidecar, generation + "\n");
        Files.move(unfinishedSidecar, sidecar, StandardCopyOption.ATOMIC_MOVE);
        Files.move(finished, object, StandardCopyOption.ATOMIC_MOVE);
        return new BatchRef(bucket, name, generation);
      }
    }
  }

  @Override
  public Opened open(BatchRef batch) throws IOException {
    Path object = pathOf(objects, batch.name());
    Path sidecar = pathOf(sidecars, batch.name());
    if (!batch.bucket().equals(bucket)) {
      throw new NoSuchFileException(
          batch.toString(), null, "this folder stands for the bucket " + bucket);
    }
    if (!Files.exists(object) || !Files.exists(sidecar)) {
      throw new NoSuchFileException(batch.toString(), null, "there is no " + object);
    }
    long generation = generationIn(sidecar);
    if (generation != batch.generation()) {
      throw new NoSuchFileException(
          batch.toString(), null, "the object is at generation " + generation);
    }
    long bytes = Files.size(object);
    return new Opened(Files.newInputStream(object), generation, bytes);
  }

  /** Whether an object of that name is finalised and still there. */
  public boolean exists(String name) {
    return Files.exists(pathOf(objects, name)) && Files.exists(pathOf(sidecars, name));
  }

  /** The reference of the object last finalised under that name, even if it was deleted since. */
  public Optional<BatchRef> reference(String name) throws IOException {
    Path sidecar = pathOf(sidecars, name);
    return Files.exists(sidecar)
        ? Optional.of(new BatchRef(bucket, name, generationIn(sidecar)))
        : Optional.empty();
  }

  @Override
  public void list(Visitor visitor) throws IOException {
    refuseUnlessWhole();
    try (Stream<Path> walk = Files.walk(sidecars)) {
      for (Path sidecar : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
        String name = sidecars.relativize(sidecar).toString().replace('\\', '/');
        if (exists(name)) {
          long generation = generationIn(sidecar);
          visitor.object(
              new Listed(
                  new BatchRef(bucket, name, generation),
                  Instant.EPOCH.plus(generation, ChronoUnit.MICROS),
                  Files.size(pathOf(objects, name))));
        }
      }
    }
    tellOfStrangers();
  }

  private void refuseUnlessWhole() throws IOException {
    boolean hasObjects = Files.isDirectory(objects);
    boolean hasSidecars = Files.isDirectory(sidecars);
    if (!hasObjects && !hasSidecars) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "There is no landing archive: neither %s nor %s is there.".formatted(objects, sidecars));
    }
    if (!hasObjects || !hasSidecars) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "%s is not there, without which %s says nothing: put it back."
              .formatted(hasObjects ? sidecars : objects, hasObjects ? objects : sidecars));
    }
  }

  /** Files that nobody finalised are no batches; whoever put them there should hear of it. */
  private void tellOfStrangers() throws IOException {
    try (Stream<Path> walk = Files.walk(objects)) {
      long strangers =
          walk.filter(Files::isRegularFile)
              .filter(file -> !Files.exists(sidecars.resolve(objects.relativize(file))))
              .count();
      if (strangers > 0) {
        LOG.log(
            Level.WARNING,
            "Left out in {0}: {1}, put there by hand. Only what a subscription delivered is a batch;"
                + " `millrace load` loads files.",
            objects,
            strangers == 1 ? "1 file" : strangers + " files");
      }
    }
  }

  private static long generationIn(Path sidecar) throws IOException {
    String text = Files.readString(sidecar).strip();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException(
          "The file " + sidecar + " should hold a generation, a whole number, and doesn't.", e);
    }
  }

  private static Path pathOf(Path root, String name) {
    Path path = root.resolve(name).normalize();
    boolean same = root.relativize(path).toString().replace('\\', '/').equals(name);
    if (!path.startsWith(root.normalize()) || path.equals(root.normalize()) || !same) {
      throw new IllegalArgumentException(
          "Not a name that an object in a folder can have: "
              + name
              + ". It has an empty, '.' or '..' part, or starts or ends in '/'.");
    }
    return path;
  }
}
