# The datasets, and who reads them.

variable "dataset" {
  description = "Dataset of the event tables; the deduplicated views are in DATASET_unique. name_prefix comes before it, as prefix_, with _ for -."
  type        = string
  default     = "telemetry"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z_][A-Za-z0-9_]{0,499}$", var.dataset)) && !endswith(var.dataset, "_unique")
    error_message = "dataset must be letters, digits and _, no digit first, not ending with _unique, such as telemetry: BigQuery takes no dashes in it."
  }
}

variable "dataset_location" {
  description = "Location of the datasets: the region (null), or US or EU around it."
  type        = string
  default     = null

  validation {
    condition = var.dataset_location == null || try(
      lower(var.dataset_location) == var.region ||
      var.dataset_location == lookup({ us = "US", europe = "EU" }, split("-", var.region)[0], ""),
      false
    )
    error_message = "dataset_location must be the region, or US or EU (in capitals) around it: BigQuery loads only from buckets of its own location."
  }
}

variable "analysts" {
  description = "Who reads the tables and views: members such as group:analysts@example.com. They may run queries and see no bucket."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for member in var.analysts : can(regex("^((user|group|serviceAccount|domain):[^:\\s]+|(principal|principalSet)://iam\\.googleapis\\.com/\\S+)$", member))])
    error_message = "analysts must be members with their kind, such as group:analysts@example.com or user:ann@example.com; allUsers and allAuthenticatedUsers are refused, for events are personal data."
  }
}
