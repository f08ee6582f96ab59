# For those who publish.

output "topic" {
  description = "Topic that apps publish events to, in full."
  value       = google_pubsub_topic.events.id
}

output "publisher_accounts" {
  description = "Service account of each group of publishers, to run its apps as."
  value       = { for group, account in google_service_account.publishers : group => account.email }
}

output "collector_uri" {
  description = "Address that Segment's libraries send to; null without a collector. With a load balancer it answers to that alone."
  value       = one([for collector in google_cloud_run_v2_service.collector : coalesce(var.collector.public_url, collector.uri)])
}

# For those who query.

output "dataset" {
  description = "Dataset of the event tables, as PROJECT.DATASET."
  value       = "${var.project_id}.${google_bigquery_dataset.events.dataset_id}"
}

output "unique_dataset" {
  description = "Dataset of the views with every event once, as PROJECT.DATASET."
  value       = "${var.project_id}.${google_bigquery_dataset.unique.dataset_id}"
}

# For those who operate it.

output "settings" {
  description = "The function's settings file, which the command line reads too."
  value       = "gs://${google_storage_bucket.state.name}/${google_storage_bucket_object.settings.name}"
}

output "buckets" {
  description = "Names of the buckets: landing, staging, state."
  value = {
    landing = google_storage_bucket.landing.name
    staging = google_storage_bucket.staging.name
    state   = google_storage_bucket.state.name
  }
}

output "service" {
  description = "Name of the function's Cloud Run service."
  value       = google_cloud_run_v2_service.function.name
}

output "service_uri" {
  description = "Address of the function's service; it answers only to Pub/Sub and Cloud Scheduler."
  value       = google_cloud_run_v2_service.function.uri
}

output "function_account" {
  description = "Service account that the function runs as."
  value       = google_service_account.function.email
}

output "image" {
  description = "Image that the function runs."
  value       = local.image
}

output "collector_image" {
  description = "Image that the collector runs; null without one."
  value       = var.collector == null ? null : local.collector_image
}

output "collector_account" {
  description = "Service account that the collector runs as; null without one."
  value       = one([for account in google_service_account.collector : account.email])
}

output "image_repository" {
  description = "Where images are pushed to."
  value       = local.repository
}

output "notice_topic" {
  description = "Topic of the notices of new batch objects, in full."
  value       = google_pubsub_topic.batches.id
}

output "schema_change_topic" {
  description = "Topic on which new tables and columns are told, in full."
  value       = google_pubsub_topic.schema_changes.id
}

output "dead_letter_subscriptions" {
  description = "Subscriptions that keep what could not be delivered: events, notices of batches, and what the collector refused."
  value       = { for what, subscription in google_pubsub_subscription.dead : what => subscription.id }
}

output "dashboard" {
  description = "Address of the dashboard."
  value       = "https://console.cloud.google.com/monitoring/dashboards/builder/${reverse(split("/", google_monitoring_dashboard.this.id))[0]}?project=${var.project_id}"
}
