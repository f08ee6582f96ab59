package dev.millrace.cli.cost;

import java.util.List;

/**
 * The arithmetic of the post that this pipeline comes from: "Moving away from Segment to a
 * cost-effective do-it-yourself event streaming pipeline with Cloud Pub/Sub and dlt", dltHub, 11
 * March 2024. Its figures again, from its own inputs, and what is off in them.
 *
 * @param segment Segment's tiers, which the post prints too
 */
record OriginalPost(Plan segment) {
  static final String ADDRESS = "https://dlthub.com/blog/dlt-segment-migration";

  /** Its example. */
  static final long USERS = 100_000;

  /** What it says that they cost on Segment. */
  static final double SEGMENT_ROUNDED = 1_000;

  /** Events in one run of its function: what one device sends in a month. */
  static final double EVENTS_PER_RUN = 60;

  /** What it says that a run of a second costs. */
  static final double RUN_USD = 0.0022;

  static final long WEB_EVENTS_PER_USER = 15;
  static final long DEVICE_EVENTS_PER_USER = 60;

  private static final double MILLION = 1_000_000;

  /** 512 MB and 0.333 vCPU, which is 800 MHz: what the post's function runs on. */
  private static final double MEMORY_GB = 0.5;

  private static final double PROCESSOR_GHZ = 0.8;

  /** Google's prices for functions of the first generation, which the post's were. */
  private static final double GB_SECOND_USD = 0.0000025;

  private static final double GHZ_SECOND_USD = 0.00001;
  private static final double INVOCATION_USD = 0.0000004;

  /** Its update of later, from its own bills: so much for so many million events a month. */
  private static final double LATER_USD = 70;

  private static final double LATER_MILLIONS = 11;

  /**
   * A figure of the post.
   *
   * @param printed what the post says
   * @param value what its inputs give
   * @param how the arithmetic
   */
  record Figure(String what, String printed, double value, String how) {}

  /** What Segment's tiers ask for the post's users. */
  double segmentByTiers() {
    return segment.usd(0, USERS).orElseThrow();
  }

  /** What the post pays for a million events. */
  double perMillion() {
    return MILLION / EVENTS_PER_RUN * RUN_USD;
  }

  /** The same at Google's prices, for the same runs of a second. */
  double perMillionCorrected() {
    return MILLION / EVENTS_PER_RUN * secondUsd();
  }

  /** What the post pays for its users' events. */
  double forUsers(long eventsPerUser) {
    return USERS * eventsPerUser / MILLION * perMillion();
  }

  /** Events a user at which the post's pipeline costs what it says that Segment costs. */
  double breakEven() {
    return eventsPerUserFor(SEGMENT_ROUNDED);
  }

  /** The same against what Segment's tiers say. */
  double breakEvenByTiers() {
    return eventsPerUserFor(segmentByTiers());
  }

  /** How many times cheaper the post's pipeline is than it says that Segment is. */
  double times() {
    return SEGMENT_ROUNDED / forUsers(WEB_EVENTS_PER_USER);
  }

  /** The same against what Segment's tiers say. */
  double timesByTiers() {
    return segmentByTiers() / forUsers(WEB_EVENTS_PER_USER);
  }

  /** The post's figures, in its order. */
  List<Figure> figures() {
    return List.of(
        new Figure(
            "Segment, 100,000 users, as the post rounds",
            "$1000",
            SEGMENT_ROUNDED,
            "100,000 users at about a cent"),
        new Figure(
            "Segment, 100,000 users, by its tiers",
            "tiers alone",
            segmentByTiers(),
            "$120 for 10,000 + 15 × $12 + 75 × $11"),
        new Figure(
            "its pipeline, a million events",
            "$37",
            perMillion(),
            "1,000,000 / 60 events a run × $0.0022 a run"),
        new Figure(
            "its pipeline, 100,000 users with 15 events each",
            "$55",
            forUsers(WEB_EVENTS_PER_USER),
            "1.5 million events"),
        new Figure(
            "its pipeline, 100,000 users with 60 events each",
            "$220",
            forUsers(DEVICE_EVENTS_PER_USER),
            "6 million events"),
        new Figure(
            "break-even, events a user, at $1000",
            "under 270",
            breakEven(),
            "$1000 / 100,000 users / what an event costs"),
        new Figure(
            "break-even, events a user, by the tiers",
            "",
            breakEvenByTiers(),
            "$1,125 / 100,000 users / what an event costs"),
        new Figure("savings, at $1000", "18x", times(), "$1000 / $55"),
        new Figure("savings, by the tiers", "", timesByTiers(), "$1,125 / $55"));
  }

  /** What is off in that arithmetic, the largest first. */
  List<String> corrections() {
    return List.of(
        "Cents were read as dollars. The post writes (1 million / 60) × 0.0022 cents = $37; in cents it is "
            + Usd.text(perMillion() / 100)
            + ". Google's price for that machine, 512 MB with 0.333 vCPU, is "
            + "0.5 GB × $0.0000025 + 0.8 GHz × $0.00001 = $0.00000925 a second: the post's"
            + " \"$0.000925\" is that number of cents.",
        "The machine is counted twice. The $0.000925 and $0.001295 that the post adds up as memory"
            + " and vCPU are both the price of the whole machine, in cheaper and in dearer regions."
            + " At Google's prices its runs of a second cost "
            + Usd.text(perMillionCorrected())
            + " a million events, not $37.",
        "A run doesn't handle 60 events. 60 is what one device sends in a month; a run handles a"
            + " batch of ten minutes, whoever sent it. That is 4,320 runs a month for one file a"
            + " window, whether they hold a thousand events or a billion: the function's cost is"
            + " nearly fixed, and the cost of an event is nearly nothing.",
        "A run doesn't take a second. It starts cold and waits for BigQuery: 18 s is what"
            + " `millrace cost` counts for each.",
        "Pub/Sub, storage and BigQuery are left out. They are where the money goes once there is"
            + " volume: publishing and writing batches is two thirds of what another million"
            + " events costs.",
        "$1000 is too round: Segment's tiers, which the post prints, make $1,125. And a"
            + " Segment user may send 250 calls a month, so at 270 events a user Segment costs more"
            + " than either figure.",
        "$220 is for 100,000 devices at 60 events; the post tracks 50,000, which makes $110. A"
            + " later revision of the post prints $165, which fits neither.",
        "What it cost in the end, as the post says in a later note: "
            + Usd.text(LATER_USD)
            + " for 11 million events a month, "
            + Usd.text(LATER_USD / LATER_MILLIONS)
            + " a million.");
  }

  /** What a second of the post's machine costs, with its invocation. */
  private static double secondUsd() {
    return MEMORY_GB * GB_SECOND_USD + PROCESSOR_GHZ * GHZ_SECOND_USD + INVOCATION_USD;
  }

  private double eventsPerUserFor(double usd) {
    return usd / USERS / (perMillion() / MILLION);
  }
}
