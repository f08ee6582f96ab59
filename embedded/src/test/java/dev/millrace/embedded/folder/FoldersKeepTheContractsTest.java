package dev.millrace.embedded.folder;

import dev.millrace.loader.contract.LandingContract;
import dev.millrace.loader.contract.StagingContract;
import dev.millrace.loader.contract.StateContract;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Landing;
import dev.millrace.loader.ports.Staging;
import dev.millrace.loader.ports.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Folders keep what the ports promise. */
class FoldersKeepTheContractsTest {
  @Nested
  class LandingTest extends LandingContract {
    @TempDir Path folder;
    private LandingFolder landing;

    @BeforeEach
    void open() throws IOException {
      landing = new LandingFolder(folder, "shop-landing");
    }

    @Override
    protected Landing landing() {
      return landing;
    }

    @Override
    protected BatchRef put(String name, byte[] content) throws IOException {
      return landing.finalise(name, Files.write(folder.resolve("finished"), content));
    }

    @Override
    protected void remove(BatchRef batch) throws IOException {
      Files.delete(folder.resolve("landing").resolve(batch.name()));
    }
  }

  @Nested
  class StagingTest extends StagingContract {
    @TempDir Path folder;

    @Override
    protected Staging staging() throws IOException {
      return new StagingFolder(folder, Clock.systemUTC());
    }
  }

  @Nested
  class StateTest extends StateContract {
    @TempDir Path folder;

    @Override
    protected State state() throws IOException {
      return new StateFolder(folder, Clock.systemUTC());
    }
  }
}
