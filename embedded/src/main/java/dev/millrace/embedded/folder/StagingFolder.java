package dev.millrace.embedded.folder;

import dev.millrace.loader.ports.Staging;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * The staging bucket as a folder: {@code <folder>/staging/<path>}. A path's segment that is too
 * long for a file name is cut and takes a hash. A path that would leave the folder is an {@link
 * IllegalArgumentException}.
 */
public final class StagingFolder implements Staging {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path root;
  private final PartialFiles partials;
  private final FolderLock lock;

  /**
   * @param folder the pipeline's folder; made when something is staged
   */
  public StagingFolder(Path folder, Clock clock) {
    Path absolute = folder.toAbsolutePath().normalize();
    this.root = absolute.resolve("staging");
    this.partials = new PartialFiles(absolute.resolve("staging.partial"), clock);
    this.lock = new FolderLock(absolute.resolve("staging.lock"));
  }

  @Override
  public OutputStream create(String path) throws IOException {
    Path target = SafePath.below(root, path);
    return new BufferedOutputStream(new StagedStream(partials.begin(), target), BUFFER_BYTES);
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    Path target = SafePath.below(root, path);
    if (Files.exists(target)) {
      return false;
    }
    Path partial = partials.complete(content);
    try {
      return lock.holding(
          () -> {
            if (Files.exists(target)) {
              return false;
            }
            PartialFiles.publish(partial, target);
            return true;
          });
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(SafePath.below(root, path)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public InputStream open(String path) throws IOException {
    return Files.newInputStream(SafePath.below(root, path));
  }

  @Override
  public void delete(String path) throws IOException {
    Path file = SafePath.below(root, path);
    Files.deleteIfExists(file);
    if (!file.getParent().equals(root)) {
      try {
        Files.deleteIfExists(file.getParent());
      } catch (DirectoryNotEmptyException e) {
        // Other parts of the attempt are still there.
        return;
      }
    }
  }

  @Override
  public String location(String path) {
    return SafePath.below(root, path).toString();
  }
}
