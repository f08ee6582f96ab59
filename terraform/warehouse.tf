# The datasets. Their tables and views are the function's own.

resource "google_bigquery_dataset" "events" {
  project                    = var.project_id
  dataset_id                 = local.dataset
  location                   = local.dataset_location
  description                = "Events, one table each, as they came; rows of messages delivered twice are there twice."
  labels                     = local.labels
  delete_contents_on_destroy = !var.protect_data

  dynamic "default_encryption_configuration" {
    for_each = var.kms_key == null ? [] : [var.kms_key]
    content {
      kms_key_name = default_encryption_configuration.value
    }
  }

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.agents]
}

resource "google_bigquery_dataset" "unique" {
  project                    = var.project_id
  dataset_id                 = "${local.dataset}_unique"
  location                   = local.dataset_location
  description                = "Views of the event tables with every event once."
  labels                     = local.labels
  delete_contents_on_destroy = !var.protect_data

  dynamic "default_encryption_configuration" {
    for_each = var.kms_key == null ? [] : [var.kms_key]
    content {
      kms_key_name = default_encryption_configuration.value
    }
  }

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.agents]
}
