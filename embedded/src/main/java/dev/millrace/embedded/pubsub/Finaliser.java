package dev.millrace.embedded.pubsub;

import dev.millrace.embedded.folder.LandingFolder;
import dev.millrace.embedded.trigger.Notice;
import dev.millrace.embedded.trigger.ObjectDescription;
import dev.millrace.embedded.trigger.Outbox;
import dev.millrace.loader.ports.BatchRef;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Makes a sealed batch an object: the object is written beside the journal, its notice goes to the
 * outbox, it shows in the landing folder, and last the journal goes. Whenever this is cut short, it
 * is done again, and an object that shows already is left as it is.
 */
final class Finaliser {
  private static final System.Logger LOG = System.getLogger(Finaliser.class.getName());
  private static final int BUFFER_BYTES = 1 << 16;

  private final EndpointSettings settings;
  private final LandingFolder landing;
  private final Outbox outbox;
  private final MessageIds ids;
  private final Clock clock;

  Finaliser(
      EndpointSettings settings,
      LandingFolder landing,
      Outbox outbox,
      MessageIds ids,
      Clock clock) {
    this.settings = settings;
    this.landing = landing;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * What was finalised.
   *
   * @param noticeKey its notice in the outbox
   */
  record Finalised(BatchRef batch, long messages, long bytes, String noticeKey) {}

  private record Written(ObjectDescription object, long messages, JournalReader.End end) {}

  /** Empty if the object was there already, or no message was acknowledged into the batch. */
  Optional<Finalised> finalise(SealedBatch sealed) throws IOException {
    if (landing.exists(sealed.objectName())) {
      Files.delete(sealed.journal());
      return Optional.empty();
    }
    Path unfinished = JournalFolder.unfinishedObject(sealed);
    Written written = write(sealed, unfinished);
    Optional<Finalised> finalised = Optional.empty();
    if (written.messages() > 0) {
      finalised = Optional.of(show(written, unfinished));
    } else {
      Files.delete(unfinished);
    }
    switch (written.end()) {
      case WHOLE -> Files.delete(sealed.journal());
      case TORN -> {
        LOG.log(
            System.Logger.Level.INFO,
            "The last record of the journal {0} was being written when its process died. It was"
                + " never acknowledged, so it is dropped.",
            sealed.journal());
        Files.delete(sealed.journal());
      }
      case DAMAGED -> JournalFolder.putAside(sealed.journal());
    }
    return finalised;
  }

  private Finalised show(Written written, Path unfinished) throws IOException {
    ObjectDescription object = written.object();
    String key =
        outbox.write(
            new Notice(
                Long.toString(ids.take(1)), clock.instant(), settings.objects().bucket(), object));
    BatchRef batch = landing.finalise(object.name(), unfinished);
    return new Finalised(batch, written.messages(), object.bytes(), key);
  }

  private Written write(SealedBatch sealed, Path unfinished) throws IOException {
    long count = 0;
    JournalReader.End end;
    DigestingOutputStream out = new DigestingOutputStream(Files.newOutputStream(unfinished));
    try (BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
        BatchWriter writer =
            settings.format().writer(buffered, settings.names().subscriptionPath());
        JournalReader reader = new JournalReader(sealed.journal(), sealed.goodBytes())) {
      List<ReceivedMessage> messages = reader.next();
      while (!messages.isEmpty()) {
        for (ReceivedMessage each : messages) {
          writer.write(each);
        }
        count += messages.size();
        messages = reader.next();
      }
      end = reader.end();
    }
    ObjectDescription object =
        new ObjectDescription(
            sealed.objectName(),
            settings.format().contentType(),
            out.bytes(),
            out.md5(),
            out.crc32c());
    return new Written(object, count, end);
  }
}
