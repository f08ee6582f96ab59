# The collector, which takes the calls of Segment's libraries over HTTP. Off unless asked for.

variable "collector" {
  description = <<-TEXT
    Switches the collector on (docs/segment.md): a public HTTP service that takes Segment's tracking API and publishes to the topic. null for none.
      write_keys: id of the Secret Manager secret, in this project, that holds {"<write key>": "<source>"}; its newest version counts.
      suppressed_users: id of the secret with the user ids whose events must not be stored, one a line; null for none.
      public_url: where libraries reach it, such as https://collect.example.com, which they then learn from their settings document.
      load_balancer: whether a load balancer of yours stands before it; the service then takes calls from nowhere else.
      concurrency: calls that one instance answers at once. At 80, full batches of 500 KB (three times that each) fit the third of the heap that they get.
      min_instances: instances kept warm. 0 costs nothing while nobody calls; a cold start takes a second or two, and libraries wait for ten.
      max_instances: most instances at once, which bounds what a flood of calls can cost. Beyond it callers get 429, and send again.
      memory_mib, cpu: of an instance. One core answers thousands of events a second.
  TEXT
  type = object({
    write_keys       = string
    suppressed_users = optional(string)
    public_url       = optional(string)
    load_balancer    = optional(bool, false)
    concurrency      = optional(number, 80)
    min_instances    = optional(number, 0)
    max_instances    = optional(number, 20)
    memory_mib       = optional(number, 1024)
    cpu              = optional(number, 1)
  })
  default = null

  validation {
    condition     = var.collector == null || can(regex("^[A-Za-z0-9_-]{1,255}$", var.collector.write_keys))
    error_message = "collector.write_keys must be the id of a Secret Manager secret in this project, such as millrace-write-keys, without projects/…; never the keys themselves."
  }
  validation {
    condition     = try(var.collector.suppressed_users, null) == null || can(regex("^[A-Za-z0-9_-]{1,255}$", var.collector.suppressed_users))
    error_message = "collector.suppressed_users must be the id of a Secret Manager secret in this project, such as millrace-suppressed-users, without projects/…; never the ids themselves."
  }
  validation {
    condition     = try(var.collector.suppressed_users, null) == null || try(var.collector.suppressed_users != var.collector.write_keys, true)
    error_message = "collector.suppressed_users must be another secret than collector.write_keys: one holds user ids, the other write keys."
  }
  validation {
    condition     = try(var.collector.public_url, null) == null || can(regex("^https://[^\\s/?#]+(/[^\\s?#]*[^\\s?#/])?$", var.collector.public_url))
    error_message = "collector.public_url must be an address such as https://collect.example.com, without a slash at its end."
  }
  validation {
    condition     = var.collector == null || try(var.collector.concurrency >= 1 && var.collector.concurrency <= 250 && floor(var.collector.concurrency) == var.collector.concurrency, false)
    error_message = "collector.concurrency must be a whole number from 1 to 250: on older JDKs the server has 256 threads."
  }
  validation {
    condition     = var.collector == null || try(var.collector.max_instances >= 1 && var.collector.max_instances <= 1000 && floor(var.collector.max_instances) == var.collector.max_instances, false)
    error_message = "collector.max_instances must be a whole number from 1 to 1000."
  }
  validation {
    condition     = var.collector == null || try(var.collector.min_instances >= 0 && var.collector.min_instances <= var.collector.max_instances && floor(var.collector.min_instances) == var.collector.min_instances, false)
    error_message = "collector.min_instances must be a whole number from 0 to collector.max_instances."
  }
  validation {
    condition     = var.collector == null || try(contains([1, 2, 4], var.collector.cpu), false)
    error_message = "collector.cpu must be 1, 2 or 4: more instances do more than larger ones."
  }
  validation {
    condition     = var.collector == null || try(var.collector.memory_mib >= 512 && floor(var.collector.memory_mib) == var.collector.memory_mib, false)
    error_message = "collector.memory_mib must be a whole number of at least 512: the JVM with Google's client does not fit in less."
  }
  validation {
    condition     = var.collector == null || try(var.collector.memory_mib <= 4096 * var.collector.cpu && var.collector.memory_mib >= (var.collector.cpu == 4 ? 2048 : 0), true)
    error_message = "collector.memory_mib must be at most 4096 for each of collector.cpu, and at least 2048 with 4: Cloud Run takes nothing else."
  }
}

variable "collector_image" {
  description = "Image of the collector, by digest (…@sha256:…) or tag. null takes the tag latest from the repository that this module creates, which scripts/deploy pushes to."
  type        = string
  default     = null

  validation {
    condition     = var.collector_image == null || can(regex("^[a-z0-9.-]+(:[0-9]+)?/[a-z0-9._/-]+(@sha256:[0-9a-f]{64}|:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})$", var.collector_image))
    error_message = "collector_image must name a registry, a path and a tag or digest, such as europe-west1-docker.pkg.dev/PROJECT/millrace/function-http-to-pubsub@sha256:…; scripts/deploy pushes one and prints its name."
  }
}
