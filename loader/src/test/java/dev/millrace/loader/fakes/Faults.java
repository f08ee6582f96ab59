package dev.millrace.loader.fakes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Counts the calls of all ports and makes a chosen one fail, before or after it does its work. */
public final class Faults {
  /** A process that dies: nothing may catch it. */
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    public Crash(String at) {
      super("crashed at " + at);
    }
  }

  /** What a port does. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws IOException;
  }

  /** When a call fails: its request is lost, or its answer. */
  public enum Moment {
    BEFORE,
    AFTER
  }

  private final List<String> calls = new ArrayList<>();
  private int failing = -1;
  private int interleaving = -1;
  private Runnable other = () -> {};
  private Random chances;
  private double chanceOfFailure;
  private String alwaysFailing = "";
  private Supplier<Throwable> everyFailure = () -> new IOException("injected");
  private Moment moment = Moment.BEFORE;
  private Supplier<Throwable> failure = () -> new IOException("injected");

  /** Makes the call of that number, from 0, fail once. */
  public void failAt(int call, Moment when, Supplier<Throwable> how) {
    failing = call;
    moment = when;
    failure = how;
  }

  /** Makes every call of that name fail, before it does its work. */
  public void failAlways(String name, Supplier<Throwable> how) {
    alwaysFailing = name;
    everyFailure = how;
  }

  /** Makes calls fail by chance, before or after they do their work. */
  public synchronized void failByChance(Random random, double chance) {
    chances = random;
    chanceOfFailure = chance;
  }

  /** Does something else, once, just before the call of that number. */
  public void interleaveAt(int call, Runnable work) {
    interleaving = call;
    other = work;
  }

  /** What was called, in order. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  <T> T around(String name, Work<T> work) throws IOException {
    boolean fails;
    boolean failsBefore = moment == Moment.BEFORE;
    Runnable first = () -> {};
    synchronized (this) {
      if (calls.size() == interleaving) {
        first = other;
      }
      fails = calls.size() == failing;
      if (chances != null && chances.nextDouble() < chanceOfFailure) {
        fails = true;
        failsBefore = chances.nextBoolean();
      }
      calls.add(name);
    }
    first.run();
    if (name.equals(alwaysFailing)) {
      fail(name, everyFailure);
    }
    if (fails && failsBefore) {
      fail(name, failure);
    }
    T result = work.run();
    if (fails) {
      fail(name, failure);
    }
    return result;
  }

  private static void fail(String name, Supplier<Throwable> how) throws IOException {
    Throwable thrown = how.get();
    if (thrown instanceof IOException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    throw new AssertionError("no failure of a port at " + name, thrown);
  }
}
