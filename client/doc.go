// Package client translates the dialects of remote token systems into the words
// of package model: a file a dialect, one place that looks at status codes, one
// recipe for a connection. It knows nothing of screens.
package client
