# What every deployment sets, and names. The variables of one concern are in the variables-….tf beside it.

variable "project_id" {
  description = "Id of the Google Cloud project that everything is created in."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id must be a project's id, such as my-company-telemetry (6 to 30 lower-case letters, digits and dashes); not its name and not its number."
  }
}

variable "region" {
  description = "Region of the function, the topics' clients, the buckets and, unless dataset_location says otherwise, the datasets. Can't be changed later without moving data."
  type        = string

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "region must be one region in lower case, such as europe-west1 or us-central1; a multi-region such as EU goes to bucket_location and dataset_location."
  }
}

variable "name_prefix" {
  description = "Stands before every name, as PREFIX-name, so that several environments fit one project. Can't be changed later without moving data."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^([a-z][a-z0-9-]{0,9}[a-z0-9])?$", var.name_prefix))
    error_message = "name_prefix must be empty or 2 to 11 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash, such as staging: service accounts' ids have room for no more."
  }
}

variable "labels" {
  description = "Labels for everything that takes labels, beside app = millrace."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key, value in var.labels :
      can(regex("^[a-z][a-z0-9_-]{0,62}$", key)) && can(regex("^[a-z0-9_-]{0,63}$", value))
    ])
    error_message = "labels must have keys and values of at most 63 lower-case letters, digits, _ and -; a key begins with a letter."
  }
}

variable "protect_data" {
  description = "Whether terraform destroy refuses, before it touches anything. To tear down: set it to false, apply, then destroy; the data goes with it."
  type        = bool
  default     = true
  nullable    = false
}

variable "kms_key" {
  description = "Cloud KMS key that encrypts topics, buckets and datasets; null for Google's own keys. Google's service agents are granted its use."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key == null || can(regex("^projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+$", var.kms_key))
    error_message = "kms_key must be projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY, without a version."
  }
  validation {
    condition = var.kms_key == null || try(alltrue([
      for place in [coalesce(var.bucket_location, var.region), coalesce(var.dataset_location, var.region)] :
      split("/", var.kms_key)[3] == lookup({ EU = "europe", US = "us", ASIA = "asia" }, place, lower(place))
    ]), true)
    error_message = "kms_key must be in the location of the buckets and the datasets (europe for EU, us for US, asia for ASIA); make a key ring there."
  }
}
