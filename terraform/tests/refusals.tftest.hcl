# What a plan refuses, with a sentence. Every validation rule of every variable has a case here.

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

variables {
  project_id = "my-project"
  region     = "europe-west1"
}

run "refuses_a_project_by_its_name" {
  command = plan
  variables {
    project_id = "My Project"
  }
  expect_failures = [var.project_id]
}

run "refuses_a_project_by_its_number" {
  command = plan
  variables {
    project_id = "123456789012"
  }
  expect_failures = [var.project_id]
}

run "refuses_a_multi_region_as_region" {
  command = plan
  variables {
    region = "EU"
  }
  expect_failures = [var.region]
}

run "refuses_a_zone_as_region" {
  command = plan
  variables {
    region = "europe-west1-b"
  }
  expect_failures = [var.region]
}

run "refuses_a_long_prefix" {
  command = plan
  variables {
    name_prefix = "production-eu"
  }
  expect_failures = [var.name_prefix]
}

run "refuses_a_prefix_in_capitals" {
  command = plan
  variables {
    name_prefix = "Staging"
  }
  expect_failures = [var.name_prefix]
}

run "refuses_a_prefix_that_ends_with_a_dash" {
  command = plan
  variables {
    name_prefix = "staging-"
  }
  expect_failures = [var.name_prefix]
}

run "refuses_a_label_in_capitals" {
  command = plan
  variables {
    labels = { Team = "data" }
  }
  expect_failures = [var.labels]
}

run "refuses_a_label_value_with_a_space" {
  command = plan
  variables {
    labels = { team = "data team" }
  }
  expect_failures = [var.labels]
}

run "refuses_a_key_version" {
  command = plan
  variables {
    kms_key = "projects/keys/locations/europe-west1/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1"
  }
  expect_failures = [var.kms_key]
}

run "refuses_a_key_of_another_place" {
  command = plan
  variables {
    kms_key = "projects/keys/locations/us-central1/keyRings/r/cryptoKeys/k"
  }
  expect_failures = [var.kms_key]
}

run "refuses_a_key_elsewhere_than_the_buckets" {
  command = plan
  variables {
    bucket_location = "EU"
    kms_key         = "projects/keys/locations/europe-west1/keyRings/r/cryptoKeys/k"
  }
  expect_failures = [var.kms_key]
}

run "refuses_a_topic_in_full" {
  command = plan
  variables {
    topic_name = "projects/my-project/topics/events"
  }
  expect_failures = [var.topic_name]
}

run "refuses_a_topic_that_begins_with_goog" {
  command = plan
  variables {
    topic_name = "google-events"
  }
  expect_failures = [var.topic_name]
}

run "refuses_a_topic_of_two_letters" {
  command = plan
  variables {
    topic_name = "ev"
  }
  expect_failures = [var.topic_name]
}

run "refuses_a_subscription_in_full" {
  command = plan
  variables {
    subscription_name = "projects/my-project/subscriptions/events"
  }
  expect_failures = [var.subscription_name]
}

run "refuses_a_subscription_that_begins_with_goog" {
  command = plan
  variables {
    subscription_name = "goog-events"
  }
  expect_failures = [var.subscription_name]
}

run "refuses_a_publisher_in_capitals" {
  command = plan
  variables {
    publishers = ["Shop"]
  }
  expect_failures = [var.publishers]
}

run "refuses_a_publisher_of_seventeen_letters" {
  command = plan
  variables {
    publishers = ["seventeen-letters"]
  }
  expect_failures = [var.publishers]
}

run "refuses_a_publisher_that_with_the_prefix_is_too_long" {
  command = plan
  variables {
    name_prefix = "staging"
    publishers  = ["recommendations"]
  }
  expect_failures = [var.publishers]
}

run "refuses_a_batch_prefix_that_is_a_path" {
  command = plan
  variables {
    batch_prefix = "/telemetry-"
  }
  expect_failures = [var.batch_prefix]
}

run "refuses_a_batch_prefix_with_a_pattern" {
  command = plan
  variables {
    batch_prefix = "telemetry-*"
  }
  expect_failures = [var.batch_prefix]
}

run "refuses_an_unknown_format" {
  command = plan
  variables {
    batch_format = "parquet"
  }
  expect_failures = [var.batch_format]
}

run "refuses_a_window_below_a_minute" {
  command = plan
  variables {
    window_seconds = 59
  }
  expect_failures = [var.window_seconds]
}

run "refuses_a_window_above_ten_minutes" {
  command = plan
  variables {
    window_seconds = 601
  }
  expect_failures = [var.window_seconds]
}

run "refuses_a_window_of_half_a_second_more" {
  command = plan
  variables {
    window_seconds = 60.5
  }
  expect_failures = [var.window_seconds]
}

run "refuses_no_batch_size" {
  command = plan
  variables {
    batch_mib = 0
  }
  expect_failures = [var.batch_mib]
}

run "refuses_a_batch_above_a_gibibyte" {
  command = plan
  variables {
    batch_mib = 1025
  }
  expect_failures = [var.batch_mib]
}

run "refuses_no_retention_of_messages" {
  command = plan
  variables {
    message_retention_days = 0
  }
  expect_failures = [var.message_retention_days]
}

run "refuses_a_retention_of_messages_above_31_days" {
  command = plan
  variables {
    message_retention_days = 32
  }
  expect_failures = [var.message_retention_days]
}

run "refuses_buckets_on_another_continent" {
  command = plan
  variables {
    bucket_location = "US"
  }
  expect_failures = [var.bucket_location]
}

run "refuses_buckets_in_another_region" {
  command = plan
  variables {
    bucket_location = "europe-west4"
  }
  expect_failures = [var.bucket_location]
}

run "refuses_batches_kept_for_a_day" {
  command = plan
  variables {
    landing_retention_days = 1
  }
  expect_failures = [var.landing_retention_days]
}

run "refuses_a_class_for_short_lives" {
  command = plan
  variables {
    landing_colder = [{ after_days = 1, storage_class = "STANDARD" }]
  }
  expect_failures = [var.landing_colder]
}

run "refuses_a_class_after_deletion" {
  command = plan
  variables {
    landing_colder = [{ after_days = 30, storage_class = "NEARLINE" }]
  }
  expect_failures = [var.landing_colder]
}

run "refuses_a_soft_delete_of_a_day" {
  command = plan
  variables {
    landing_soft_delete_days = 1
  }
  expect_failures = [var.landing_soft_delete_days]
}

run "refuses_a_soft_delete_of_91_days" {
  command = plan
  variables {
    landing_soft_delete_days = 91
  }
  expect_failures = [var.landing_soft_delete_days]
}

run "refuses_an_image_without_tag_or_digest" {
  command = plan
  variables {
    image = "europe-west1-docker.pkg.dev/my-project/millrace/function-storage-to-bigquery"
  }
  expect_failures = [var.image]
}

run "refuses_an_image_with_half_a_digest" {
  command = plan
  variables {
    image = "europe-west1-docker.pkg.dev/my-project/millrace/function@sha256:0123"
  }
  expect_failures = [var.image]
}

run "refuses_settings_that_are_no_yaml" {
  command = plan
  variables {
    settings = "columns: ["
  }
  expect_failures = [var.settings]
}

run "refuses_settings_of_two_documents" {
  command = plan
  variables {
    settings = "max_nesting: 2\n---\nmax_nesting: 3\n"
  }
  expect_failures = [var.settings]
}

run "refuses_settings_with_ports" {
  command = plan
  variables {
    settings = "ports: {kind: google}"
  }
  expect_failures = [var.settings]
}

run "refuses_settings_with_a_dataset" {
  command = plan
  variables {
    settings = "dataset: other"
  }
  expect_failures = [var.settings]
}

run "refuses_settings_with_reconcile" {
  command = plan
  variables {
    settings = "reconcile: {landing_retention: 1 day}"
  }
  expect_failures = [var.settings]
}

run "refuses_settings_that_are_a_path" {
  command = plan
  variables {
    settings = "conf/millrace.yaml"
  }
  expect_failures = [var.settings]
}

run "refuses_a_hash_key_in_full" {
  command = plan
  variables {
    hash_key = { secret = "projects/my-project/secrets/key" }
  }
  expect_failures = [var.hash_key]
}

run "refuses_the_latest_hash_key" {
  command = plan
  variables {
    hash_key = { secret = "key", version = "latest" }
  }
  expect_failures = [var.hash_key]
}

run "refuses_no_concurrency" {
  command = plan
  variables {
    concurrency = 0
  }
  expect_failures = [var.concurrency]
}

run "refuses_a_concurrency_that_no_memory_holds" {
  command = plan
  variables {
    concurrency = 17
  }
  expect_failures = [var.concurrency]
}

run "refuses_no_instances" {
  command = plan
  variables {
    max_instances = 0
  }
  expect_failures = [var.max_instances]
}

run "refuses_more_instances_than_a_region_has" {
  command = plan
  variables {
    max_instances = 1001
  }
  expect_failures = [var.max_instances]
}

run "refuses_more_warm_instances_than_there_may_be" {
  command = plan
  variables {
    min_instances = 21
  }
  expect_failures = [var.min_instances]
}

run "refuses_less_than_no_warm_instances" {
  command = plan
  variables {
    min_instances = -1
  }
  expect_failures = [var.min_instances]
}

run "refuses_memory_that_holds_no_jvm" {
  command = plan
  variables {
    memory_mib = 256
  }
  expect_failures = [var.memory_mib]
}

run "refuses_more_memory_than_a_core_takes" {
  command = plan
  variables {
    memory_mib = 8192
  }
  expect_failures = [var.memory_mib]
}

run "refuses_three_cores" {
  command = plan
  variables {
    cpu = 3
  }
  expect_failures = [var.cpu]
}

run "refuses_little_memory_for_eight_cores" {
  command = plan
  variables {
    cpu        = 8
    memory_mib = 2048
  }
  expect_failures = [var.memory_mib]
}

run "refuses_a_schedule_of_six_fields" {
  command = plan
  variables {
    reconcile_schedule = "0 17 * * * *"
  }
  expect_failures = [var.reconcile_schedule]
}

run "refuses_a_schedule_in_words" {
  command = plan
  variables {
    reconcile_schedule = "hourly"
  }
  expect_failures = [var.reconcile_schedule]
}

run "refuses_a_dataset_with_a_dash" {
  command = plan
  variables {
    dataset = "my-telemetry"
  }
  expect_failures = [var.dataset]
}

run "refuses_a_dataset_named_like_the_views" {
  command = plan
  variables {
    dataset = "telemetry_unique"
  }
  expect_failures = [var.dataset]
}

run "refuses_a_dataset_on_another_continent" {
  command = plan
  variables {
    dataset_location = "US"
  }
  expect_failures = [var.dataset_location]
}

run "refuses_a_dataset_in_another_region" {
  command = plan
  variables {
    dataset_location = "europe-west4"
  }
  expect_failures = [var.dataset_location]
}

run "refuses_everybody_as_analysts" {
  command = plan
  variables {
    analysts = ["allAuthenticatedUsers"]
  }
  expect_failures = [var.analysts]
}

run "refuses_an_analyst_without_kind" {
  command = plan
  variables {
    analysts = ["ann@example.com"]
  }
  expect_failures = [var.analysts]
}

run "refuses_no_address" {
  command = plan
  variables {
    alert_emails = ["oncall"]
  }
  expect_failures = [var.alert_emails]
}

run "refuses_a_channel_by_its_name" {
  command = plan
  variables {
    notification_channels = ["On call"]
  }
  expect_failures = [var.notification_channels]
}

run "refuses_a_call_before_two_windows" {
  command = plan
  variables {
    no_batch_minutes = 19
  }
  expect_failures = [var.no_batch_minutes]
}

run "refuses_a_call_after_two_days" {
  command = plan
  variables {
    no_batch_minutes = 2880
  }
  expect_failures = [var.no_batch_minutes]
}

run "refuses_no_bad_event_at_all" {
  command = plan
  variables {
    bad_event_ratio = 0
  }
  expect_failures = [var.bad_event_ratio]
}

run "refuses_a_ratio_in_percent" {
  command = plan
  variables {
    bad_event_ratio = 5
  }
  expect_failures = [var.bad_event_ratio]
}

run "refuses_a_budget_of_no_account" {
  command = plan
  variables {
    budget = { billing_account = "my-account", amount = 500 }
  }
  expect_failures = [var.budget]
}

run "refuses_a_budget_of_nothing" {
  command = plan
  variables {
    budget = { billing_account = "0123AB-4567CD-89EF01", amount = 0 }
  }
  expect_failures = [var.budget]
}

run "refuses_write_keys_in_full" {
  command = plan
  variables {
    collector = { write_keys = "projects/my-project/secrets/write-keys" }
  }
  expect_failures = [var.collector]
}

run "refuses_suppressed_users_themselves" {
  command = plan
  variables {
    collector = { write_keys = "write-keys", suppressed_users = "u-1\nu-2" }
  }
  expect_failures = [var.collector]
}

run "refuses_one_secret_for_keys_and_users" {
  command = plan
  variables {
    collector = { write_keys = "collector", suppressed_users = "collector" }
  }
  expect_failures = [var.collector]
}

run "refuses_a_public_url_with_a_slash_at_its_end" {
  command = plan
  variables {
    collector = { write_keys = "write-keys", public_url = "https://collect.example.com/" }
  }
  expect_failures = [var.collector]
}

run "refuses_a_public_url_without_tls" {
  command = plan
  variables {
    collector = { write_keys = "write-keys", public_url = "http://collect.example.com" }
  }
  expect_failures = [var.collector]
}

run "refuses_more_calls_at_once_than_there_are_threads" {
  command = plan
  variables {
    collector = { write_keys = "write-keys", concurrency = 300 }
  }
  expect_failures = [var.collector]
}

run "refuses_collectors_without_end" {
  command = plan
  variables {
    collector = { write_keys = "write-keys", max_instances = 1001 }
  }
  expect_failures = [var.collector]
}

run "refuses_more_warm_collectors_than_there_may_be" {
  command = plan
  variables {
    collector = { write_keys = "write-keys", min_instances = 3, max_instances = 2 }
  }
  expect_failures = [var.collector]
}

run "refuses_a_part_of_a_core_for_the_collector" {
  command = plan
  variables {
    collector = { write_keys = "write-keys", cpu = 0.5 }
  }
  expect_failures = [var.collector]
}

run "refuses_a_collector_in_too_little_memory" {
  command = plan
  variables {
    collector = { write_keys = "write-keys", memory_mib = 256 }
  }
  expect_failures = [var.collector]
}

run "refuses_more_memory_than_the_collectors_cores_get" {
  command = plan
  variables {
    collector = { write_keys = "write-keys", memory_mib = 8192 }
  }
  expect_failures = [var.collector]
}

run "refuses_a_collector_image_without_tag" {
  command = plan
  variables {
    collector_image = "europe-west1-docker.pkg.dev/my-project/millrace/function-http-to-pubsub"
  }
  expect_failures = [var.collector_image]
}
