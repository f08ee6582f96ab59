# Three buckets with three lives: what came in, what is being loaded, what is known.

locals {
  day = 86400

  # Longer than any notice lives: the dead letters keep theirs for 31 days.
  staging_retention_days = 40
}

# Written by Pub/Sub alone and emptied by age alone: the raw archive, from which everything can be replayed.
resource "google_storage_bucket" "landing" {
  project                     = var.project_id
  name                        = "${var.project_id}-${local.prefix}millrace-landing"
  location                    = local.bucket_location
  labels                      = local.labels
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !var.protect_data

  soft_delete_policy {
    retention_duration_seconds = var.landing_soft_delete_days * local.day
  }

  dynamic "lifecycle_rule" {
    for_each = var.landing_retention_days == 0 ? [] : [var.landing_retention_days]
    content {
      action {
        type = "Delete"
      }
      condition {
        age = lifecycle_rule.value
      }
    }
  }

  dynamic "lifecycle_rule" {
    for_each = var.landing_colder
    content {
      action {
        type          = "SetStorageClass"
        storage_class = lifecycle_rule.value.storage_class
      }
      condition {
        age = lifecycle_rule.value.after_days
      }
    }
  }

  dynamic "encryption" {
    for_each = var.kms_key == null ? [] : [var.kms_key]
    content {
      default_kms_key_name = encryption.value
    }
  }

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.agents]
}

# Load packages. A separate bucket, because every object in the landing bucket is a batch.
resource "google_storage_bucket" "staging" {
  project                     = var.project_id
  name                        = "${var.project_id}-${local.prefix}millrace-staging"
  location                    = local.bucket_location
  labels                      = local.labels
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !var.protect_data

  # What is staged can be made again; deleted parts would be billed for a week more.
  soft_delete_policy {
    retention_duration_seconds = 0
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age = local.staging_retention_days
    }
  }

  dynamic "encryption" {
    for_each = var.kms_key == null ? [] : [var.kms_key]
    content {
      default_kms_key_name = encryption.value
    }
  }

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.agents]
}

# The schema and millrace.yaml: small, and never deleted.
resource "google_storage_bucket" "state" {
  project                     = var.project_id
  name                        = "${var.project_id}-${local.prefix}millrace-state"
  location                    = local.bucket_location
  labels                      = local.labels
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !var.protect_data

  versioning {
    enabled = true
  }

  soft_delete_policy {
    retention_duration_seconds = 7 * local.day
  }

  dynamic "encryption" {
    for_each = var.kms_key == null ? [] : [var.kms_key]
    content {
      default_kms_key_name = encryption.value
    }
  }

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.agents]
}
