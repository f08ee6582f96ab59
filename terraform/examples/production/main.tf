# Two environments in one project: production with everything on, staging with short lives.

terraform {
  required_version = ">= 1.9"

  # A versioned bucket that only those who deploy can read.
  backend "gcs" {
    bucket = "my-company-terraform"
    prefix = "millrace"
  }

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 7.0, < 8"
    }
  }
}

variable "collector_image" {
  description = "The collector's image by digest."
  type        = string
}

variable "image" {
  description = "The function's image by digest, as the build printed it: what was tested in staging is what runs in production."
  type        = string
}

module "production" {
  source = "../.."

  project_id = "my-company-telemetry"
  region     = "europe-west1"
  image      = var.image

  publishers = ["shop", "web", "warehouse"]
  analysts   = ["group:analysts@example.com", "serviceAccount:dashboards@my-company-bi.iam.gserviceaccount.com"]

  # Kept for two years, most of them cold; restorable for two weeks.
  landing_retention_days   = 730
  landing_colder           = [{ after_days = 30, storage_class = "NEARLINE" }, { after_days = 120, storage_class = "COLDLINE" }]
  landing_soft_delete_days = 14

  kms_key  = "projects/my-company-keys/locations/europe-west1/keyRings/telemetry/cryptoKeys/millrace"
  settings = file("${path.module}/millrace.yaml")
  hash_key = { secret = "millrace-hash-key", version = "3" }

  # Segment's libraries call https://collect.example.com, a load balancer of the company's.
  collector       = { write_keys = "millrace-write-keys", load_balancer = true, public_url = "https://collect.example.com", min_instances = 1 }
  collector_image = var.collector_image

  alert_emails          = ["oncall@example.com"]
  notification_channels = ["projects/my-company-telemetry/notificationChannels/1234567890123456789"]
  budget                = { billing_account = "0123AB-4567CD-89EF01", amount = 500 }
  labels                = { team = "data", environment = "production" }
}

module "staging" {
  source = "../.."

  project_id  = "my-company-telemetry"
  region      = "europe-west1"
  name_prefix = "staging"
  image       = var.image

  window_seconds         = 60
  no_batch_minutes       = 15
  landing_retention_days = 7
  max_instances          = 2
  protect_data           = false
  labels                 = { team = "data", environment = "staging" }
}

output "topics" {
  description = "Where apps publish to."
  value       = { production = module.production.topic, staging = module.staging.topic }
}
