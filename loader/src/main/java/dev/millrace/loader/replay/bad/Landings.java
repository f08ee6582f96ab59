package dev.millrace.loader.replay.bad;

import dev.millrace.loader.ports.Landing;
import java.util.Optional;

/** Where the objects of buckets are found. */
@FunctionalInterface
public interface Landings {
  /** The landing place of a bucket, if there may be one of that name. */
  Optional<Landing> of(String bucket);
}
