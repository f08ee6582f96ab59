# What someone is called for. docs/operate.md says for each what it means and what to do.

locals {
  subscriptions = "subscription_id=~\"${google_pubsub_subscription.events.name}|${google_pubsub_subscription.batches.name}\""
  figure        = { for name, metric in google_logging_metric.figures : name => "logging_googleapis_com:user_${metric.name}_sum{monitored_resource=\"cloud_run_revision\"}" }
  batches       = "logging_googleapis_com:user_${google_logging_metric.batches.name}"

  # Quotas of BigQuery: load jobs of a project a day, and changes of a partitioned table a day.
  load_jobs_per_day       = 100000
  jobs_of_a_commit        = 6 # for the tables in which a batch's outcome is kept
  partition_mods_per_day  = 30000
  quota_share             = 0.7
  loaded_batch            = "${local.batches}{monitored_resource=\"cloud_run_revision\",outcome=\"loaded\"}"
  published               = "pubsub_googleapis_com:topic_send_request_count{monitored_resource=\"pubsub_topic\",topic_id=\"${google_pubsub_topic.events.name}\"}"
  oldest_event            = "pubsub_googleapis_com:subscription_oldest_unacked_message_age{monitored_resource=\"pubsub_subscription\",subscription_id=\"${google_pubsub_subscription.events.name}\"}"
  longest_healthy_backlog = 2 * var.window_seconds + 600

  alerts = {
    no_batch = {
      name     = "no batch is loaded while events are published"
      severity = "CRITICAL"
      # What was published no_batch_minutes ago has had that long; only its own batches, and later ones, may excuse it.
      query   = "sum(increase(${local.published}[10m] offset ${var.no_batch_minutes}m)) > 0 unless sum(increase(${local.loaded_batch}[${var.no_batch_minutes + 10}m])) > 0"
      minutes = 0
      advice  = "Events are published, and for ${var.no_batch_minutes} minutes none has reached BigQuery. They wait in Pub/Sub or in the landing bucket; nothing is lost yet."
    }
    dead_letters = {
      name     = "dead letters"
      severity = "CRITICAL"
      query    = "sum(increase(pubsub_googleapis_com:subscription_dead_letter_message_count{monitored_resource=\"pubsub_subscription\",${local.subscriptions}}[10m])) > 0"
      minutes  = 0
      advice   = "Pub/Sub gave up on messages after 100 attempts. The dead-letter subscriptions keep them for 31 days."
    }
    failed_batches = {
      name     = "batches that failed for good"
      severity = "CRITICAL"
      query    = "sum(increase(${local.batches}{monitored_resource=\"cloud_run_revision\",outcome=\"failed_for_good\"}[10m])) > 0"
      minutes  = 0
      advice   = "Nothing in a batch object could be read. Its row in _millrace_batches says why, and the object is still in the landing bucket."
    }
    errors = {
      name     = "errors that no retry repairs"
      severity = "CRITICAL"
      query    = "sum(increase(logging_googleapis_com:user_${google_logging_metric.errors.name}{monitored_resource=\"cloud_run_revision\"}[10m])) > 0"
      minutes  = 0
      advice   = "The function, or the collector, logged an ERROR: a setting, a right, or a bug. Batches wait until it is repaired."
    }
    subscription_stuck = {
      name     = "Pub/Sub can't write batches"
      severity = "CRITICAL"
      query    = "max(${local.oldest_event}) > ${local.longest_healthy_backlog}"
      minutes  = 5
      advice   = "The oldest event has waited longer than two windows: the subscription is in an error state (bucket gone, right taken away), in which nothing goes to the dead letters. Events wait for ${var.message_retention_days} days, then they are lost."
    }
    bad_events = {
      name     = "more bad events than ${var.bad_event_ratio * 100} %"
      severity = "WARNING"
      query    = "sum(increase(${local.figure.events_bad}[1h])) / sum(increase(${local.figure.events_read}[1h])) > ${var.bad_event_ratio}"
      minutes  = 0
      advice   = "They are in _millrace_bad_events, each with its reason. Often a new release of an app sends what the schema contract refuses."
    }
    schema_change = {
      name     = "new tables or columns"
      severity = "WARNING"
      query    = "sum(increase(${local.figure.schema_changes}[10m])) > 0"
      minutes  = 0
      advice   = "_millrace_schema_changes lists them, each with the first row that needed it. If it was not intended, tell who publishes."
    }
    quota = {
      name     = "70 % of BigQuery's daily quota of loads"
      severity = "WARNING"
      query = join(" or ", [
        "sum(increase(${local.figure.tables}[1d])) + ${local.jobs_of_a_commit} * sum(increase(${local.loaded_batch}[1d])) > ${local.quota_share * local.load_jobs_per_day}",
        "sum(increase(${local.loaded_batch}[1d])) > ${local.quota_share * local.partition_mods_per_day}",
      ])
      minutes = 0
      advice  = "At the quota loads fail until older ones are a day old. Raise window_seconds or batch_mib, or send rare events under one name."
    }
  }

  collector_calls = "run_googleapis_com:request_count{monitored_resource=\"cloud_run_revision\",service_name=\"${local.collector_name}\""
  collector_alerts = var.collector == null ? {} : {
    refused_events = {
      name     = "events that the collector refused"
      severity = "WARNING"
      query    = "sum(increase(pubsub_googleapis_com:topic_send_request_count{monitored_resource=\"pubsub_topic\",topic_id=\"${google_pubsub_topic.dead["collector"].name}\"}[10m])) > 0"
      minutes  = 0
      advice   = "Each is in the collector's dead-letter subscription for 31 days, with its reason and source as attributes. Whoever sent it was told."
    }
    collector_failing = {
      name     = "the collector answers with failures"
      severity = "CRITICAL"
      query    = "sum(increase(${local.collector_calls},response_code=~\"429|5..\"}[10m])) / sum(increase(${local.collector_calls}}[10m])) > 0.05"
      minutes  = 5
      advice   = "More than one call in twenty gets 429 or 5xx: Pub/Sub doesn't answer, the instances are too few, or it doesn't start. Libraries send again for a while, then they drop events."
    }
  }
}

resource "google_monitoring_notification_channel" "emails" {
  for_each = var.alert_emails

  project      = var.project_id
  display_name = "${local.prefix}millrace: ${each.value}"
  type         = "email"
  labels       = { email_address = each.value }
  user_labels  = local.labels

  depends_on = [google_project_service.this]
}

resource "google_monitoring_alert_policy" "this" {
  for_each = merge(local.alerts, local.collector_alerts)

  project               = var.project_id
  display_name          = "${local.prefix}millrace: ${each.value.name}"
  combiner              = "OR"
  severity              = each.value.severity
  notification_channels = concat([for channel in google_monitoring_notification_channel.emails : channel.id], tolist(var.notification_channels))
  user_labels           = local.labels

  conditions {
    display_name = each.value.name
    condition_prometheus_query_language {
      query               = each.value.query
      duration            = "${each.value.minutes * 60}s"
      evaluation_interval = "60s"

      # Metrics from the log exist from the first line on, and policies are there before it.
      disable_metric_validation = true
    }
  }

  alert_strategy {
    auto_close = "86400s"
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "Millrace in ${var.project_id}: ${each.value.name}"
    content   = "${each.value.advice}\n\ndocs/operate.md, alert `${each.key}`, says what to do."
  }

  depends_on = [google_project_service.this]
}
