package dev.millrace.embedded.folder;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Landing;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The landing bucket as a folder: {@code <folder>/landing/<object name>}, and beside it {@code
 * <folder>/landing.meta/<object name>} with the object's generation. Thread-safe.
 */
public final class LandingFolder implements Landing {
  /**
   * @param folder the pipeline's folder; made if it isn't there
   * @param bucket the bucket's name in batch references and notices
   */
  public LandingFolder(Path folder, String bucket) throws IOException {
    throw new UnsupportedOperationException("being written");
  }

  /**
   * Makes a finished file an object, atomically: it is moved, and has its generation, the finalise
   * time in microseconds, strictly increasing. An object of that name that is there already stays
   * as it is, and its reference is returned: a crash between finalising and taking note of it may
   * be repeated.
   */
  public BatchRef finalise(String name, Path finished) throws IOException {
    throw new UnsupportedOperationException("being written");
  }

  @Override
  public Opened open(BatchRef batch) throws IOException {
    throw new UnsupportedOperationException("being written");
  }
}
