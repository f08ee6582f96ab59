# One page that answers: is it running, is it complete, how late is it, what does it cost.

locals {
  charts = [
    { title = "Events a minute: read, loaded, duplicate, bad", unit = "1", lines = {
      read      = "sum(rate(${local.figure.events_read}[$${__interval}])) * 60"
      loaded    = "sum(rate(${local.figure.events_loaded}[$${__interval}])) * 60"
      duplicate = "sum(rate(${local.figure.events_duplicate}[$${__interval}])) * 60"
      bad       = "sum(rate(${local.figure.events_bad}[$${__interval}])) * 60"
    } },
    { title = "Age of batches when they are loaded; from publish to query it is up to a window more", unit = "ms", lines = {
      median = "histogram_quantile(0.5, sum by (le) (rate(${local.histogram.age}[$${__interval}])))"
      p95    = "histogram_quantile(0.95, sum by (le) (rate(${local.histogram.age}[$${__interval}])))"
    } },
    { title = "Age of the oldest event that waits for its batch", unit = "s", lines = {
      age = "max(${local.oldest_event})"
    } },
    { title = "Age of the oldest notice that waits to be loaded", unit = "s", lines = {
      age = "max(pubsub_googleapis_com:subscription_oldest_unacked_message_age{monitored_resource=\"pubsub_subscription\",subscription_id=\"${google_pubsub_subscription.batches.name}\"})"
    } },
    { title = "Batches by outcome", unit = "1", lines = {
      batches = "sum by (outcome) (increase(${local.batches}{monitored_resource=\"cloud_run_revision\"}[$${__interval}]))"
    } },
    { title = "Time to load a batch", unit = "ms", lines = {
      median = "histogram_quantile(0.5, sum by (le) (rate(${local.histogram.took}[$${__interval}])))"
      p95    = "histogram_quantile(0.95, sum by (le) (rate(${local.histogram.took}[$${__interval}])))"
    } },
    { title = "Dead letters", unit = "1", lines = {
      letters = "sum by (subscription_id) (increase(pubsub_googleapis_com:subscription_dead_letter_message_count{monitored_resource=\"pubsub_subscription\",${local.subscriptions}}[$${__interval}]))"
    } },
    { title = "Errors and schema changes", unit = "1", lines = {
      errors  = "sum(increase(logging_googleapis_com:user_${google_logging_metric.errors.name}{monitored_resource=\"cloud_run_revision\"}[$${__interval}]))"
      changes = "sum(increase(${local.figure.schema_changes}[$${__interval}]))"
    } },
    { title = "Cost: bytes published and bytes of batches", unit = "By", lines = {
      published = "sum(increase(pubsub_googleapis_com:topic_byte_cost{monitored_resource=\"pubsub_topic\",topic_id=\"${google_pubsub_topic.events.name}\"}[$${__interval}]))"
      batches   = "sum(increase(${local.figure.batch_bytes}[$${__interval}]))"
    } },
    { title = "Quota: load jobs in the last day", unit = "1", lines = {
      jobs = "sum(increase(${local.figure.tables}[1d])) + ${local.jobs_of_a_commit} * sum(increase(${local.loaded_batch}[1d]))"
    } },
    { title = "Cost: billed instance time of the function", unit = "s", lines = {
      billed = "sum(increase(run_googleapis_com:container_billable_instance_time{monitored_resource=\"cloud_run_revision\",service_name=\"${local.function_name}\"}[$${__interval}]))"
    } },
    { title = "Memory of the function, as a share of its limit", unit = "1", lines = {
      p99 = "histogram_quantile(0.99, sum by (le) (rate(run_googleapis_com:container_memory_utilizations_bucket{monitored_resource=\"cloud_run_revision\",service_name=\"${local.function_name}\"}[$${__interval}])))"
    } },
  ]
  collector_charts = var.collector == null ? [] : [
    { title = "Collector: calls by status", unit = "1", lines = {
      calls = "sum by (response_code) (increase(${local.collector_calls}}[$${__interval}]))"
    } },
    { title = "Collector: time to answer", unit = "ms", lines = {
      median = "histogram_quantile(0.5, sum by (le) (rate(run_googleapis_com:request_latencies_bucket{monitored_resource=\"cloud_run_revision\",service_name=\"${local.collector_name}\"}[$${__interval}])))"
      p99    = "histogram_quantile(0.99, sum by (le) (rate(run_googleapis_com:request_latencies_bucket{monitored_resource=\"cloud_run_revision\",service_name=\"${local.collector_name}\"}[$${__interval}])))"
    } },
  ]
  histogram = { for name, metric in google_logging_metric.figures : name => "logging_googleapis_com:user_${metric.name}_bucket{monitored_resource=\"cloud_run_revision\"}" }
}

resource "google_monitoring_dashboard" "this" {
  project = var.project_id

  dashboard_json = jsonencode({
    displayName = "${local.prefix}millrace"
    labels      = { app = "millrace" }
    mosaicLayout = {
      columns = 12
      tiles = [
        for index, chart in concat(local.charts, local.collector_charts) : {
          width  = 6
          height = 4
          xPos   = index % 2 * 6
          yPos   = floor(index / 2) * 4
          widget = {
            title = chart.title
            xyChart = {
              dataSets = [
                for name, query in chart.lines : {
                  plotType       = "LINE"
                  legendTemplate = name
                  timeSeriesQuery = {
                    prometheusQuery = query
                    unitOverride    = chart.unit
                  }
                }
              ]
            }
          }
        }
      ]
    }
  })

  depends_on = [google_project_service.this]
}
