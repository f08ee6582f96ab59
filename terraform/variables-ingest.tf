# Events in: the topic, its subscription, the buckets.

variable "topic_name" {
  description = "Name of the topic that apps publish events to; name_prefix comes before it."
  type        = string
  default     = "telemetry_data_tera"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9._~+%-]{2,199}$", var.topic_name)) && !startswith(lower(var.topic_name), "goog")
    error_message = "topic_name must be 3 to 200 letters, digits and -._~+%, beginning with a letter and not with goog: the name alone, without projects/…/topics/."
  }
}

variable "subscription_name" {
  description = "Name of the Cloud Storage subscription that batches events into the landing bucket; name_prefix comes before it."
  type        = string
  default     = "push_sub_storage"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9._~+%-]{2,199}$", var.subscription_name)) && !startswith(lower(var.subscription_name), "goog")
    error_message = "subscription_name must be 3 to 200 letters, digits and -._~+%, beginning with a letter and not with goog: the name alone, without projects/…/subscriptions/."
  }
}

variable "publishers" {
  description = "Groups of apps that publish. Each gets a service account of its own, which may publish to the topic and do nothing else."
  type        = set(string)
  default     = ["app"]
  nullable    = false

  validation {
    condition     = alltrue([for group in var.publishers : can(regex("^[a-z0-9]([a-z0-9-]{0,14}[a-z0-9])?$", group))])
    error_message = "publishers must be names of at most 16 lower-case letters, digits and inner dashes, such as web: they become part of a service account's id."
  }
  validation {
    condition     = alltrue([for group in var.publishers : length("${var.name_prefix == "" ? "" : "${var.name_prefix}-"}millrace-pub-${group}") <= 30])
    error_message = "publishers must leave a service account's id, PREFIX-millrace-pub-GROUP, within 30 characters: shorten the group's name or name_prefix."
  }
}

variable "batch_prefix" {
  description = "Beginning of every batch object's name."
  type        = string
  default     = "telemetry-"
  nullable    = false

  validation {
    condition     = length(var.batch_prefix) <= 100 && can(regex("^[A-Za-z0-9/_.=-]*$", var.batch_prefix)) && !startswith(var.batch_prefix, "/")
    error_message = "batch_prefix must be at most 100 letters, digits and /_.=-, not beginning with a slash."
  }
}

variable "batch_format" {
  description = "avro keeps each message's id and publish time beside its bytes; text keeps the bytes alone, so that redelivered messages can't be told by their id."
  type        = string
  default     = "avro"
  nullable    = false

  validation {
    condition     = contains(["avro", "text"], var.batch_format)
    error_message = "batch_format must be avro or text."
  }
}

variable "window_seconds" {
  description = "Longest time that events are gathered before their batch is written. Shorter means fresher tables, and more batches: see the quotas in docs/operate.md."
  type        = number
  default     = 600
  nullable    = false

  validation {
    condition     = var.window_seconds >= 60 && var.window_seconds <= 600 && floor(var.window_seconds) == var.window_seconds
    error_message = "window_seconds must be a whole number from 60 to 600: Pub/Sub writes a batch after 1 to 10 minutes."
  }
}

variable "batch_mib" {
  description = "Size in MiB at which a batch is written before its window ends."
  type        = number
  default     = 256
  nullable    = false

  validation {
    condition     = var.batch_mib >= 1 && var.batch_mib <= 1024 && floor(var.batch_mib) == var.batch_mib
    error_message = "batch_mib must be a whole number from 1 to 1024: a larger batch can't be loaded within a push's 600 seconds."
  }
}

variable "message_retention_days" {
  description = "How long an event waits in the subscription while the landing bucket can't be written. Costs nothing while it can."
  type        = number
  default     = 31
  nullable    = false

  validation {
    condition     = var.message_retention_days >= 1 && var.message_retention_days <= 31 && floor(var.message_retention_days) == var.message_retention_days
    error_message = "message_retention_days must be a whole number from 1 to 31: Pub/Sub keeps nothing longer."
  }
}

variable "bucket_location" {
  description = "Location of the buckets: the region (null), or the multi-region or dual-region that holds it, such as EU."
  type        = string
  default     = null

  validation {
    condition = var.bucket_location == null || try(
      lower(var.bucket_location) == var.region ||
      contains(lookup({
        us = ["US", "NAM4"], europe = ["EU", "EUR4", "EUR5", "EUR7", "EUR8"], asia = ["ASIA", "ASIA1"]
      }, split("-", var.region)[0], []), var.bucket_location),
      false
    )
    error_message = "bucket_location must be the region, or a multi-region or dual-region around it in capitals (US, NAM4; EU, EUR4, EUR5, EUR7, EUR8; ASIA, ASIA1): the function and its buckets belong together."
  }
}

variable "landing_retention_days" {
  description = "Days after which a batch is deleted from the landing bucket; 0 keeps batches for ever. What is deleted can't be replayed."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.landing_retention_days == 0 || (var.landing_retention_days >= 7 && floor(var.landing_retention_days) == var.landing_retention_days)
    error_message = "landing_retention_days must be 0 (for ever) or a whole number of at least 7: a batch must outlive the notices of it."
  }
}

variable "landing_colder" {
  description = "Storage classes that batches move to with age, such as [{ after_days = 30, storage_class = \"NEARLINE\" }]."
  type        = list(object({ after_days = number, storage_class = string }))
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for rule in var.landing_colder : contains(["NEARLINE", "COLDLINE", "ARCHIVE"], rule.storage_class)])
    error_message = "landing_colder must name NEARLINE, COLDLINE or ARCHIVE as storage_class."
  }
  validation {
    condition     = alltrue([for rule in var.landing_colder : rule.after_days >= 1 && (var.landing_retention_days == 0 || rule.after_days < var.landing_retention_days)])
    error_message = "landing_colder must have after_days of at least 1 and below landing_retention_days: a batch that is deleted has no class."
  }
}

variable "landing_soft_delete_days" {
  description = "Days for which a deleted batch can be restored; 0 for not at all. They are billed as if it were there."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.landing_soft_delete_days == 0 || (var.landing_soft_delete_days >= 7 && var.landing_soft_delete_days <= 90 && floor(var.landing_soft_delete_days) == var.landing_soft_delete_days)
    error_message = "landing_soft_delete_days must be 0 or a whole number from 7 to 90: Cloud Storage takes nothing between."
  }
}
