package dev.millrace.tests.cloud;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Batches of a shop's events, with lists that become child tables. The same seed makes the same
 * batches.
 *
 * @param batches how many
 * @param events in each, those that repeat others and broken ones not counted
 * @param bringing batches that bring a new field each
 * @param spoilt batches with events that can't be loaded
 * @param clashing whether batches also bring fields that others of them have with another type
 */
record BatchScript(
    long seed,
    int batches,
    int events,
    Set<Integer> bringing,
    Set<Integer> spoilt,
    boolean clashing) {
  private static final int SHAPES = 3;
  private static final int SHARING_A_FIELD = 4;

  /** Batches of which some bring columns and some have bad events, spread over the run. */
  static BatchScript of(long seed, int batches, int events, int bringing, int spoilt) {
    return new BatchScript(
        seed, batches, events, spread(batches, bringing, 1), spread(batches, spoilt, 2), false);
  }

  BatchScript withClashes() {
    return new BatchScript(seed, batches, events, bringing, spoilt, true);
  }

  List<ScriptedBatch> all() {
    return IntStream.range(0, batches).mapToObj(this::batch).toList();
  }

  /**
   * @param number from 0
   */
  ScriptedBatch batch(int number) {
    Random random = new Random(seed * 1_000_003 + number);
    String name = String.format(Locale.ROOT, "events/b%04d", number);
    List<String> payloads = new ArrayList<>();
    List<String> messageIds = new ArrayList<>();
    Map<String, Map<String, Object>> clashes = new LinkedHashMap<>();
    int duplicates = 0;
    int bad = 0;
    for (int event = 0; event < events; event++) {
      String id = String.format(Locale.ROOT, "b%04d-e%04d", number, event);
      Map<String, Object> more = new LinkedHashMap<>();
      if (bringing.contains(number) && event % 5 == 0) {
        more.put("brought_" + number, brought(number, event));
      }
      if (clashing && event % 3 == 0) {
        Map<String, Object> clash =
            Map.of("clash_" + number / SHARING_A_FIELD, disputed(number, event));
        clashes.put(id, clash);
        more.putAll(clash);
      }
      String payload = payload(id, event % SHAPES, more, random);
      payloads.add(payload);
      messageIds.add(id);
      if (event % 17 == 16) {
        payloads.add(payload);
        duplicates++;
      }
      if (spoilt.contains(number) && event % 7 == 6) {
        payloads.add(event % 2 == 0 ? payload.substring(0, payload.length() - 1) : "\"no object\"");
        bad++;
      }
    }
    return new ScriptedBatch(name, payloads, messageIds, duplicates, bad, clashes);
  }

  private static Object brought(int batch, int event) {
    return switch (batch % 4) {
      case 0 -> 1_000 * batch + event;
      case 1 -> "text " + event;
      case 2 -> event + 0.25;
      default -> List.of(Map.of("part", event), Map.of("part", event + 1));
    };
  }

  /**
   * Batches that share a field have another type each. None is a boolean: dlt's rules take any
   * number for one, and which number it was can't be told then.
   */
  private static Object disputed(int batch, int event) {
    return switch (batch % SHARING_A_FIELD) {
      case 0 -> 1_000_000L + 1_000L * batch + event;
      case 1 -> "words of %d and %d".formatted(batch, event);
      case 2 -> batch + event / 1024.0 + 0.5;
      default -> Map.of("deep", "depth of %d and %d".formatted(batch, event));
    };
  }

  private static String payload(String id, int shape, Map<String, Object> more, Random random) {
    Map<String, Object> properties = new LinkedHashMap<>();
    String name;
    switch (shape) {
      case 0 -> {
        name = "Order Completed";
        properties.put("total", random.nextInt(10_000) / 4.0);
        properties.put("currency", "EUR");
        properties.put("products", products(random));
      }
      case 1 -> {
        name = "Page Viewed";
        properties.put("path", "/page/" + random.nextInt(50));
        properties.put("millis", random.nextInt(100_000));
      }
      default -> {
        name = "Signed Up";
        properties.put("plan", random.nextBoolean() ? "free" : "pro");
        properties.put("at", "2026-11-20T10:%02d:00Z".formatted(random.nextInt(60)));
      }
    }
    properties.putAll(more);
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", name);
    event.put("messageId", id);
    event.put("timestamp", "2026-11-20T10:00:%02d.%03dZ".formatted(random.nextInt(60), 7));
    event.put("userId", "u" + random.nextInt(100));
    event.put("properties", properties);
    event.put("context", Map.of("library", Map.of("name", "millrace")));
    return Json.of(event);
  }

  private static List<Map<String, Object>> products(Random random) {
    List<Map<String, Object>> products = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Map<String, Object> product = new LinkedHashMap<>();
      product.put("sku", "sku-" + random.nextInt(1_000));
      product.put("price", random.nextInt(1_000) / 8.0);
      product.put("tags", List.of("a" + i, "b"));
      products.add(product);
    }
    return products;
  }

  private static Set<Integer> spread(int batches, int count, int shift) {
    return IntStream.range(0, count)
        .map(i -> Math.min(batches - 1, (int) ((long) i * batches / count) + shift))
        .boxed()
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }
}
