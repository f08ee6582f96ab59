package dev.millrace.loader.settings;

import java.util.List;

/** What the loader stands on. The providers of ports check what is under {@code ports}. */
final class PortKeys {
  static final Chapter CHAPTER =
      new Chapter(
          "Ports",
          "",
          List.of(
              new Setting<>(
                  "ports.kind",
                  new Takes.Text("Text", ".+", "the kind of the ports, such as embedded,"),
                  "required in the function's file",
                  """
                  What the loader stands on. `embedded` is a folder and a DuckDB file; `google` is
                  Cloud Storage, BigQuery and Pub/Sub.""",
                  """
                  ports: {kind: embedded, folder: data, database: shop.duckdb}
                  """),
              new Setting<>(
                  "ports.<setting>",
                  new Takes.Text("Text", "(?s).*", "a text"),
                  "",
                  """
                  What the kind needs to know. `embedded` has `folder` (required; made if it isn't
                  there), `bucket` (what the folder's batches are called by in the tables; default
                  `millrace-local`) and `database` (the DuckDB file; default `millrace.duckdb` in the
                  folder).

                  `google` has

                  | setting | |
                  | --- | --- |
                  | `project` | required: the dataset's project, in which the load jobs run |
                  | `landing_bucket` | required: the bucket that the Cloud Storage subscription writes to |
                  | `staging_bucket` | required: the bucket for load packages; in the dataset's location |
                  | `state_bucket` | required: the bucket for the schema object |
                  | `location` | of the dataset and its `_unique` sibling, such as `EU`; BigQuery is asked once where it is left out |
                  | `notice_topic` | the topic of the batches' notices, to which `reconcile` publishes those that are missing |
                  | `schema_change_topic` | the topic to which changes of the schema are told |

                  A topic is `projects/<project>/topics/<topic>`, or its last part where it is in the
                  same project. The environment variables `STORAGE_EMULATOR_HOST`,
                  `BIGQUERY_EMULATOR_HOST` and `PUBSUB_EMULATOR_HOST` send each client to an
                  emulator, without credentials.""",
                  """
                  ports:
                    kind: google
                    project: acme-events
                    location: EU
                    landing_bucket: acme-events-landing
                    staging_bucket: acme-events-staging
                    state_bucket: acme-events-state
                    notice_topic: batches
                  """)));

  private PortKeys() {}
}
