package dev.millrace.cli.inspect;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.console.PointInTime;
import dev.millrace.cli.ids.SearchedId;
import dev.millrace.cli.settings.OpenPipeline;
import dev.millrace.cli.show.Counted;
import dev.millrace.normalizer.IdField;
import dev.millrace.normalizer.IdSearch;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace inspect event}. */
@Command(
    name = "event",
    description = {
      "Finds one event: the batch and object that it came in, the tables and rows that it became, or"
          + " why it was not loaded.",
      "",
      "It is found by the ids of its rows, which are made of its messageId, and a bad one by the"
          + " messageId in the bytes that are kept of it. An event without one is found by the"
          + " message id that Pub/Sub gave it.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace inspect event 5f0c1b2e-77aa-4c0e-9d0e-0b6f6b1f3a55",
      "  millrace inspect event m-1 --since 2026-11-25 --json",
      "",
      "Exit codes: 0 the event is found, loaded or bad; 1 it is not there, or the",
      "dataset can't be asked; 2 the arguments or settings can't be used."
    },
    mixinStandardHelpOptions = true)
final class EventCommand implements Callable<Integer> {
  /** From here on a person is told what a question costs. */
  private static final long MUCH = 1L << 30;

  /** Of how many rows the batches are named; a question takes 1,000 values. */
  private static final int LOADS = 900;

  @Mixin private InspectOptions options;

  @Parameters(
      paramLabel = "MESSAGE_ID",
      description =
          "The event's messageId, Pub/Sub's id of its message, or the _dlt_id of one of its rows")
  private String id;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = PointInTime.class,
      description =
          "Look only at what was published since: 2026-11-26, 2026-11-26T10:00:00Z, or 30m, 24h, 7d"
              + " ago. On BigQuery this makes the question cheaper")
  private Instant since;

  @Override
  public Integer call() throws IOException {
    if (id.isBlank()) {
      throw Failure.usage("MESSAGE_ID is empty");
    }
    return options.with(
        (dataset, pipeline) -> {
          EventReport report = find(dataset, pipeline);
          options.print(report);
          return report.isFound() ? 0 : Failure.FAILED;
        });
  }

  private EventReport find(LoadedDataset dataset, OpenPipeline pipeline) throws IOException {
    EventIds ids = new EventIds(id);
    EventSearch search = new EventSearch(dataset, parents(pipeline), since);
    BadEventSearch badEvents = new BadEventSearch(dataset, since);
    Set<String> rootIds = new LinkedHashSet<>(ids.ofMessageIdOrRow());
    long bytes = since == null ? search.billedBytes(rootIds) + badEvents.billedBytes() : 0;
    if (bytes >= MUCH) {
      options.remark(
          "this reads up to %s of %s; --since makes it less"
              .formatted(Counted.bytes(bytes), dataset.label()));
    }
    List<EventRow> roots = search.roots(rootIds);
    if (roots.isEmpty() && !ids.ofPubSubMessage().isEmpty()) {
      rootIds.addAll(ids.ofPubSubMessage());
      roots = search.roots(rootIds);
    }
    if (roots.isEmpty() && ids.mayBeRow()) {
      roots = search.rootsAbove(id);
    }
    roots = search.withMessageIds(roots);
    roots.forEach(root -> rootIds.add(root.id()));
    badEvents.byRow(rootIds);
    badEvents.byMessage(id);
    badEvents.byBytes(
        Stream.concat(Stream.of(id), roots.stream().map(EventRow::messageId))
            .filter(Objects::nonNull)
            .distinct()
            .map(messageId -> byMessageId(messageId, pipeline))
            .toList());
    List<BadOfEvent> bad = badEvents.found();
    Set<String> loadIds =
        Stream.concat(
                roots.stream().map(EventRow::loadId), bad.stream().map(it -> it.row().loadId()))
            .limit(LOADS)
            .collect(Collectors.toSet());
    return new EventReport(
        dataset.label(),
        id,
        since,
        roots,
        search.descendants(roots),
        new Batches(dataset).ofLoads(loadIds),
        bad,
        badEvents.unsearched());
  }

  private static IdSearch byMessageId(String messageId, OpenPipeline pipeline) {
    return SearchedId.of(IdField.MESSAGE_ID, messageId, pipeline.settings().normalizer().privacy())
        .search();
  }

  private static Map<String, String> parents(OpenPipeline pipeline) throws IOException {
    Map<String, String> parents = new HashMap<>();
    pipeline
        .ports()
        .warehouse()
        .storedSchema(pipeline.settings().schemaName())
        .ifPresent(
            stored ->
                stored
                    .schema()
                    .tables()
                    .values()
                    .forEach(table -> parents.put(table.name(), table.parent())));
    return parents;
  }
}
