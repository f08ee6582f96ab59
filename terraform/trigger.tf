# A new batch object's notice on its way to the function: our own topic and push subscription, because those of an
# Eventarc trigger wait 10 seconds for an answer, keep notices for a day and have no dead letters.

resource "google_pubsub_topic" "batches" {
  project      = var.project_id
  name         = "${local.prefix}millrace-batches"
  labels       = local.labels
  kms_key_name = var.kms_key

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.agents]
}

resource "google_storage_notification" "batches" {
  bucket         = google_storage_bucket.landing.name
  topic          = google_pubsub_topic.batches.id
  payload_format = "JSON_API_V1"
  event_types    = ["OBJECT_FINALIZE"]

  # Cloud Storage tries the topic before it takes the notification.
  depends_on = [google_pubsub_topic_iam_member.agent]
}

resource "google_pubsub_subscription" "batches" {
  project = var.project_id
  name    = "${local.prefix}millrace-batches"
  topic   = google_pubsub_topic.batches.id
  labels  = local.labels

  # Also how long a push waits for its answer.
  ack_deadline_seconds       = 600
  message_retention_duration = "604800s"

  push_config {
    push_endpoint = google_cloud_run_v2_service.function.uri

    oidc_token {
      service_account_email = google_service_account.pusher.email
      audience              = google_cloud_run_v2_service.function.uri
    }
  }

  expiration_policy {
    ttl = ""
  }

  # 100 attempts up to 10 minutes apart: most of a day of outage before a notice is dead.
  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead["batches"].id
    max_delivery_attempts = 100
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  depends_on = [google_cloud_run_v2_service_iam_member.invokers, google_pubsub_topic_iam_member.agent]
}

# Where the function tells of new tables and columns.
resource "google_pubsub_topic" "schema_changes" {
  project      = var.project_id
  name         = "${local.prefix}millrace-schema-changes"
  labels       = local.labels
  kms_key_name = var.kms_key

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.agents]
}

resource "google_cloud_scheduler_job" "reconcile" {
  project          = var.project_id
  region           = var.region
  name             = "${local.prefix}millrace-reconcile"
  description      = "Has the function look for batches that were never loaded, and send their notices again."
  schedule         = var.reconcile_schedule
  time_zone        = "Etc/UTC"
  attempt_deadline = "600s"

  retry_config {
    retry_count          = 3
    min_backoff_duration = "30s"
    max_backoff_duration = "600s"
  }

  http_target {
    http_method = "POST"
    uri         = "${google_cloud_run_v2_service.function.uri}/reconcile"

    oidc_token {
      service_account_email = google_service_account.scheduler.email
      audience              = google_cloud_run_v2_service.function.uri
    }
  }

  depends_on = [google_project_service.this, google_cloud_run_v2_service_iam_member.invokers]
}
