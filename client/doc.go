// Package client opens the systems of a configuration as [model.API], each in its own
// dialect, and looks at what keeps one from being opened. It must not know a screen or
// a command line.
package client
