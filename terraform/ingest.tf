# Events in: apps publish to the topic, and Pub/Sub itself writes the batches.

resource "google_pubsub_topic" "events" {
  project      = var.project_id
  name         = "${local.prefix}${var.topic_name}"
  labels       = local.labels
  kms_key_name = var.kms_key

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.agents]
}

resource "google_pubsub_subscription" "events" {
  project = var.project_id
  name    = "${local.prefix}${var.subscription_name}"
  topic   = google_pubsub_topic.events.id
  labels  = local.labels

  # The window may not be longer than this, and only the service itself acknowledges here.
  ack_deadline_seconds       = 600
  message_retention_duration = "${var.message_retention_days * 86400}s"

  cloud_storage_config {
    bucket          = google_storage_bucket.landing.name
    filename_prefix = var.batch_prefix
    filename_suffix = var.batch_format == "avro" ? ".avro" : ".jsonl"
    max_duration    = "${var.window_seconds}s"
    max_bytes       = var.batch_mib * 1024 * 1024

    dynamic "avro_config" {
      for_each = var.batch_format == "avro" ? [true] : []
      content {
        # Without it the block is empty, and the provider has sent an empty one as text.
        write_metadata = true
      }
    }
  }

  # Unset means deleted after 31 idle days.
  expiration_policy {
    ttl = ""
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead["events"].id
    max_delivery_attempts = 100
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  # Pub/Sub tries the bucket before it takes the subscription.
  depends_on = [google_storage_bucket_iam_member.agent, google_pubsub_topic_iam_member.agent]
}

# What can't be delivered: events that can't be written, notices of batches that can't be loaded, and what the collector
# refuses.
resource "google_pubsub_topic" "dead" {
  for_each = merge({
    events  = "${local.prefix}${var.topic_name}-dead"
    batches = "${local.prefix}millrace-batches-dead"
    }, var.collector == null ? {} : {
    collector = "${local.prefix}millrace-collector-dead"
  })

  project      = var.project_id
  name         = each.value
  labels       = local.labels
  kms_key_name = var.kms_key

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.agents]
}

# A topic keeps nothing by itself.
resource "google_pubsub_subscription" "dead" {
  for_each = google_pubsub_topic.dead

  project                    = var.project_id
  name                       = each.value.name
  topic                      = each.value.id
  labels                     = local.labels
  ack_deadline_seconds       = 60
  message_retention_duration = "2678400s" # 31 days, the longest there is

  expiration_policy {
    ttl = ""
  }
}
