package dev.millrace.embedded.pubsub;

import java.nio.file.Path;

/**
 * A journal that grows no more.
 *
 * @param goodBytes up to where it holds acknowledged requests; what follows was refused
 */
record SealedBatch(Path journal, String objectName, long goodBytes) {}
