package dev.millrace.loader.replay;

import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Landing;
import java.io.IOException;
import java.time.Duration;

/**
 * Objects of a landing place, or of one like it.
 *
 * @param loader over the same place
 */
public record LandingArchive(Landing landing, Selection selection, Loader loader)
    implements ReplaySource {
  private static final int PAGE = 1_000;

  @Override
  public void list(Visitor visitor) throws IOException {
    landing.list(
        selection.prefix(),
        object -> {
          if (selection.has(object)) {
            visitor.batch(new ArchivedObject(object, loader));
          }
        });
  }

  @Override
  public int page() {
    return PAGE;
  }

  /** An object as a batch. */
  private record ArchivedObject(Landing.Listed object, Loader loader) implements Replayable {
    @Override
    public String label() {
      return object.batch().name();
    }

    @Override
    public long bytes() {
      return object.bytes();
    }

    @Override
    public BatchRef batch() {
      return object.batch();
    }

    @Override
    public LoadOutcome load(Duration budget) {
      return loader.load(object.batch(), budget);
    }
  }
}
