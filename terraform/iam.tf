# Who may do what. Each right is on the narrowest thing that takes it, and there are no keys.

resource "google_service_account" "function" {
  project      = var.project_id
  account_id   = "${local.prefix}millrace-function"
  display_name = "Millrace: the function"
  depends_on   = [google_project_service.this]
}

resource "google_service_account" "pusher" {
  project      = var.project_id
  account_id   = "${local.prefix}millrace-pusher"
  display_name = "Millrace: Pub/Sub's pushes to the function"
  depends_on   = [google_project_service.this]
}

resource "google_service_account" "scheduler" {
  project      = var.project_id
  account_id   = "${local.prefix}millrace-scheduler"
  display_name = "Millrace: the scheduled reconcile"
  depends_on   = [google_project_service.this]
}

resource "google_service_account" "publishers" {
  for_each = var.publishers

  project      = var.project_id
  account_id   = "${local.prefix}millrace-pub-${each.value}"
  display_name = "Millrace: apps of group ${each.value}, which publish events"
  depends_on   = [google_project_service.this]
}

# Google's service agents.

resource "google_storage_bucket_iam_member" "agent" {
  # The second is for buckets.get alone: Pub/Sub looks at the bucket before it writes.
  for_each = toset(["roles/storage.objectCreator", "roles/storage.legacyBucketReader"])

  bucket = google_storage_bucket.landing.name
  role   = each.value
  member = local.pubsub_agent

  # The agent comes into being with the project's first topic.
  depends_on = [google_pubsub_topic.events]
}

resource "google_pubsub_topic_iam_member" "agent" {
  for_each = {
    notices      = { topic = google_pubsub_topic.batches.name, member = data.google_storage_project_service_account.this.member }
    dead_events  = { topic = google_pubsub_topic.dead["events"].name, member = local.pubsub_agent }
    dead_batches = { topic = google_pubsub_topic.dead["batches"].name, member = local.pubsub_agent }
  }

  project = var.project_id
  topic   = each.value.topic
  role    = "roles/pubsub.publisher"
  member  = each.value.member
}

# To acknowledge what it has moved to the dead letters.
resource "google_pubsub_subscription_iam_member" "agent" {
  for_each = {
    events  = google_pubsub_subscription.events.name
    batches = google_pubsub_subscription.batches.name
  }

  project      = var.project_id
  subscription = each.value
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub_agent
}

# BigQuery's agent comes into being when it is asked for.
data "google_bigquery_default_service_account" "this" {
  count   = var.kms_key == null ? 0 : 1
  project = var.project_id
}

resource "google_kms_crypto_key_iam_member" "agents" {
  for_each = var.kms_key == null ? {} : {
    bigquery = data.google_bigquery_default_service_account.this[0].member
    pubsub   = local.pubsub_agent
    storage  = data.google_storage_project_service_account.this.member
  }

  crypto_key_id = var.kms_key
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = each.value

  depends_on = [google_project_service.this]
}

# The function.

resource "google_storage_bucket_iam_member" "function" {
  for_each = {
    landing = { bucket = google_storage_bucket.landing.name, role = "roles/storage.objectViewer" }
    staging = { bucket = google_storage_bucket.staging.name, role = "roles/storage.objectUser" }
    state   = { bucket = google_storage_bucket.state.name, role = "roles/storage.objectUser" }
  }

  bucket = each.value.bucket
  role   = each.value.role
  member = google_service_account.function.member
}

resource "google_bigquery_dataset_iam_member" "function" {
  for_each = {
    events = google_bigquery_dataset.events.dataset_id
    unique = google_bigquery_dataset.unique.dataset_id
  }

  project    = var.project_id
  dataset_id = each.value
  role       = "roles/bigquery.dataEditor"
  member     = google_service_account.function.member
}

# Jobs are the project's; what they may touch is what the dataset grants.
resource "google_project_iam_member" "function" {
  project = var.project_id
  role    = "roles/bigquery.jobUser"
  member  = google_service_account.function.member
}

resource "google_pubsub_topic_iam_member" "function" {
  for_each = {
    batches        = google_pubsub_topic.batches.name # reconcile sends notices again
    schema_changes = google_pubsub_topic.schema_changes.name
  }

  project = var.project_id
  topic   = each.value
  role    = "roles/pubsub.publisher"
  member  = google_service_account.function.member
}

resource "google_secret_manager_secret_iam_member" "hash_key" {
  for_each = var.hash_key == null ? {} : { function = var.hash_key.secret }

  project   = var.project_id
  secret_id = each.value
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.function.member

  depends_on = [google_project_service.this]
}

# Who calls the function.
resource "google_cloud_run_v2_service_iam_member" "invokers" {
  for_each = {
    pusher    = google_service_account.pusher.member
    scheduler = google_service_account.scheduler.member
  }

  project  = var.project_id
  location = var.region
  name     = google_cloud_run_v2_service.function.name
  role     = "roles/run.invoker"
  member   = each.value
}

# People and apps.

resource "google_pubsub_topic_iam_member" "publishers" {
  for_each = google_service_account.publishers

  project = var.project_id
  topic   = google_pubsub_topic.events.name
  role    = "roles/pubsub.publisher"
  member  = each.value.member
}

resource "google_bigquery_dataset_iam_member" "analysts" {
  for_each = {
    for pair in setproduct(["events", "unique"], var.analysts) :
    "${pair[0]} ${pair[1]}" => { dataset = pair[0], member = pair[1] }
  }

  project    = var.project_id
  dataset_id = each.value.dataset == "events" ? google_bigquery_dataset.events.dataset_id : google_bigquery_dataset.unique.dataset_id
  role       = "roles/bigquery.dataViewer"
  member     = each.value.member
}

resource "google_project_iam_member" "analysts" {
  for_each = var.analysts

  project = var.project_id
  role    = "roles/bigquery.jobUser"
  member  = each.value
}
