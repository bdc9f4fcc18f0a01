package demo

// The ways in which SAYMON servers differ.
const (
	saymonRawKey   quirk = "saymon-raw-key"   // answers a creation with the bare key as text, as the oldest documentation does
	saymonNoTokens quirk = "saymon-no-tokens" // has logins by api-token switched off, and does not look at the parameter
	saymonCSRF     quirk = "saymon-csrf"      // hands out a csrf cookie, which a write within a session must echo as x-csrf-token
)
