# Names, service agents and APIs that the other files share.

locals {
  prefix  = var.name_prefix == "" ? "" : "${var.name_prefix}-"
  dataset = var.name_prefix == "" ? var.dataset : "${replace(var.name_prefix, "-", "_")}_${var.dataset}"

  # Metrics are named with _ alone, so that PromQL can say their names.
  metric_prefix = replace("${local.prefix}millrace", "-", "_")

  labels           = merge(var.labels, { app = "millrace" })
  bucket_location  = upper(coalesce(var.bucket_location, var.region))
  dataset_location = coalesce(var.dataset_location, var.region)

  pubsub_agent = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"

  services = toset(concat([
    "artifactregistry.googleapis.com",
    "bigquery.googleapis.com",
    "cloudscheduler.googleapis.com",
    "iam.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "pubsub.googleapis.com",
    "run.googleapis.com",
    "storage.googleapis.com",
    ],
    var.hash_key == null && var.collector == null ? [] : ["secretmanager.googleapis.com"],
    var.kms_key == null ? [] : ["cloudkms.googleapis.com"],
    var.budget == null ? [] : ["billingbudgets.googleapis.com"],
  ))
}

data "google_project" "this" {
  project_id = var.project_id
}

# Reading it creates the agent where the project has none yet.
data "google_storage_project_service_account" "this" {
  project = var.project_id
}

# Secrets are the operator's own. Reading what they are, and not what they hold, lets a plan say that one isn't there.
data "google_secret_manager_secret" "given" {
  for_each = toset(compact([
    try(var.hash_key.secret, null),
    try(var.collector.write_keys, null),
    try(var.collector.suppressed_users, null),
  ]))

  project   = var.project_id
  secret_id = each.value
}

resource "google_project_service" "this" {
  for_each = local.services

  project = var.project_id
  service = each.value

  # Others in the project may use them too.
  disable_on_destroy = false
}

# Destroy begins with what depends on everything else, so its refusal leaves all as it was.
resource "terraform_data" "protect_data" {
  input = var.protect_data

  provisioner "local-exec" {
    when    = destroy
    command = self.input ? "echo 'protect_data is true, so nothing was destroyed. To delete the buckets and datasets with all that they hold, set protect_data = false, apply, and destroy again; or run scripts/destroy.' && exit 1" : "exit 0"
  }

  depends_on = [
    google_bigquery_dataset.events,
    google_bigquery_dataset.unique,
    google_bigquery_dataset_iam_member.analysts,
    google_bigquery_dataset_iam_member.function,
    google_artifact_registry_repository.this,
    google_billing_budget.this,
    google_cloud_run_v2_service_iam_member.callers,
    google_cloud_run_v2_service_iam_member.invokers,
    google_cloud_scheduler_job.reconcile,
    google_kms_crypto_key_iam_member.agents,
    google_monitoring_alert_policy.this,
    google_monitoring_dashboard.this,
    google_project_iam_member.analysts,
    google_project_iam_member.function,
    google_pubsub_subscription.batches,
    google_pubsub_subscription.dead,
    google_pubsub_subscription.events,
    google_pubsub_subscription_iam_member.agent,
    google_pubsub_topic_iam_member.agent,
    google_pubsub_topic_iam_member.collector,
    google_pubsub_topic_iam_member.function,
    google_pubsub_topic_iam_member.publishers,
    google_secret_manager_secret_iam_member.collector,
    google_secret_manager_secret_iam_member.hash_key,
    google_storage_bucket_iam_member.agent,
    google_storage_bucket_iam_member.collector,
    google_storage_bucket_iam_member.function,
    google_storage_notification.batches,
  ]
}
