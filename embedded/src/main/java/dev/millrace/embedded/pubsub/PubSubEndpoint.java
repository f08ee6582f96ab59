package dev.millrace.embedded.pubsub;

import dev.millrace.embedded.folder.LandingFolder;
import dev.millrace.embedded.trigger.Outbox;
import dev.millrace.embedded.trigger.PushSettings;
import dev.millrace.embedded.trigger.PushSubscription;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A topic with one Cloud Storage subscription on a folder: takes publishes by Google's clients over
 * gRPC, batches them into {@code <folder>/landing}, and pushes a notice of each object. What was
 * acknowledged survives {@code kill -9}: the next start on the folder takes it up. Thread-safe.
 */
public final class PubSubEndpoint implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PubSubEndpoint.class.getName());
  private static final Duration CALLS_PATIENCE = Duration.ofSeconds(5);
  private static final Duration FINALISING_PATIENCE = Duration.ofMinutes(1);
  private static final long TICK_MILLIS = 50;

  private final FolderLock lock;
  private final Batcher batcher;
  private final FinalisingQueue finalising;
  // Null where no target is set.
  private final PushSubscription push;
  private final GrpcListener grpc;
  private final ScheduledExecutorService ticker;
  private final Duration deliveryPatience;
  private boolean closed;

  private PubSubEndpoint(Builder builder, FolderLock lock) throws IOException {
    Path folder = builder.folder;
    EndpointSettings settings = builder.settings;
    EndpointListener listener = builder.listener;
    LandingFolder landing = new LandingFolder(folder, settings.objects().bucket(), builder.clock);
    Outbox outbox = new Outbox(folder.resolve("notices"));
    MessageIds ids = new MessageIds(folder.resolve("message.ids"), builder.clock);
    JournalFolder journals =
        new JournalFolder(
            folder.resolve("journal"),
            settings.objects(),
            builder.files,
            () -> UUID.randomUUID().toString());
    List<SealedBatch> leftOver = journals.leftOver();
    List<String> waiting = outbox.keys();

    this.lock = lock;
    this.deliveryPatience = builder.deliveryPatience;
    this.push =
        builder.push == null ? null : new PushSubscription(builder.push, outbox, landing, listener);
    this.finalising =
        new FinalisingQueue(
            new Finaliser(settings, landing, outbox, ids, builder.clock),
            done -> {
              listener.finalised(done.batch(), done.messages(), done.bytes());
              if (push != null) {
                push.offer(done.noticeKey());
              }
            });
    this.batcher = new Batcher(journals, settings.limits(), builder.clock, finalising::add);
    this.grpc =
        GrpcListener.start(
            settings, new PublisherService(settings, batcher, ids, builder.clock, listener));
    takeUp(leftOver, waiting, landing);
    this.ticker = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "batch"));
    ticker.scheduleWithFixedDelay(
        batcher::sealIfDue, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  // A notice whose object doesn't show yet is offered when it does, not now.
  private void takeUp(List<SealedBatch> leftOver, List<String> waiting, LandingFolder landing) {
    Set<String> soon = new HashSet<>();
    for (SealedBatch batch : leftOver) {
      if (!landing.exists(batch.objectName())) {
        soon.add(Outbox.keyOf(batch.objectName()));
      }
    }
    leftOver.forEach(finalising::add);
    if (push != null) {
      waiting.stream().filter(key -> !soon.contains(key)).forEach(push::offer);
    }
  }

  /**
   * @param folder the pipeline's folder; made if it isn't there
   */
  public static Builder builder(Path folder, EndpointSettings settings) {
    return new Builder(folder, settings);
  }

  /** The port of 127.0.0.1 that it listens on. */
  public int port() {
    return grpc.port();
  }

  /** What clients need in {@code PUBSUB_EMULATOR_HOST}. */
  public String address() {
    return "127.0.0.1:" + port();
  }

  /**
   * Takes no more publishes, finalises what is open, and waits for deliveries as long as the
   * builder says. What isn't done by then is taken up by the next start. May be called again.
   */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (lock) {
      grpc.close(CALLS_PATIENCE);
      ticker.shutdown();
      batcher.close();
      int journals = finalising.close(FINALISING_PATIENCE);
      int notices = push == null ? 0 : push.close(deliveryPatience);
      if (journals + notices > 0) {
        LOG.log(
            System.Logger.Level.INFO,
            "Left for the next start: {0} batches to finalise, {1} notices to deliver.",
            journals,
            notices);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How an endpoint is started. */
  public static final class Builder {
    private final Path folder;
    private final EndpointSettings settings;
    private PushSettings push;
    private Duration deliveryPatience = Duration.ofSeconds(30);
    private EndpointListener listener = new EndpointListener() {};
    private Clock clock = Clock.systemUTC();
    private AppendFile.Files files = ChannelAppendFile::create;

    private Builder(Path folder, EndpointSettings settings) {
      this.folder = Objects.requireNonNull(folder, "folder");
      this.settings = Objects.requireNonNull(settings, "settings");
    }

    /** Where notices go; without it they wait in the folder for a start that has it. */
    public Builder pushTo(PushSettings target) {
      this.push = Objects.requireNonNull(target, "target");
      return this;
    }

    /** How long {@link PubSubEndpoint#close} waits for deliveries; 30 s unless set. */
    public Builder deliveryPatience(Duration patience) {
      this.deliveryPatience = Objects.requireNonNull(patience, "patience");
      return this;
    }

    public Builder listener(EndpointListener told) {
      this.listener = Objects.requireNonNull(told, "told");
      return this;
    }

    /** What names, publish times, windows and generations are taken from; UTC's unless set. */
    public Builder clock(Clock source) {
      this.clock = Objects.requireNonNull(source, "source");
      return this;
    }

    Builder files(AppendFile.Files made) {
      this.files = made;
      return this;
    }

    /**
     * Starts it, and takes up what an earlier run left.
     *
     * @throws CannotStartException if the folder is another pipeline's or can't be written, or the
     *     port is taken
     */
    public PubSubEndpoint start() throws IOException {
      FolderLock lock = FolderLock.take(folder);
      try {
        return new PubSubEndpoint(this, lock);
      } catch (CannotStartException | RuntimeException e) {
        lock.close();
        throw e;
      } catch (IOException e) {
        lock.close();
        throw new CannotStartException(
            "The folder "
                + folder
                + " can't be used ("
                + e
                + "). Check its permissions and the disk, or choose another.",
            e);
      }
    }
  }
}
