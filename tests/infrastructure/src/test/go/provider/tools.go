//go:build tools

// Package provider fixes the version of the google provider that the tests of terraform/ build.
package provider

import _ "github.com/hashicorp/terraform-provider-google"
