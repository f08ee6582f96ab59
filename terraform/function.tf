# The function: image, settings, service.

locals {
  function_name = "${local.prefix}millrace-function"
  image_name    = "function-storage-to-bigquery"
  image         = coalesce(var.image, "${local.repository}/${local.image_name}:latest")
  repository    = "${var.region}-docker.pkg.dev/${var.project_id}/${local.prefix}millrace"

  settings = join("\n", concat(
    var.settings == "" ? [] : [trimsuffix(var.settings, "\n"), ""],
    [
      "# Added by Terraform.",
      "dataset: ${jsonencode(local.dataset)}",
      "reconcile: {landing_retention: ${var.landing_retention_days == 0 ? 36500 : var.landing_retention_days} days}",
      "ports: ${jsonencode({
        kind                = "google"
        project             = var.project_id
        location            = local.dataset_location
        landing_bucket      = google_storage_bucket.landing.name
        staging_bucket      = google_storage_bucket.staging.name
        state_bucket        = google_storage_bucket.state.name
        notice_topic        = google_pubsub_topic.batches.name
        schema_change_topic = google_pubsub_topic.schema_changes.name
      })}",
      "",
    ],
  ))
}

resource "google_artifact_registry_repository" "this" {
  project       = var.project_id
  location      = var.region
  repository_id = "${local.prefix}millrace"
  description   = "Images of Millrace's function and collector."
  format        = "DOCKER"
  labels        = local.labels

  cleanup_policies {
    id     = "keep-ten-to-roll-back-to"
    action = "KEEP"
    most_recent_versions {
      keep_count = 10
    }
  }

  cleanup_policies {
    id     = "delete-after-90-days"
    action = "DELETE"
    condition {
      tag_state  = "ANY"
      older_than = "7776000s"
    }
  }

  depends_on = [google_project_service.this]
}

# So that a plan says when an image isn't there; Cloud Run would say so in the middle of the apply. In a new project
# the repository comes first, and the apply stops here until the image is pushed.
data "google_artifact_registry_docker_images" "pushed" {
  for_each = { for switch, image in {
    ""             = local.image
    "--collector " = var.collector == null ? "" : local.collector_image
  } : image => switch if startswith(image, "${local.repository}/") }

  project       = var.project_id
  location      = var.region
  repository_id = google_artifact_registry_repository.this.repository_id

  lifecycle {
    postcondition {
      condition = anytrue([
        for image in self.docker_images :
        image.self_link == each.key || (
          startswith(image.self_link, "${trimsuffix(each.key, ":${reverse(split(":", each.key))[0]}")}@") &&
          contains(image.tags, reverse(split(":", each.key))[0])
        )
      ])
      error_message = "There is no image ${each.key}. Run scripts/deploy, which builds it, pushes it and applies; or push it (scripts/image ${each.value}push ${split("@", each.key)[0]}) and apply again."
    }
  }

  depends_on = [google_artifact_registry_repository.this]
}

resource "google_storage_bucket_object" "settings" {
  bucket        = google_storage_bucket.state.name
  name          = "millrace.yaml"
  content       = local.settings
  content_type  = "application/yaml"
  cache_control = "no-store"
}

resource "google_cloud_run_v2_service" "function" {
  project     = var.project_id
  location    = var.region
  name        = local.function_name
  description = "Loads Millrace's batches from Cloud Storage into BigQuery."
  labels      = local.labels

  # Pub/Sub and Cloud Scheduler of the same project count as internal; nobody else calls it.
  ingress = "INGRESS_TRAFFIC_INTERNAL_ONLY"

  # It holds no data; protect_data stands before everything that does.
  deletion_protection = false

  template {
    service_account                  = google_service_account.function.email
    timeout                          = "600s"
    max_instance_request_concurrency = var.concurrency
    labels                           = local.labels

    # New settings make a new revision.
    annotations = {
      "millrace.dev/settings" = sha256(local.settings)
    }

    scaling {
      min_instance_count = var.min_instances
      max_instance_count = var.max_instances
    }

    containers {
      image = local.image

      ports {
        container_port = 8080
      }

      resources {
        limits = {
          cpu    = tostring(var.cpu)
          memory = "${var.memory_mib}Mi"
        }
        cpu_idle          = true
        startup_cpu_boost = var.cpu_boost
      }

      # Over TCP, because the function framework answers an HTTP probe with an error.
      startup_probe {
        period_seconds    = 1
        timeout_seconds   = 1
        failure_threshold = 60
        tcp_socket {
          port = 8080
        }
      }

      env {
        name  = "MILLRACE_SETTINGS"
        value = "gs://${google_storage_bucket.state.name}/${google_storage_bucket_object.settings.name}"
      }

      # Log lines link to their request's trace with it.
      env {
        name  = "GOOGLE_CLOUD_PROJECT"
        value = var.project_id
      }

      dynamic "env" {
        for_each = var.hash_key == null ? [] : [var.hash_key]
        content {
          name = "MILLRACE_HASH_KEY"
          value_source {
            secret_key_ref {
              secret  = env.value.secret
              version = env.value.version
            }
          }
        }
      }
    }
  }

  # The first batch may come at once, and what it needs must be granted by then.
  depends_on = [
    google_project_service.this,
    data.google_artifact_registry_docker_images.pushed,
    google_bigquery_dataset_iam_member.function,
    google_project_iam_member.function,
    google_pubsub_topic_iam_member.function,
    google_secret_manager_secret_iam_member.hash_key,
    google_storage_bucket_iam_member.function,
  ]
}
