# The function: its image, its size, its settings.

variable "image" {
  description = "Image of the function, by digest (…@sha256:…) or tag. null takes the tag latest from the repository that this module creates, which scripts/deploy pushes to."
  type        = string
  default     = null

  validation {
    condition     = var.image == null || can(regex("^[a-z0-9.-]+(:[0-9]+)?/[a-z0-9._/-]+(@sha256:[0-9a-f]{64}|:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})$", var.image))
    error_message = "image must name a registry, a path and a tag or digest, such as europe-west1-docker.pkg.dev/PROJECT/millrace/function-storage-to-bigquery@sha256:…; scripts/deploy pushes one and prints its name."
  }
}

variable "settings" {
  description = "Text of millrace.yaml (docs/settings.md), such as file(\"millrace.yaml\"), without dataset, reconcile and ports: the module adds those."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(yamldecode(var.settings == "" ? "{}" : var.settings)) && !can(regex("(?m)^(---|\\.\\.\\.)", var.settings))
    error_message = "settings must be one YAML document without --- and ... lines; give the file's text (file(\"millrace.yaml\")), not its path."
  }
  validation {
    condition     = try(length(setintersection(keys(yamldecode(var.settings)), ["dataset", "ports", "reconcile"])) == 0, true)
    error_message = "settings must not hold dataset, reconcile or ports: they follow from the variables dataset and landing_retention_days and from the module's own names."
  }
  validation {
    condition     = length(var.settings) == 0 || can(keys(yamldecode(var.settings))) || try(yamldecode(var.settings) == null, !can(yamldecode(var.settings)))
    error_message = "settings must be a YAML mapping of settings; give the file's text (file(\"millrace.yaml\")), not its path."
  }
}

variable "hash_key" {
  description = "Secret Manager secret with the key for privacy rules that hash, given to the function as MILLRACE_HASH_KEY: its id in this project, and the version that every instance takes. null if no rule hashes."
  type        = object({ secret = string, version = optional(string, "1") })
  default     = null

  validation {
    condition     = var.hash_key == null || can(regex("^[A-Za-z0-9_-]{1,255}$", var.hash_key.secret))
    error_message = "hash_key.secret must be the id of a Secret Manager secret in this project, such as millrace-hash-key, without projects/…; never the key itself."
  }
  validation {
    condition     = var.hash_key == null || can(regex("^[1-9][0-9]*$", var.hash_key.version))
    error_message = "hash_key.version must be a version's number: with latest, instances would hash with different keys after a rotation."
  }
}

variable "concurrency" {
  description = "Batches that one instance loads at once. Each may use memory for itself: raise memory_mib with it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.concurrency >= 1 && var.concurrency <= 16 && floor(var.concurrency) == var.concurrency
    error_message = "concurrency must be a whole number from 1 to 16."
  }
}

variable "max_instances" {
  description = "Most instances at once, which bounds the cost of a replay. What doesn't fit waits in Pub/Sub."
  type        = number
  default     = 20
  nullable    = false

  validation {
    condition     = var.max_instances >= 1 && var.max_instances <= 1000 && floor(var.max_instances) == var.max_instances
    error_message = "max_instances must be a whole number from 1 to 1000."
  }
}

variable "min_instances" {
  description = "Instances that are kept warm. 0 costs nothing between batches; a cold start takes seconds of a window of minutes."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.min_instances >= 0 && var.min_instances <= var.max_instances && floor(var.min_instances) == var.min_instances
    error_message = "min_instances must be a whole number from 0 to max_instances."
  }
}

variable "memory_mib" {
  description = "Memory of an instance in MiB. A batch of 1 GiB is loaded in 512; the rest is for many tables and for Google's clients."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    condition     = var.memory_mib >= 512 && var.memory_mib <= 32768 && floor(var.memory_mib) == var.memory_mib
    error_message = "memory_mib must be a whole number from 512 to 32768: the JVM with Google's clients does not fit in less."
  }
  validation {
    condition     = var.memory_mib <= lookup({ 1 = 4096, 2 = 8192, 4 = 16384, 8 = 32768 }, var.cpu, 32768)
    error_message = "memory_mib must be at most 4096 for each of cpu: raise cpu with it (Cloud Run gives 4 GiB a core)."
  }
  validation {
    condition     = var.memory_mib >= lookup({ 4 = 2048, 8 = 4096 }, var.cpu, 0)
    error_message = "memory_mib must be at least 2048 with a cpu of 4, and 4096 with 8: Cloud Run takes no less."
  }
}

variable "cpu" {
  description = "Cores of an instance: one core normalises tens of MiB a second, and load jobs need none."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([1, 2, 4, 8], var.cpu)
    error_message = "cpu must be 1, 2, 4 or 8."
  }
}

variable "cpu_boost" {
  description = "Whether an instance gets more cores while it starts, which about halves a JVM's start."
  type        = bool
  default     = true
  nullable    = false
}

variable "reconcile_schedule" {
  description = "When the function looks for batches that were never loaded: a cron line, in UTC."
  type        = string
  default     = "17 * * * *"
  nullable    = false

  validation {
    condition     = can(regex("^([0-9*/,A-Za-z-]+ +){4}[0-9*/,A-Za-z-]+$", var.reconcile_schedule))
    error_message = "reconcile_schedule must be five fields of cron, such as \"17 * * * *\" for every hour."
  }
}
