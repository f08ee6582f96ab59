# What is watched, and who hears of it.

variable "alert_emails" {
  description = "Addresses that alerts go to; a notification channel is created for each."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for address in var.alert_emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", address))])
    error_message = "alert_emails must be e-mail addresses, such as oncall@example.com."
  }
}

variable "notification_channels" {
  description = "Notification channels of yours that alerts go to as well: projects/PROJECT/notificationChannels/NUMBER."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for channel in var.notification_channels : can(regex("^projects/[^/]+/notificationChannels/[0-9]+$", channel))])
    error_message = "notification_channels must be projects/PROJECT/notificationChannels/NUMBER, as `gcloud beta monitoring channels list` prints them."
  }
}

variable "no_batch_minutes" {
  description = "Minutes without a loaded batch, while events are published, after which someone is called."
  type        = number
  default     = 45
  nullable    = false

  validation {
    condition     = var.no_batch_minutes * 60 >= 2 * var.window_seconds && var.no_batch_minutes <= 1440 && floor(var.no_batch_minutes) == var.no_batch_minutes
    error_message = "no_batch_minutes must be a whole number of minutes, at least two windows (window_seconds) and at most 1440: one late batch is no reason to wake anyone."
  }
}

variable "bad_event_ratio" {
  description = "Share of bad events within an hour above which someone is told."
  type        = number
  default     = 0.01
  nullable    = false

  validation {
    condition     = var.bad_event_ratio > 0 && var.bad_event_ratio < 1
    error_message = "bad_event_ratio must be between 0 and 1, such as 0.01 for one event in a hundred."
  }
}

variable "budget" {
  description = "Monthly budget of the project, in the billing account's currency, with mails to its administrators at 50, 90 and 100 %. Needs the billing budgets API and a right on the billing account; null for none."
  type        = object({ billing_account = string, amount = number })
  default     = null

  validation {
    condition     = var.budget == null || can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.budget.billing_account))
    error_message = "budget.billing_account must be an id such as 0123AB-4567CD-89EF01, as `gcloud billing accounts list` prints it."
  }
  validation {
    condition     = var.budget == null || try(var.budget.amount >= 1 && floor(var.budget.amount) == var.budget.amount, false)
    error_message = "budget.amount must be a whole number of at least 1."
  }
}
