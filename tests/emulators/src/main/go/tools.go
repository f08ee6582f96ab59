//go:build tools

// Package tools names the commands that are built from this module, so that go.mod keeps their versions.
package tools

import (
	_ "github.com/fsouza/fake-gcs-server"
	_ "github.com/goccy/bigquery-emulator/cmd/bigquery-emulator"
)
