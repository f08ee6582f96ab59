package dev.millrace.tests.bench.publisher;

import java.util.Map;

/** A client for apps that a benchmark publishes with. */
interface Contestant {
  /** As the report calls it. */
  String name();

  /** Events that a round publishes as fast as it goes. */
  int events();

  /** A fresh client. */
  Client open() throws Exception;

  /** Called by many threads. */
  interface Client {
    void track(String event, Map<String, Object> properties) throws Exception;

    /** Waits until every event is delivered or given up; how many are delivered. */
    long awaitDelivered() throws Exception;

    /** Closes as the client's own guide says; how many events are delivered then, in all. */
    long close() throws Exception;
  }
}
