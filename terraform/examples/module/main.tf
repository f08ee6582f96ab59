# Millrace as a module of a configuration of yours, with the least that it takes.

terraform {
  required_version = ">= 1.9"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 7.0, < 8"
    }
  }
}

module "millrace" {
  source = "../.."

  project_id = "my-company-telemetry"
  region     = "us-central1"
}

# An app that runs as the account of its group, and knows where to publish.
resource "google_cloud_run_v2_service" "shop" {
  project             = "my-company-telemetry"
  location            = "us-central1"
  name                = "shop"
  deletion_protection = false

  template {
    service_account = module.millrace.publisher_accounts["app"]
    containers {
      image = "us-docker.pkg.dev/cloudrun/container/hello"
      env {
        name  = "TELEMETRY_TOPIC"
        value = module.millrace.topic
      }
    }
  }
}
