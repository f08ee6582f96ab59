# Figures out of the function's log: one line a batch, docs/operate.md lists its fields.

locals {
  function_log = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${local.function_name}\""

  # Metrics whose value is a field of the line that tells of a loaded batch.
  figures = {
    events_read      = { field = "read", unit = "1", description = "Events read from batches." }
    events_loaded    = { field = "loaded", unit = "1", description = "Events loaded." }
    events_duplicate = { field = "duplicate", unit = "1", description = "Events left out because the batch held them twice." }
    events_bad       = { field = "bad", unit = "1", description = "Events put into _millrace_bad_events." }
    batch_bytes      = { field = "bytes", unit = "By", description = "Bytes of batch objects." }
    load_jobs        = { field = "load_jobs", unit = "1", description = "Load jobs, which a quota counts." }
    batch_seconds    = { field = "took_ms", unit = "ms", description = "Time from a batch's notice to its commit." }
    lag              = { field = "lag_ms", unit = "ms", description = "Time from a batch's first publish to its commit: from publish to query." }
  }
}

resource "google_logging_metric" "batches" {
  project     = var.project_id
  name        = "${local.metric_prefix}_batches"
  description = "Batches by outcome."
  filter      = "${local.function_log} AND jsonPayload.outcome:*"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"
    labels {
      key         = "outcome"
      value_type  = "STRING"
      description = "loaded, already_loaded, try_again or failed_for_good."
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
  description = "Errors that no retry repairs: settings, rights, bugs."
  filter      = "${local.function_log} AND severity>=ERROR"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"
  }

  depends_on = [google_project_service.this]
}

resource "google_logging_metric" "schema_changes" {
  project     = var.project_id
  name        = "${local.metric_prefix}_schema_changes"
  description = "New tables and columns."
  filter      = "${local.function_log} AND jsonPayload.event=\"schema_change\""

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"
  }

  depends_on = [google_project_service.this]
}
