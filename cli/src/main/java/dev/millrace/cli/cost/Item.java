package dev.millrace.cli.cost;

import dev.millrace.cli.cost.Unit.Measure;
import java.util.Locale;

/** What Google bills the pipeline for. A price list names each by its constant in lower case. */
enum Item {
  /** Bytes that apps publish. */
  PUBSUB_PUBLISH(Measure.DATA),
  /** Bytes that the Cloud Storage subscription writes. */
  PUBSUB_STORAGE_SUBSCRIPTION(Measure.DATA),
  /** Batches in the landing bucket. */
  STORAGE_STANDARD(Measure.STORAGE),
  /** Operations that write or list. */
  STORAGE_CLASS_A(Measure.PIECES),
  /** Operations that read. */
  STORAGE_CLASS_B(Measure.PIECES),
  RUN_VCPU(Measure.PROCESSOR),
  RUN_MEMORY(Measure.MEMORY),
  RUN_REQUESTS(Measure.PIECES),
  BIGQUERY_LOAD(Measure.DATA),
  /** Tables' bytes before compression, changed in the last 90 days. */
  BIGQUERY_ACTIVE(Measure.STORAGE),
  /** The same, not changed for 90 days. */
  BIGQUERY_LONG_TERM(Measure.STORAGE),
  /** Not used: what streaming would cost in the place of load jobs. */
  BIGQUERY_WRITE_API(Measure.DATA),
  /** Not used: the older way of streaming. */
  BIGQUERY_INSERT_ALL(Measure.DATA),
  /** Bytes that an analyst's query reads: in no total. */
  BIGQUERY_QUERY(Measure.DATA);

  private final Measure measure;

  Item(Measure measure) {
    this.measure = measure;
  }

  Measure measure() {
    return measure;
  }

  /** As price lists write it. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
