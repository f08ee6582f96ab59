# The collector: service, rights, image. Only with var.collector.

locals {
  collectors      = var.collector == null ? {} : { this = var.collector }
  collector_name  = "${local.prefix}millrace-collector"
  collector_image = coalesce(var.collector_image, "${local.repository}/function-http-to-pubsub:latest")

  # It reads its section of millrace.yaml at its start; without one it sees no bucket.
  collector_settings = try(contains(keys(yamldecode(var.settings)), "collector"), false)

  # Where the container finds each secret: folder and file are named alike.
  collector_secrets = var.collector == null ? {} : { for file, secret in {
    write-keys       = var.collector.write_keys
    suppressed-users = var.collector.suppressed_users
  } : file => secret if secret != null }

  collector_environment = var.collector == null ? {} : { for name, value in {
    MILLRACE_TOPIC                 = "projects/${var.project_id}/topics/${google_pubsub_topic.events.name}"
    MILLRACE_DEAD_LETTER_TOPIC     = "projects/${var.project_id}/topics/${google_pubsub_topic.dead["collector"].name}"
    MILLRACE_WRITE_KEYS_FILE       = "/secrets/write-keys/write-keys"
    MILLRACE_SUPPRESSED_USERS_FILE = var.collector.suppressed_users == null ? null : "/secrets/suppressed-users/suppressed-users"
    MILLRACE_SETTINGS              = local.collector_settings ? "/settings/${google_storage_bucket_object.settings.name}" : null
    MILLRACE_PUBLIC_URL            = var.collector.public_url

    # Whom a call comes from is the entry that Cloud Run, or the load balancer before it, added; others are the caller's word.
    MILLRACE_TRUSTED_PROXIES = var.collector.load_balancer ? "2" : "1"
  } : name => value if value != null }
}

resource "google_service_account" "collector" {
  for_each = local.collectors

  project      = var.project_id
  account_id   = "${local.prefix}millrace-collector"
  display_name = "Millrace: the collector"
  depends_on   = [google_project_service.this]
}

resource "google_pubsub_topic_iam_member" "collector" {
  for_each = var.collector == null ? {} : {
    events  = google_pubsub_topic.events.name
    refused = google_pubsub_topic.dead["collector"].name
  }

  project = var.project_id
  topic   = each.value
  role    = "roles/pubsub.publisher"
  member  = google_service_account.collector["this"].member
}

resource "google_secret_manager_secret_iam_member" "collector" {
  for_each = local.collector_secrets

  project   = var.project_id
  secret_id = each.value
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.collector["this"].member

  depends_on = [google_project_service.this]
}

resource "google_storage_bucket_iam_member" "collector" {
  for_each = local.collector_settings ? local.collectors : {}

  bucket = google_storage_bucket.state.name
  role   = "roles/storage.objectViewer"
  member = google_service_account.collector["this"].member
}

# Apps have no account of Google's: the write key is what lets them in.
resource "google_cloud_run_v2_service_iam_member" "callers" {
  for_each = local.collectors

  project  = var.project_id
  location = var.region
  name     = google_cloud_run_v2_service.collector["this"].name
  role     = "roles/run.invoker"
  member   = "allUsers"
}

resource "google_cloud_run_v2_service" "collector" {
  for_each = local.collectors

  project     = var.project_id
  location    = var.region
  name        = local.collector_name
  description = "Takes the calls of Segment's libraries and publishes their events."
  labels      = local.labels

  # With a load balancer nobody may pass it by: they could say of themselves what address they have.
  ingress = each.value.load_balancer ? "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" : "INGRESS_TRAFFIC_ALL"

  # It holds no data.
  deletion_protection = false

  template {
    service_account = google_service_account.collector["this"].email

    # A call has 20 s to arrive, and Pub/Sub 8 s to take it.
    timeout                          = "60s"
    max_instance_request_concurrency = each.value.concurrency
    labels                           = local.labels

    # A bucket is mounted in the second environment alone; the first starts faster.
    execution_environment = local.collector_settings ? "EXECUTION_ENVIRONMENT_GEN2" : "EXECUTION_ENVIRONMENT_GEN1"

    # New settings make a new revision. New versions of the secrets don't need one.
    annotations = {
      "millrace.dev/settings" = local.collector_settings ? sha256(local.settings) : "none"
    }

    scaling {
      min_instance_count = each.value.min_instances
      max_instance_count = each.value.max_instances
    }

    dynamic "volumes" {
      for_each = local.collector_secrets
      content {
        name = volumes.key
        secret {
          secret = volumes.value
          items {
            path    = volumes.key
            version = "latest"
          }
        }
      }
    }

    dynamic "volumes" {
      for_each = local.collector_settings ? [google_storage_bucket.state.name] : []
      content {
        name = "settings"
        gcs {
          bucket    = volumes.value
          read_only = true

          # The user that the image runs as.
          mount_options = ["uid=65532", "gid=65532"]
        }
      }
    }

    containers {
      image = local.collector_image

      ports {
        container_port = 8080
      }

      # A call is answered when Pub/Sub has its events, so that nothing is left to do between calls.
      resources {
        limits = {
          cpu    = tostring(each.value.cpu)
          memory = "${each.value.memory_mib}Mi"
        }
        cpu_idle          = true
        startup_cpu_boost = true
      }

      startup_probe {
        period_seconds    = 1
        timeout_seconds   = 1
        failure_threshold = 60
        http_get {
          path = "/health"
          port = 8080
        }
      }

      liveness_probe {
        period_seconds    = 30
        timeout_seconds   = 10
        failure_threshold = 3
        http_get {
          path = "/health"
          port = 8080
        }
      }

      dynamic "env" {
        for_each = local.collector_environment
        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "volume_mounts" {
        for_each = local.collector_secrets
        content {
          name       = volume_mounts.key
          mount_path = "/secrets/${volume_mounts.key}"
        }
      }

      dynamic "volume_mounts" {
        for_each = local.collector_settings ? ["/settings"] : []
        content {
          name       = "settings"
          mount_path = volume_mounts.value
        }
      }
    }
  }

  # It reads its files and opens its topics when it starts.
  depends_on = [
    google_project_service.this,
    data.google_artifact_registry_docker_images.pushed,
    google_pubsub_topic_iam_member.collector,
    google_secret_manager_secret_iam_member.collector,
    google_storage_bucket_iam_member.collector,
  ]
}
