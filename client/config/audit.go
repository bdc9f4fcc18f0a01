package config

// Audit is the [audit] of the file: how what is done is recorded.
type Audit struct {
	RequireReason bool `toml:"require_reason"` // nothing is done without one
	Syslog        bool `toml:"syslog"`         // a copy of each line goes to the machine's log
}
