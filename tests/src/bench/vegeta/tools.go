//go:build tools

// Package tools names the load generator that is built from this module, so that go.mod keeps its version.
package tools

import _ "github.com/tsenart/vegeta/v12"
