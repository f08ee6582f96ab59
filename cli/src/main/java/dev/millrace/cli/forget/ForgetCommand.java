package dev.millrace.cli.forget;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.console.Progress;
import dev.millrace.cli.ids.SearchedId;
import dev.millrace.cli.settings.KnownSchema;
import dev.millrace.cli.settings.LoadedTables;
import dev.millrace.cli.settings.OpenPipeline;
import dev.millrace.cli.settings.PipelineOptions;
import dev.millrace.loader.erasure.Erasure;
import dev.millrace.loader.erasure.Erasures;
import dev.millrace.loader.ports.Dataset.TableInfo;
import dev.millrace.loader.ports.State;
import dev.millrace.normalizer.IdField;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace forget}: a person's events out of the tables, for good. */
@Command(
    name = "forget",
    description = {
      "Finds the rows of a person, or of one event, in every table, and deletes them.",
      "",
      "Without --yes it only shows what would be deleted: rows by table, what that costs, and the"
          + " batch objects that hold the events until they expire. With --yes it first records the"
          + " erasure, so that no load and no replay brings the events back, then deletes the rows"
          + " of lists, the events' own, and what is kept of bad events. A run that was interrupted"
          + " is finished by the next one.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  millrace forget --user-id ada@example.com",
      "  millrace forget --user-id ada@example.com --yes",
      "  millrace forget --anonymous-id 507f191e810c19729de860ea --folder millrace-local --json",
      "  millrace forget --message-id 9f4c2b1e --settings gs://shop-state/millrace.yaml --yes",
      "  millrace forget --list",
      "",
      "Exit codes: 0 done, also where nothing was found; 1 it could not be done to its end, or",
      "nothing was ever loaded into the dataset; 2 the arguments or settings can't be used."
    },
    mixinStandardHelpOptions = true)
public final class ForgetCommand implements Callable<Integer> {
  /** One of them, and no more. */
  static final class Whom {
    @Option(names = "--user-id", paramLabel = "ID", description = "The person's userId")
    private String userId;

    @Option(names = "--anonymous-id", paramLabel = "ID", description = "The person's anonymousId")
    private String anonymousId;

    @Option(names = "--message-id", paramLabel = "ID", description = "One event's messageId")
    private String messageId;

    @Option(
        names = "--list",
        description = "Show the erasures that are recorded: by hash, no id is kept")
    private boolean list;
  }

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Whom whom;

  @Option(names = "--yes", description = "Delete, instead of showing what would be deleted")
  private boolean yes;

  @Option(names = "--json", description = "Print one JSON object, as docs/operate.md describes it")
  private boolean json;

  @Mixin private PipelineOptions pipelineOptions;
  @Spec private CommandSpec command;
  private final Clock clock = Clock.systemUTC();
  private final Progress progress = Progress.onStandardError();

  @Override
  public Integer call() throws IOException {
    refuseBlankId();
    try (OpenPipeline pipeline = pipelineOptions.open()) {
      print(whom.list ? list(pipeline) : forget(pipeline));
    }
    return 0;
  }

  private void refuseBlankId() {
    if (!whom.list && id().isBlank()) {
      throw Failure.usage("the id is blank; name the one whose events are to be forgotten");
    }
  }

  private String forget(OpenPipeline pipeline) throws IOException {
    SearchedId person = SearchedId.of(field(), id(), pipeline.settings().normalizer().privacy());
    Erasures erasures = new Erasures(pipeline.ports().store().state());
    progress.at("looking for " + person.field().word());
    Questions questions = new Questions(pipeline.dataset());
    Map<String, TableInfo> tables = LoadedTables.of(pipeline.dataset());
    Found found = new Search(questions, tables, KnownSchema.of(pipeline), person).find();
    Erasure erasure = erasures.find(person.field(), person.id()).orElse(null);
    Copies copies = copies(pipeline, questions, found, erasure);
    progress.done();
    Answer answer = new Answer(person, found, copies, questions.billedBytes(), erasure, null);
    if (yes) {
      answer = erase(pipeline, erasures, answer);
    }
    return json ? AnswerDocument.of(answer) : new AnswerText(answer).toString();
  }

  /** Those of the rows that are there, and those that earlier runs wrote down of theirs. */
  private Copies copies(OpenPipeline pipeline, Questions questions, Found found, Erasure erasure)
      throws IOException {
    Instant now = clock.instant();
    Copies ofRows = Copies.of(questions, pipeline.settings(), found.loadIds(), now);
    if (erasure == null) {
      return ofRows;
    }
    ErasureRecords records = new ErasureRecords(pipeline.ports().store().state());
    return ofRows.and(records.read(erasure).copies(now));
  }

  /** Records first: a load that starts now must not bring back what is deleted next. */
  private Answer erase(OpenPipeline pipeline, Erasures erasures, Answer answer) throws IOException {
    Instant startedAt = clock.instant();
    Erasure erasure = erasures.add(answer.person().field(), answer.person().id(), startedAt);
    ErasureRecords records = new ErasureRecords(pipeline.ports().store().state());
    records.change(
        erasure, record -> record.started(startedAt, answer.found().byTable(), answer.copies()));
    Map<String, Long> deleted = new Deletion(pipeline.dataset(), progress).delete(answer.found());
    Instant finishedAt = clock.instant();
    records.change(erasure, record -> record.finished(startedAt, finishedAt, deleted));
    return answer.with(erasure, deleted);
  }

  private String list(OpenPipeline pipeline) throws IOException {
    State state = pipeline.ports().store().state();
    ErasureRecords records = new ErasureRecords(state);
    Map<Erasure, ErasureRecord> all = new LinkedHashMap<>();
    for (Erasure erasure : new Erasures(state).all()) {
      all.put(erasure, records.read(erasure));
    }
    return json ? AnswerDocument.ofList(all) : new ErasuresText(all, clock.instant()).toString();
  }

  private IdField field() {
    if (whom.userId != null) {
      return IdField.USER_ID;
    }
    return whom.anonymousId != null ? IdField.ANONYMOUS_ID : IdField.MESSAGE_ID;
  }

  private String id() {
    return switch (field()) {
      case USER_ID -> whom.userId;
      case ANONYMOUS_ID -> whom.anonymousId;
      case MESSAGE_ID -> whom.messageId;
    };
  }

  private void print(String text) {
    PrintWriter out = command.commandLine().getOut();
    out.print(text);
    out.flush();
  }
}
