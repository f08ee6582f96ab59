package dev.millrace.loader.fakes;

import dev.millrace.loader.contract.LandingContract;
import dev.millrace.loader.contract.StagingContract;
import dev.millrace.loader.contract.StateContract;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Landing;
import dev.millrace.loader.ports.Staging;
import dev.millrace.loader.ports.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Nested;

/** The fakes that other tests stand on keep what the ports promise. */
class FakesKeepTheContractsTest {
  @Nested
  class LandingTest extends LandingContract {
    private final FakeLanding landing = new FakeLanding(new Faults());

    @Override
    protected Landing landing() {
      return landing;
    }

    @Override
    protected BatchRef put(String name, byte[] content) {
      long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      BatchRef batch = new BatchRef("landing", name, now);
      landing.put(batch, content);
      return batch;
    }

    @Override
    protected void remove(BatchRef batch) {
      landing.remove(batch);
    }
  }

  @Nested
  class StagingTest extends StagingContract {
    private final FakeStaging staging = new FakeStaging(new Faults());

    @Override
    protected Staging staging() {
      return staging;
    }
  }

  @Nested
  class StateTest extends StateContract {
    private final FakeState state = new FakeState(new Faults());

    @Override
    protected State state() {
      return state;
    }
  }
}
