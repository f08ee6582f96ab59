package dev.millrace.tests.cloud;

import dev.millrace.loader.HurriedLoader;
import dev.millrace.loader.Loader;
import dev.millrace.tests.emulator.Fault;
import dev.millrace.tests.emulator.FaultPlan;
import dev.millrace.tests.emulator.FaultyProxy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Proxies before both services, which disturb calls by one plan. */
final class Disturbance implements AutoCloseable {
  private final FaultyProxy storage;
  private final FaultyProxy bigQuery;
  private final List<CallSite> sites = new ArrayList<>();
  private final Map<String, Integer> occurrences = new HashMap<>();
  private int disturbed;

  /**
   * @param plan asked for each call, one at a time: the call, and how many came before it
   */
  Disturbance(Cloud cloud, BiFunction<CallSite, Integer, Fault> plan) throws IOException {
    storage = FaultyProxy.before(cloud.gcs().url());
    bigQuery = FaultyProxy.before(cloud.bigQueryUrl());
    storage.follow(request -> of(Service.STORAGE, request, plan));
    bigQuery.follow(request -> of(Service.BIGQUERY, request, plan));
  }

  /** Disturbs one call. */
  static Disturbance at(Cloud cloud, CallSite site, Fault fault) throws IOException {
    return new Disturbance(cloud, (call, number) -> call.equals(site) ? fault : Fault.NONE);
  }

  /** A loader whose calls go through it. */
  Loader loader(Deployment deployment) {
    return loader(deployment, new HurriedLoader.Time());
  }

  /** The same at another time. */
  Loader loader(Deployment deployment, HurriedLoader.Time time) {
    return deployment.loader(storage.url(), bigQuery.url(), time);
  }

  /** The calls so far, in their order. */
  synchronized List<CallSite> calls() {
    return List.copyOf(sites);
  }

  /** How many of them were disturbed. */
  synchronized int disturbed() {
    return disturbed;
  }

  private synchronized Fault of(
      Service service, FaultPlan.Request request, BiFunction<CallSite, Integer, Fault> plan) {
    String what = CallSite.what(request);
    int occurrence = occurrences.merge(service + what, 1, Integer::sum) - 1;
    CallSite site = new CallSite(service, what, occurrence);
    Fault fault = plan.apply(site, sites.size());
    sites.add(site);
    if (!fault.equals(Fault.NONE)) {
      disturbed++;
    }
    return fault;
  }

  @Override
  public void close() {
    storage.close();
    bigQuery.close();
  }
}
