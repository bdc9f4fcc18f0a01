// Package monitor says of counted tokens what a monitoring system wants to hear: a verdict, a
// line with performance data as the Monitoring Plugins have it, and metrics as Prometheus reads
// them. It reads no system and writes no file, and knows neither a screen nor a command line.
package monitor
