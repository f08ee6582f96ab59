package dev.millrace.publisher.spool;

import java.util.List;

/** The spool of those who want none. */
public final class NoSpool implements Spool {
  @Override
  public boolean exists() {
    return false;
  }

  @Override
  public Appended append(SpoolRecord event, boolean taken) {
    return new Appended.NotKept("There is no spool.");
  }

  @Override
  public boolean force(SpoolPlace place) {
    return false;
  }

  @Override
  public long unread() {
    return 0;
  }

  @Override
  public List<SpooledEvent> read(int maxEvents, long maxBytes) {
    return List.of();
  }

  @Override
  public boolean done(SpoolPlace place) {
    return false;
  }

  @Override
  public long events() {
    return 0;
  }

  @Override
  public long takeLost() {
    return 0;
  }

  @Override
  public List<String> findings() {
    return List.of();
  }

  @Override
  public void close() {
    // There is nothing to let go of.
    return;
  }
}
