package dev.millrace.cli.packages;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.show.Loads;
import dev.millrace.cli.show.LocalDataset;
import dev.millrace.embedded.pubsub.EndpointListener;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Staging;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a pipeline's staging folder small, as a bucket's lifecycle rules do in the cloud: deletes
 * load packages that are loaded, with what killed attempts at them left behind. Tells another
 * listener all that it is told.
 */
public final class LoadedPackages implements EndpointListener, AutoCloseable {
  private static final Logger LOG = System.getLogger(LoadedPackages.class.getName());
  private static final long PATIENCE_SECONDS = 15;

  private final LocalDataset dataset;
  private final Staging staging;
  private final EndpointListener next;
  private final ExecutorService sweeper =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "loaded-packages");
            thread.setDaemon(true);
            return thread;
          });

  public LoadedPackages(LocalDataset dataset, Staging staging, EndpointListener next) {
    this.dataset = dataset;
    this.staging = staging;
    this.next = next;
  }

  @Override
  public void acknowledged(int messages) {
    next.acknowledged(messages);
  }

  @Override
  public void finalised(BatchRef batch, long messages, long bytes) {
    next.finalised(batch, messages, bytes);
  }

  @Override
  public void delivered(BatchRef batch, int attempts) {
    next.delivered(batch, attempts);
    sweeper.execute(this::sweep);
  }

  @Override
  public void deliveryFailed(BatchRef batch, int status, String reason) {
    next.deliveryFailed(batch, status, reason);
  }

  /** Deletes what is loaded, then stops. */
  @Override
  public void close() {
    sweeper.execute(this::sweep);
    sweeper.shutdown();
    try {
      sweeper.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweep() {
    try {
      List<String> staged = PackageFolder.loadIds(staging);
      if (staged.isEmpty() || !Files.exists(dataset.file())) {
        return;
      }
      Set<String> loaded = dataset.read(connection -> new Loads(connection).loaded(staged));
      for (String loadId : staged) {
        if (loaded.contains(loadId)) {
          new PackageFolder(staging, loadId).delete();
        }
      }
    } catch (IOException | Failure e) {
      LOG.log(
          Level.WARNING, "loaded packages stay in the staging folder for now: {0}", e.getMessage());
    }
  }
}
