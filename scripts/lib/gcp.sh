# shellcheck shell=bash disable=SC2034,SC2154  # what the scripts that source it set and use
# What scripts/deploy and scripts/destroy share: tools, login, Terraform's state. Sourced; needs java.sh for give_up.

# Sets project, region, prefix, var_file, yes and the variables of the options that only one of the two has.
read_arguments() {
  local known=$1
  shift
  project='' region='' prefix='' var_file='' settings='' yes='' image='' collector_image='' smoke_test=1
  while [ $# -gt 0 ]; do
    case $1 in
      -h | --help)
        usage
        exit 0
        ;;
      --*)
        [[ $known == *" $1 "* ]] || give_up "there is no option $1; $(basename "$0") --help lists them."
        ;;&
      --yes) yes=1 ;;
      --no-smoke-test) smoke_test= ;;
      --prefix | --var-file | --settings | --image | --collector-image)
        [ -n "${2:-}" ] || give_up "$1 needs a value."
        case $1 in
          --prefix) prefix=$2 ;;
          --var-file) var_file=$2 ;;
          --settings) settings=$2 ;;
          --image) image=$2 ;;
          --collector-image) collector_image=$2 ;;
        esac
        shift
        ;;
      *)
        if [ -z "$project" ]; then project=$1; elif [ -z "$region" ]; then region=$1; else give_up "what is $1? PROJECT and REGION are named already."; fi
        ;;
    esac
    shift
  done
  if [ -z "$project" ] || [ -z "$region" ]; then
    usage >&2
    exit 2
  fi
  [[ $region =~ ^[a-z]+-[a-z]+[0-9]+$ ]] ||
    give_up "$region is no region. Name one in lower case, such as europe-west1 or us-central1."
  if [ -n "$var_file" ]; then
    [ -f "$var_file" ] || give_up "there is no file $var_file."
    var_file=$(cd "$(dirname "$var_file")" && pwd)/$(basename "$var_file")
  fi
  if [ -n "$settings" ]; then
    [ -f "$settings" ] || give_up "there is no file $settings."
    TF_VAR_settings=$(cat "$settings")
    export TF_VAR_settings
  fi
}

# Fails with a sentence unless gcloud and terraform are there and somebody is logged in who can see the project.
check_tools_and_login() {
  command -v gcloud >/dev/null ||
    give_up "gcloud is not installed. Install the Google Cloud CLI (https://cloud.google.com/sdk/docs/install), or use Cloud Shell."
  command -v terraform >/dev/null ||
    give_up "Terraform is not installed. Install Terraform 1.9 or newer (https://developer.hashicorp.com/terraform/install)."
  local version
  version=$(terraform version 2>/dev/null | sed -n 's/^Terraform v\([0-9]*\.[0-9]*\).*/\1/p')
  if [ "${version%.*}" -lt 1 ] || { [ "${version%.*}" -eq 1 ] && [ "${version#*.}" -lt 9 ]; }; then
    give_up "this is Terraform $version. Install 1.9 or newer (https://developer.hashicorp.com/terraform/install)."
  fi
  command -v curl >/dev/null || give_up "curl is not installed (Debian and Ubuntu: apt install curl)."
  # Terraform, its state and curl take gcloud's login; nobody needs a key file or a second login.
  GOOGLE_OAUTH_ACCESS_TOKEN=$(gcloud auth print-access-token 2>/dev/null) ||
    give_up "nobody is logged in. Run: gcloud auth login"
  export GOOGLE_OAUTH_ACCESS_TOKEN
  gcloud projects describe "$project" --format='value(projectNumber)' >/dev/null 2>&1 ||
    give_up "there is no project $project that you can see. Name it by its id (gcloud projects list), or ask its owner for access."
}

# Terraform on a copy of the module, with state in the project's own bucket.
tf() {
  TF_IN_AUTOMATION=1 terraform -chdir="$work/module" "$@"
}

# Sets work and variables, and initialises the state.
use_state() {
  work=${XDG_CACHE_HOME:-$HOME/.cache}/millrace/deployments/$project-${prefix:-default}
  state_bucket=$project-millrace-terraform
  mkdir -p "$work/module"
  rm -f "$work"/module/*.tf
  cp "$root"/terraform/*.tf "$work/module/"
  printf 'terraform {\n  backend "gcs" {}\n}\n' >"$work/module/backend.tf"
  tf init -input=false -reconfigure -backend-config="bucket=$state_bucket" -backend-config="prefix=${prefix:-millrace}" >"$work/init.log" 2>&1 || {
    cat "$work/init.log" >&2
    give_up "Terraform could not be initialised."
  }
  variables=(-input=false "-var=project_id=$project" "-var=region=$region")
  [ -z "$prefix" ] || variables+=("-var=name_prefix=$prefix")
  [ -z "$var_file" ] || variables+=("-var-file=$var_file")
}

# Calls one of Google's APIs: METHOD URL BODY. The token is not on the command line, which others on the machine can see,
# and in no pipeline, which would fail where curl gives up before it has read.
google() {
  curl -sS --config <(printf 'header = "Authorization: Bearer %s"\n' "$GOOGLE_OAUTH_ACCESS_TOKEN") \
    -X "$1" -H 'Content-Type: application/json' --data "$3" "$2"
}
