// Package wire is one exchange with a remote system, for every dialect: the
// connection, the credential on it, the one place that looks at status codes, and what
// an answer may look like. It must not know a system by name, a configuration or a
// screen.
package wire
