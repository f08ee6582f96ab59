# Figures out of the function's log: one line a batch, docs/operate.md lists its fields.

locals {
  # Of the collector only what is wrong: Cloud Run counts its calls, and Pub/Sub its events.
  services_log = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=(\"${join("\" OR \"", concat([local.function_name], [for collector in google_cloud_run_v2_service.collector : collector.name]))}\")"
  function_log = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${local.function_name}\""

  # Metrics whose value is a field of the line that tells of a loaded batch.
  figures = {
    events_read      = { field = "read", unit = "1", description = "Events read from batches." }
    events_loaded    = { field = "loaded", unit = "1", description = "Events loaded." }
    events_duplicate = { field = "duplicate", unit = "1", description = "Events left out because the batch held them twice." }
    events_bad       = { field = "bad", unit = "1", description = "Events put into _millrace_bad_events." }
    batch_bytes      = { field = "bytes", unit = "By", description = "Bytes of batch objects." }
    tables           = { field = "tables", unit = "1", description = "Tables loaded into, one load job each." }
    schema_changes   = { field = "schema_changes", unit = "1", description = "New tables and columns." }
    took             = { field = "took_ms", unit = "ms", description = "Time from a batch's notice to its commit." }
    age              = { field = "age_ms", unit = "ms", description = "Time from a batch object's completion to its commit." }
  }
}

resource "google_logging_metric" "batches" {
  project     = var.project_id
  name        = "${local.metric_prefix}_batches"
  description = "Notices and reconciliations by what became of them."
  filter      = "${local.function_log} AND jsonPayload.outcome:*"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"
    labels {
      key         = "outcome"
      value_type  = "STRING"
      description = "loaded, already_loaded, try_again, failed_for_good and so on; docs/operate.md has them all."
    }
  }
  label_extractors = {
    outcome = "EXTRACT(jsonPayload.outcome)"
  }

  depends_on = [google_project_service.this]
}

resource "google_logging_metric" "figures" {
  for_each = local.figures

  project         = var.project_id
  name            = "${local.metric_prefix}_${each.key}"
  description     = each.value.description
  filter          = "${local.function_log} AND jsonPayload.outcome=\"loaded\""
  value_extractor = "EXTRACT(jsonPayload.${each.value.field})"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = each.value.unit
  }
  bucket_options {
    exponential_buckets {
      num_finite_buckets = 40
      growth_factor      = 2
      scale              = 1
    }
  }

  depends_on = [google_project_service.this]
}

resource "google_logging_metric" "errors" {
  project     = var.project_id
  name        = "${local.metric_prefix}_errors"
  description = "Errors that no retry repairs, but for batches that failed for good: settings, rights, bugs."
  filter      = "${local.services_log} AND severity>=ERROR AND NOT jsonPayload.outcome=\"failed_for_good\""

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"
  }

  depends_on = [google_project_service.this]
}
