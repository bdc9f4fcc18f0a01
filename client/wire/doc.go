// Package wire is one exchange with a remote system, for every dialect: the line,
// the credential on it, the one place that looks at status codes, and what an
// answer may look like. It knows no system by name.
package wire
