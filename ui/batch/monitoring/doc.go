// Package monitoring is the command that a monitoring system runs: check. It must not know how
// its words and figures are made, nor the console.
package monitoring
