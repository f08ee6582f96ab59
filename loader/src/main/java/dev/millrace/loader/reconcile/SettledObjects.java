package dev.millrace.loader.reconcile;

import dev.millrace.loader.LoadId;
import dev.millrace.loader.ports.Landing;
import dev.millrace.loader.ports.Warehouse;
import dev.millrace.loader.ports.Warehouse.Settled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks the dataset about objects, a page at a time. Used by one thread. */
final class SettledObjects {
  private static final int PAGE_OBJECTS = 1_000;

  private final Warehouse warehouse;
  private final Visitor visitor;
  private final List<Landing.Listed> page = new ArrayList<>();

  /** Is shown one object after the other. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param settled null if its load is neither in nor failed for good
     */
    void object(Landing.Listed object, String loadId, Settled settled) throws IOException;
  }

  SettledObjects(Warehouse warehouse, Visitor visitor) {
    this.warehouse = warehouse;
    this.visitor = visitor;
  }

  void add(Landing.Listed object) throws IOException {
    page.add(object);
    if (page.size() == PAGE_OBJECTS) {
      ask();
    }
  }

  /** Asks about those that were added last. */
  void ask() throws IOException {
    if (page.isEmpty()) {
      return;
    }
    Set<String> loadIds = new HashSet<>();
    page.forEach(object -> loadIds.add(LoadId.of(object.batch())));
    Map<String, Settled> settled = warehouse.settled(loadIds);
    for (Landing.Listed object : page) {
      String loadId = LoadId.of(object.batch());
      visitor.object(object, loadId, settled.get(loadId));
    }
    page.clear();
  }
}
