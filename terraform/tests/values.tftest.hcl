# What Google is sent. Plans only, with the real provider and no network.

provider "google" {
  access_token = "offline"
}

override_data {
  target = data.google_project.this
  values = { number = "123456789012" }
}

override_data {
  target = data.google_storage_project_service_account.this
  values = {
    email_address = "service-123456789012@gs-project-accounts.iam.gserviceaccount.com"
    member        = "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com"
  }
}

override_data {
  target = data.google_secret_manager_secret.given
  values = { name = "projects/123456789012/secrets/s" }
}

variables {
  project_id = "my-project"
  region     = "europe-west1"
}

run "events_become_batches" {
  command = plan

  assert {
    condition     = google_pubsub_topic.events.name == "telemetry_data_tera" && google_pubsub_subscription.events.name == "push_sub_storage"
    error_message = "The topic and its subscription have other names than apps and people know them by."
  }
  assert {
    condition = (
      google_pubsub_subscription.events.cloud_storage_config[0].filename_prefix == "telemetry-" &&
      google_pubsub_subscription.events.cloud_storage_config[0].filename_suffix == ".avro" &&
      google_pubsub_subscription.events.cloud_storage_config[0].bucket == "my-project-millrace-landing"
    )
    error_message = "Batches go elsewhere, or have other names."
  }
  assert {
    condition     = google_pubsub_subscription.events.cloud_storage_config[0].max_duration == "600s" && google_pubsub_subscription.events.cloud_storage_config[0].max_bytes == 268435456
    error_message = "The window is not 10 minutes or 256 MiB."
  }
  assert {
    condition     = google_pubsub_subscription.events.ack_deadline_seconds >= tonumber(trimsuffix(google_pubsub_subscription.events.cloud_storage_config[0].max_duration, "s"))
    error_message = "The window is longer than the acknowledgement deadline, which Pub/Sub refuses."
  }
  assert {
    condition     = google_pubsub_subscription.events.cloud_storage_config[0].avro_config[0].write_metadata
    error_message = "Batches are not Avro with metadata: message ids and publish times are lost."
  }
  assert {
    condition     = google_pubsub_subscription.events.expiration_policy[0].ttl == "" && google_pubsub_subscription.events.message_retention_duration == "2678400s"
    error_message = "The subscription expires, or keeps events for less than 31 days."
  }
  assert {
    condition     = google_pubsub_subscription.events.dead_letter_policy[0].max_delivery_attempts == 100 && google_pubsub_topic.dead["events"].name == "telemetry_data_tera-dead"
    error_message = "Events that can't be written have no dead letters of their own."
  }
}

run "text_batches_have_no_avro" {
  command = plan
  variables {
    batch_format   = "text"
    window_seconds = 60
    batch_mib      = 1024
  }

  assert {
    condition = (
      length(google_pubsub_subscription.events.cloud_storage_config[0].avro_config) == 0 &&
      google_pubsub_subscription.events.cloud_storage_config[0].filename_suffix == ".jsonl" &&
      google_pubsub_subscription.events.cloud_storage_config[0].max_duration == "60s" &&
      google_pubsub_subscription.events.cloud_storage_config[0].max_bytes == 1073741824
    )
    error_message = "Text batches are not what was asked for."
  }
}

run "dead_letters_are_kept" {
  command = plan

  assert {
    condition = alltrue([
      for subscription in google_pubsub_subscription.dead :
      subscription.message_retention_duration == "2678400s" && subscription.expiration_policy[0].ttl == ""
    ]) && length(google_pubsub_subscription.dead) == 2
    error_message = "Dead letters are not kept for 31 days, or their subscription expires."
  }
}

run "a_batch_reaches_the_function" {
  command = plan

  assert {
    condition = (
      google_storage_notification.batches.bucket == "my-project-millrace-landing" &&
      google_storage_notification.batches.payload_format == "JSON_API_V1" &&
      google_storage_notification.batches.event_types == toset(["OBJECT_FINALIZE"])
    )
    error_message = "New objects of the landing bucket are not told as the function reads it."
  }
  assert {
    condition     = google_pubsub_subscription.batches.ack_deadline_seconds == 600 && google_cloud_run_v2_service.function.template[0].timeout == "600s"
    error_message = "A push or the service waits less than 600 s for a batch."
  }
  assert {
    condition = (
      google_pubsub_subscription.batches.dead_letter_policy[0].max_delivery_attempts == 100 &&
      google_pubsub_subscription.batches.retry_policy[0].minimum_backoff == "10s" &&
      google_pubsub_subscription.batches.retry_policy[0].maximum_backoff == "600s" &&
      google_pubsub_subscription.batches.message_retention_duration == "604800s" &&
      google_pubsub_subscription.batches.expiration_policy[0].ttl == ""
    )
    error_message = "A notice is not tried 100 times over most of a day, or the subscription expires."
  }
  assert {
    condition     = google_pubsub_subscription.batches.push_config[0].oidc_token[0].service_account_email == "millrace-pusher@my-project.iam.gserviceaccount.com"
    error_message = "Pushes don't come as the pushing account."
  }
  assert {
    condition     = length(google_pubsub_subscription.batches.push_config[0].no_wrapper) == 0
    error_message = "Pushes come unwrapped."
  }
}

run "reconcile_is_scheduled" {
  command = plan

  assert {
    condition = (
      google_cloud_scheduler_job.reconcile.schedule == "17 * * * *" &&
      google_cloud_scheduler_job.reconcile.time_zone == "Etc/UTC" &&
      google_cloud_scheduler_job.reconcile.attempt_deadline == "600s" &&
      google_cloud_scheduler_job.reconcile.http_target[0].http_method == "POST" &&
      google_cloud_scheduler_job.reconcile.http_target[0].oidc_token[0].service_account_email == "millrace-scheduler@my-project.iam.gserviceaccount.com"
    )
    error_message = "reconcile does not run every hour, as the scheduler's account."
  }
}

run "the_function_runs_as_it_must" {
  command = plan
  variables {
    image = "europe-west1-docker.pkg.dev/my-project/millrace/function-storage-to-bigquery@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }

  assert {
    condition     = google_cloud_run_v2_service.function.template[0].containers[0].image == "europe-west1-docker.pkg.dev/my-project/millrace/function-storage-to-bigquery@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    error_message = "The service runs another image."
  }
  assert {
    condition     = google_cloud_run_v2_service.function.ingress == "INGRESS_TRAFFIC_INTERNAL_ONLY" && google_cloud_run_v2_service.function.template[0].service_account == "millrace-function@my-project.iam.gserviceaccount.com"
    error_message = "The service is open to the internet, or runs as another account."
  }
  assert {
    condition     = google_cloud_run_v2_service.function.template[0].max_instance_request_concurrency == 1 && google_cloud_run_v2_service.function.template[0].scaling[0].max_instance_count == 20 && google_cloud_run_v2_service.function.template[0].scaling[0].min_instance_count == 0
    error_message = "An instance takes more than one batch, or there are not 0 to 20 of them."
  }
  assert {
    condition = (
      google_cloud_run_v2_service.function.template[0].containers[0].resources[0].limits == tomap({ cpu = "1", memory = "1024Mi" }) &&
      google_cloud_run_v2_service.function.template[0].containers[0].resources[0].startup_cpu_boost &&
      google_cloud_run_v2_service.function.template[0].containers[0].resources[0].cpu_idle
    )
    error_message = "The instance's size, its boost at start, or billing by request has changed."
  }
  assert {
    condition     = google_cloud_run_v2_service.function.template[0].containers[0].startup_probe[0].tcp_socket[0].port == 8080
    error_message = "The start is not probed over TCP: the function framework answers an HTTP probe with an error."
  }
  assert {
    condition     = { for env in google_cloud_run_v2_service.function.template[0].containers[0].env : env.name => env.value } == { MILLRACE_SETTINGS = "gs://my-project-millrace-state/millrace.yaml", GOOGLE_CLOUD_PROJECT = "my-project" }
    error_message = "The function isn't told where its settings are, or in which project its traces are."
  }
}

run "without_an_image_it_is_the_latest_pushed" {
  command = plan

  assert {
    condition     = google_cloud_run_v2_service.function.template[0].containers[0].image == "europe-west1-docker.pkg.dev/my-project/millrace/function-storage-to-bigquery:latest"
    error_message = "The default image is not the one that scripts/deploy pushes."
  }
}

run "settings_hold_the_file_and_the_ports" {
  command = plan
  variables {
    settings = "max_nesting: 2\n"
  }

  assert {
    condition = yamldecode(google_storage_bucket_object.settings.content) == {
      max_nesting = 2
      dataset     = "telemetry"
      reconcile   = { landing_retention = "30 days" }
      ports = {
        kind                = "google"
        project             = "my-project"
        location            = "europe-west1"
        landing_bucket      = "my-project-millrace-landing"
        staging_bucket      = "my-project-millrace-staging"
        state_bucket        = "my-project-millrace-state"
        notice_topic        = "millrace-batches"
        schema_change_topic = "millrace-schema-changes"
      }
    }
    error_message = "millrace.yaml is not the given settings and the module's own names."
  }
  assert {
    condition     = startswith(google_storage_bucket_object.settings.content, "max_nesting: 2\n")
    error_message = "The given settings don't begin at line 1, so that errors name other lines than the file has."
  }
  assert {
    condition     = google_cloud_run_v2_service.function.template[0].annotations["millrace.dev/settings"] == sha256(google_storage_bucket_object.settings.content)
    error_message = "A change of the settings doesn't roll the service."
  }
}

run "the_hash_key_is_a_secret" {
  command = plan
  variables {
    hash_key = { secret = "millrace-hash-key", version = "3" }
  }

  assert {
    condition = one([
      for env in google_cloud_run_v2_service.function.template[0].containers[0].env :
      "${env.value_source[0].secret_key_ref[0].secret} ${env.value_source[0].secret_key_ref[0].version}" if env.name == "MILLRACE_HASH_KEY"
    ]) == "millrace-hash-key 3"
    error_message = "The function doesn't get its hash key from Secret Manager."
  }
}

run "buckets_are_closed_and_live_as_they_should" {
  command = plan
  variables {
    landing_colder = [{ after_days = 10, storage_class = "NEARLINE" }]
  }

  assert {
    condition = alltrue([
      for bucket in [google_storage_bucket.landing, google_storage_bucket.staging, google_storage_bucket.state] :
      bucket.uniform_bucket_level_access && bucket.public_access_prevention == "enforced" && !bucket.force_destroy && bucket.location == "EUROPE-WEST1"
    ])
    error_message = "A bucket could become public, is destroyed with its data, or is in another place."
  }
  assert {
    condition = toset([
      for rule in google_storage_bucket.landing.lifecycle_rule :
      "${one(rule.action).type} ${one(rule.condition).age}"
    ]) == toset(["Delete 30", "SetStorageClass 10"])
    error_message = "The landing bucket doesn't keep batches for 30 days."
  }
  assert {
    condition     = [for rule in google_storage_bucket.staging.lifecycle_rule : "${one(rule.action).type} ${one(rule.condition).age}"] == ["Delete 40"]
    error_message = "The staging bucket doesn't outlive the notices."
  }
  assert {
    condition     = length(google_storage_bucket.state.lifecycle_rule) == 0 && google_storage_bucket.state.versioning[0].enabled
    error_message = "The state bucket deletes, or keeps no versions."
  }
  assert {
    condition = (
      google_storage_bucket.landing.soft_delete_policy[0].retention_duration_seconds == 604800 &&
      google_storage_bucket.staging.soft_delete_policy[0].retention_duration_seconds == 0
    )
    error_message = "Deleted batches can't be restored for 7 days, or deleted parts are billed."
  }
}

run "batches_may_be_kept_for_ever" {
  command = plan
  variables {
    landing_retention_days   = 0
    landing_soft_delete_days = 0
  }

  assert {
    condition     = length(google_storage_bucket.landing.lifecycle_rule) == 0 && google_storage_bucket.landing.soft_delete_policy[0].retention_duration_seconds == 0
    error_message = "A rule deletes batches that should be kept for ever."
  }
}

run "datasets_are_where_the_events_are" {
  command = plan

  assert {
    condition = (
      google_bigquery_dataset.events.dataset_id == "telemetry" &&
      google_bigquery_dataset.unique.dataset_id == "telemetry_unique" &&
      google_bigquery_dataset.events.location == "europe-west1" &&
      google_bigquery_dataset.unique.location == "europe-west1"
    )
    error_message = "The datasets have other names, or are in another place."
  }
  assert {
    condition = alltrue([
      for dataset in [google_bigquery_dataset.events, google_bigquery_dataset.unique] :
      !dataset.delete_contents_on_destroy && dataset.default_table_expiration_ms == null && dataset.default_partition_expiration_ms == null
    ])
    error_message = "Tables expire, or are destroyed with the dataset."
  }
}

run "a_prefix_makes_a_second_environment" {
  command = plan
  variables {
    name_prefix = "staging"
    collector   = { write_keys = "write-keys" }
    labels      = { team = "data" }
  }

  assert {
    condition = alltrue([
      for labelled in concat(
        [for topic in concat([google_pubsub_topic.events, google_pubsub_topic.batches, google_pubsub_topic.schema_changes], values(google_pubsub_topic.dead)) : topic.labels],
        [for subscription in concat([google_pubsub_subscription.events, google_pubsub_subscription.batches], values(google_pubsub_subscription.dead)) : subscription.labels],
        [for bucket in [google_storage_bucket.landing, google_storage_bucket.staging, google_storage_bucket.state] : bucket.labels],
        [for dataset in [google_bigquery_dataset.events, google_bigquery_dataset.unique] : dataset.labels],
        [for service in concat([google_cloud_run_v2_service.function], values(google_cloud_run_v2_service.collector)) : service.labels],
        [for policy in google_monitoring_alert_policy.this : policy.user_labels],
        [google_artifact_registry_repository.this.labels],
      ) : labelled == tomap({ app = "millrace", team = "data" })
    ])
    error_message = "Something can't be found by its labels on the bill."
  }

  assert {
    condition = alltrue([
      for name in concat(
        [for topic in [google_pubsub_topic.events, google_pubsub_topic.batches, google_pubsub_topic.schema_changes] : topic.name],
        [for topic in google_pubsub_topic.dead : topic.name],
        [for subscription in google_pubsub_subscription.dead : subscription.name],
        [google_pubsub_subscription.events.name, google_pubsub_subscription.batches.name],
        [for account in [google_service_account.function, google_service_account.pusher, google_service_account.scheduler] : account.account_id],
        [for account in merge(google_service_account.publishers, google_service_account.collector) : account.account_id],
        [google_cloud_run_v2_service.function.name, google_cloud_run_v2_service.collector["this"].name, google_cloud_scheduler_job.reconcile.name, google_artifact_registry_repository.this.repository_id],
        [for policy in google_monitoring_alert_policy.this : policy.display_name],
        [jsondecode(google_monitoring_dashboard.this.dashboard_json).displayName],
      ) : startswith(name, "staging-")
    ])
    error_message = "Something would clash with the first environment."
  }
  assert {
    condition = alltrue([
      for name in concat(
        [google_bigquery_dataset.events.dataset_id, google_bigquery_dataset.unique.dataset_id, google_logging_metric.batches.name, google_logging_metric.errors.name],
        [for metric in google_logging_metric.figures : metric.name],
      ) : startswith(name, "staging_")
    ])
    error_message = "A dataset or a metric would clash with the first environment."
  }
  assert {
    condition     = alltrue([for bucket in [google_storage_bucket.landing, google_storage_bucket.staging, google_storage_bucket.state] : startswith(bucket.name, "my-project-staging-")])
    error_message = "A bucket would clash with the first environment."
  }
}

run "a_key_encrypts_all_that_holds_events" {
  command = plan
  variables {
    kms_key = "projects/keys/locations/europe-west1/keyRings/telemetry/cryptoKeys/millrace"
  }

  override_data {
    target = data.google_bigquery_default_service_account.this
    values = {
      email  = "bq-123456789012@bigquery-encryption.iam.gserviceaccount.com"
      member = "serviceAccount:bq-123456789012@bigquery-encryption.iam.gserviceaccount.com"
    }
  }

  assert {
    condition = alltrue(concat(
      [for topic in concat([google_pubsub_topic.events, google_pubsub_topic.batches, google_pubsub_topic.schema_changes], values(google_pubsub_topic.dead)) : topic.kms_key_name == var.kms_key],
      [for bucket in [google_storage_bucket.landing, google_storage_bucket.staging, google_storage_bucket.state] : bucket.encryption[0].default_kms_key_name == var.kms_key],
      [for dataset in [google_bigquery_dataset.events, google_bigquery_dataset.unique] : dataset.default_encryption_configuration[0].kms_key_name == var.kms_key],
    ))
    error_message = "Something that holds events is not encrypted with the key."
  }
}

run "without_protection_the_data_goes_too" {
  command = plan
  variables {
    protect_data = false
  }

  assert {
    condition = (
      alltrue([for bucket in [google_storage_bucket.landing, google_storage_bucket.staging, google_storage_bucket.state] : bucket.force_destroy]) &&
      alltrue([for dataset in [google_bigquery_dataset.events, google_bigquery_dataset.unique] : dataset.delete_contents_on_destroy])
    )
    error_message = "Data stops the destroy that was asked for."
  }
}

run "without_the_switch_there_is_no_collector" {
  command = plan

  assert {
    condition = (
      length(google_cloud_run_v2_service.collector) == 0 &&
      length(google_cloud_run_v2_service_iam_member.callers) == 0 &&
      length(google_service_account.collector) == 0 &&
      output.collector_image == null && output.collector_uri == null && output.collector_account == null
    )
    error_message = "Something is open to the internet, or made for it, that nobody asked for."
  }
}

run "the_collector_runs_as_it_must" {
  command = plan
  variables {
    collector = { write_keys = "write-keys" }
  }

  assert {
    condition = (
      google_cloud_run_v2_service.collector["this"].ingress == "INGRESS_TRAFFIC_ALL" &&
      google_cloud_run_v2_service_iam_member.callers["this"].member == "allUsers" &&
      google_cloud_run_v2_service_iam_member.callers["this"].name == "millrace-collector"
    )
    error_message = "Apps can't call it."
  }
  assert {
    condition = (
      google_cloud_run_v2_service.collector["this"].template[0].service_account == "millrace-collector@my-project.iam.gserviceaccount.com" &&
      google_cloud_run_v2_service.collector["this"].template[0].containers[0].image == "europe-west1-docker.pkg.dev/my-project/millrace/function-http-to-pubsub:latest"
    )
    error_message = "It runs as another account, or another image than the one that scripts/deploy pushes."
  }
  assert {
    condition = { for env in google_cloud_run_v2_service.collector["this"].template[0].containers[0].env : env.name => env.value } == {
      MILLRACE_TOPIC             = "projects/my-project/topics/telemetry_data_tera"
      MILLRACE_DEAD_LETTER_TOPIC = "projects/my-project/topics/millrace-collector-dead"
      MILLRACE_WRITE_KEYS_FILE   = "/secrets/write-keys/write-keys"
      MILLRACE_TRUSTED_PROXIES   = "1"
    }
    error_message = "The collector isn't told where its topics and its keys are, or whose word to take for a caller's address."
  }
  assert {
    condition = (
      length(google_cloud_run_v2_service.collector["this"].template[0].volumes) == 1 &&
      google_cloud_run_v2_service.collector["this"].template[0].volumes[0].secret[0].secret == "write-keys" &&
      [for item in google_cloud_run_v2_service.collector["this"].template[0].volumes[0].secret[0].items : "${item.path} ${item.version}"] == ["write-keys latest"] &&
      [for mount in google_cloud_run_v2_service.collector["this"].template[0].containers[0].volume_mounts : "${mount.name} ${mount.mount_path}"] == ["write-keys /secrets/write-keys"]
    )
    error_message = "The newest write keys are not where the collector reads them, or it is shown more than those."
  }
  assert {
    condition     = length(google_storage_bucket_iam_member.collector) == 0
    error_message = "It may read a bucket that it doesn't need."
  }
  assert {
    condition = (
      google_cloud_run_v2_service.collector["this"].template[0].max_instance_request_concurrency == 80 &&
      google_cloud_run_v2_service.collector["this"].template[0].timeout == "60s" &&
      google_cloud_run_v2_service.collector["this"].template[0].scaling[0].min_instance_count == 0 &&
      google_cloud_run_v2_service.collector["this"].template[0].scaling[0].max_instance_count == 20 &&
      google_cloud_run_v2_service.collector["this"].template[0].containers[0].resources[0].limits == tomap({ cpu = "1", memory = "1024Mi" }) &&
      google_cloud_run_v2_service.collector["this"].template[0].containers[0].resources[0].cpu_idle &&
      google_cloud_run_v2_service.collector["this"].template[0].containers[0].resources[0].startup_cpu_boost
    )
    error_message = "The instances' number or size, their boost at start, or billing by request has changed."
  }
  assert {
    condition = (
      google_cloud_run_v2_service.collector["this"].template[0].containers[0].startup_probe[0].http_get[0].path == "/health" &&
      google_cloud_run_v2_service.collector["this"].template[0].containers[0].liveness_probe[0].http_get[0].path == "/health"
    )
    error_message = "Cloud Run doesn't ask the collector itself whether it works."
  }
  assert {
    condition     = google_cloud_run_v2_service.collector["this"].template[0].execution_environment == "EXECUTION_ENVIRONMENT_GEN1"
    error_message = "It starts slowly for a mount that it doesn't have."
  }
}

run "the_collectors_refusals_are_kept_and_told" {
  command = plan
  variables {
    collector = { write_keys = "write-keys" }
  }

  assert {
    condition = (
      google_pubsub_topic.dead["collector"].name == "millrace-collector-dead" &&
      google_pubsub_subscription.dead["collector"].message_retention_duration == "2678400s" &&
      google_pubsub_subscription.dead["collector"].expiration_policy[0].ttl == ""
    )
    error_message = "What the collector refuses is not kept for 31 days."
  }
  assert {
    condition     = google_monitoring_alert_policy.this["refused_events"].conditions[0].condition_prometheus_query_language[0].query == "sum(increase(pubsub_googleapis_com:topic_send_request_count{monitored_resource=\"pubsub_topic\",topic_id=\"millrace-collector-dead\"}[10m])) > 0"
    error_message = "Nobody hears of refused events."
  }
  assert {
    condition = google_monitoring_alert_policy.this["collector_failing"].conditions[0].condition_prometheus_query_language[0].query == join("", [
      "sum(increase(run_googleapis_com:request_count{monitored_resource=\"cloud_run_revision\",service_name=\"millrace-collector\",response_code=~\"429|5..\"}[10m]))",
      " / sum(increase(run_googleapis_com:request_count{monitored_resource=\"cloud_run_revision\",service_name=\"millrace-collector\"}[10m])) > 0.05",
    ])
    error_message = "Nobody hears of a collector that fails."
  }
  assert {
    condition     = strcontains(google_logging_metric.errors.filter, "resource.labels.service_name=(\"millrace-function\" OR \"millrace-collector\")")
    error_message = "The collector's errors are not counted."
  }
  assert {
    condition     = contains([for service in google_project_service.this : service.service], "secretmanager.googleapis.com")
    error_message = "The service that keeps the write keys is not enabled."
  }
}

run "behind_a_load_balancer_nobody_passes_it_by" {
  command = plan
  variables {
    collector = { write_keys = "write-keys", load_balancer = true, public_url = "https://collect.example.com" }
  }

  assert {
    condition = (
      google_cloud_run_v2_service.collector["this"].ingress == "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" &&
      { for env in google_cloud_run_v2_service.collector["this"].template[0].containers[0].env : env.name => env.value }["MILLRACE_TRUSTED_PROXIES"] == "2"
    )
    error_message = "Callers could say of themselves which address they have."
  }
  assert {
    condition = (
      { for env in google_cloud_run_v2_service.collector["this"].template[0].containers[0].env : env.name => env.value }["MILLRACE_PUBLIC_URL"] == "https://collect.example.com" &&
      output.collector_uri == "https://collect.example.com"
    )
    error_message = "Libraries are told another address than the public one."
  }
}

run "the_collector_reads_its_section_of_the_settings" {
  command = plan
  variables {
    collector = { write_keys = "write-keys", suppressed_users = "suppressed" }
    settings  = "collector: {sources: {\"*\": {client_ip: truncated}}}\n"
  }

  assert {
    condition = one([
      for volume in google_cloud_run_v2_service.collector["this"].template[0].volumes :
      "${volume.gcs[0].bucket} ${volume.gcs[0].read_only} ${join(",", volume.gcs[0].mount_options)}" if volume.name == "settings"
    ]) == "my-project-millrace-state true uid=65532,gid=65532"
    error_message = "The settings are not mounted, can be written, or can't be read by the image's user."
  }
  assert {
    condition = (
      { for env in google_cloud_run_v2_service.collector["this"].template[0].containers[0].env : env.name => env.value }["MILLRACE_SETTINGS"] == "/settings/millrace.yaml" &&
      contains([for mount in google_cloud_run_v2_service.collector["this"].template[0].containers[0].volume_mounts : "${mount.name} ${mount.mount_path}"], "settings /settings") &&
      google_cloud_run_v2_service.collector["this"].template[0].execution_environment == "EXECUTION_ENVIRONMENT_GEN2"
    )
    error_message = "The collector doesn't find its settings."
  }
  assert {
    condition     = google_cloud_run_v2_service.collector["this"].template[0].annotations["millrace.dev/settings"] == sha256(google_storage_bucket_object.settings.content)
    error_message = "A change of the settings doesn't roll the collector."
  }
  assert {
    condition = (
      { for env in google_cloud_run_v2_service.collector["this"].template[0].containers[0].env : env.name => env.value }["MILLRACE_SUPPRESSED_USERS_FILE"] == "/secrets/suppressed-users/suppressed-users" &&
      contains([for mount in google_cloud_run_v2_service.collector["this"].template[0].containers[0].volume_mounts : "${mount.name} ${mount.mount_path}"], "suppressed-users /secrets/suppressed-users") &&
      one([for volume in google_cloud_run_v2_service.collector["this"].template[0].volumes : volume.secret[0].secret if volume.name == "suppressed-users"]) == "suppressed"
    )
    error_message = "Events of suppressed users would be stored."
  }
}

run "alerts_are_sent_and_say_what_to_do" {
  command = plan
  variables {
    alert_emails          = ["oncall@example.com"]
    notification_channels = ["projects/my-project/notificationChannels/42"]
  }

  assert {
    condition     = toset(keys(google_monitoring_alert_policy.this)) == toset(["no_batch", "dead_letters", "failed_batches", "errors", "subscription_stuck", "bad_events", "schema_change", "quota"])
    error_message = "An alert is missing."
  }
  assert {
    condition     = alltrue([for policy in google_monitoring_alert_policy.this : strcontains(policy.documentation[0].content, "docs/operate.md")])
    error_message = "An alert doesn't say where its remedy is."
  }
  assert {
    condition     = alltrue([for policy in google_monitoring_alert_policy.this : policy.conditions[0].condition_prometheus_query_language[0].disable_metric_validation])
    error_message = "A policy is refused until its metric has its first value."
  }
  assert {
    condition     = google_monitoring_notification_channel.emails["oncall@example.com"].labels.email_address == "oncall@example.com"
    error_message = "No mail is sent."
  }
  assert {
    condition = google_monitoring_alert_policy.this["no_batch"].conditions[0].condition_prometheus_query_language[0].query == join("", [
      "sum(increase(pubsub_googleapis_com:topic_send_request_count{monitored_resource=\"pubsub_topic\",topic_id=\"telemetry_data_tera\"}[10m] offset 45m)) > 0",
      " unless sum(increase(logging_googleapis_com:user_millrace_batches{monitored_resource=\"cloud_run_revision\",outcome=\"loaded\"}[55m])) > 0",
    ])
    error_message = "A standstill is noticed too late, never, or where there is none."
  }
  assert {
    condition     = google_monitoring_alert_policy.this["subscription_stuck"].conditions[0].condition_prometheus_query_language[0].query == "max(pubsub_googleapis_com:subscription_oldest_unacked_message_age{monitored_resource=\"pubsub_subscription\",subscription_id=\"push_sub_storage\"}) > 1800"
    error_message = "A subscription in an error state is noticed later than after two windows, or never."
  }
}

run "each_alert_asks_what_it_says" {
  command = plan
  variables {
    notification_channels = ["projects/my-project/notificationChannels/42"]
  }

  assert {
    condition     = alltrue([for policy in google_monitoring_alert_policy.this : toset(policy.notification_channels) == toset(["projects/my-project/notificationChannels/42"])])
    error_message = "An alert doesn't go to those who should hear of it."
  }

  assert {
    condition = { for name, policy in google_monitoring_alert_policy.this : name => replace(policy.conditions[0].condition_prometheus_query_language[0].query, "{monitored_resource=\"cloud_run_revision\"", "{") if contains(["errors", "failed_batches", "bad_events", "schema_change", "quota"], name) } == {
      errors         = "sum(increase(logging_googleapis_com:user_millrace_errors{}[10m])) > 0"
      failed_batches = "sum(increase(logging_googleapis_com:user_millrace_batches{,outcome=\"failed_for_good\"}[10m])) > 0"
      bad_events     = "sum(increase(logging_googleapis_com:user_millrace_events_bad_sum{}[1h])) / sum(increase(logging_googleapis_com:user_millrace_events_read_sum{}[1h])) > 0.01"
      schema_change  = "sum(increase(logging_googleapis_com:user_millrace_schema_changes_sum{}[10m])) > 0"
      quota = join("", [
        "sum(increase(logging_googleapis_com:user_millrace_tables_sum{}[1d])) + 6 * sum(increase(logging_googleapis_com:user_millrace_batches{,outcome=\"loaded\"}[1d])) > 70000",
        " or sum(increase(logging_googleapis_com:user_millrace_batches{,outcome=\"loaded\"}[1d])) > 21000",
      ])
    }
    error_message = "An alert comes too early, too late, or never."
  }
  assert {
    condition     = google_monitoring_alert_policy.this["dead_letters"].conditions[0].condition_prometheus_query_language[0].query == "sum(increase(pubsub_googleapis_com:subscription_dead_letter_message_count{monitored_resource=\"pubsub_subscription\",subscription_id=~\"push_sub_storage|millrace-batches\"}[10m])) > 0"
    error_message = "Nobody hears of dead letters."
  }
  assert {
    condition     = alltrue([for metric in google_logging_metric.figures : strcontains(google_monitoring_dashboard.this.dashboard_json, "user_${metric.name}_")])
    error_message = "A figure of the function's log is on no chart."
  }
}

run "a_budget_is_made_when_asked_for" {
  command = plan
  variables {
    budget = { billing_account = "0123AB-4567CD-89EF01", amount = 500 }
  }

  assert {
    condition = (
      google_billing_budget.this[0].amount[0].specified_amount[0].units == "500" &&
      google_billing_budget.this[0].budget_filter[0].projects == toset(["projects/123456789012"])
    )
    error_message = "The budget is not this project's."
  }
}

run "the_repository_keeps_what_can_be_rolled_back_to" {
  command = plan

  assert {
    condition     = toset([for policy in google_artifact_registry_repository.this.cleanup_policies : policy.action]) == toset(["KEEP", "DELETE"]) && google_artifact_registry_repository.this.format == "DOCKER"
    error_message = "Old images are never deleted, or all are."
  }
}

run "all_services_are_enabled_and_stay_so" {
  command = plan

  assert {
    condition = toset([for service in google_project_service.this : trimsuffix(service.service, ".googleapis.com")]) == toset([
      "artifactregistry", "bigquery", "cloudscheduler", "iam", "logging", "monitoring", "pubsub", "run", "storage",
    ]) && alltrue([for service in google_project_service.this : !service.disable_on_destroy])
    error_message = "A service is missing, or destroy would disable it for others."
  }
}
