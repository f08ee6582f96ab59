# terraform/ applied as it is:
#   terraform -chdir=terraform init
#   terraform -chdir=terraform apply -var-file=examples/root/millrace.tfvars
# scripts/deploy does the same, and pushes the image first.

project_id   = "my-company-telemetry"
region       = "europe-west1"
publishers   = ["shop", "web"]
analysts     = ["group:analysts@example.com"]
alert_emails = ["oncall@example.com"]
