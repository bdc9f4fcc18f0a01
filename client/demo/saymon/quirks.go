package saymon

import (
	"authdeck/client/demo/stage"
)

// The ways in which SAYMON servers differ.
const (
	RawKey   stage.Quirk = "saymon-raw-key"   // answers a creation with the bare key as text, as the oldest documentation does
	NoTokens stage.Quirk = "saymon-no-tokens" // has logins by api-token switched off, and does not look at the parameter
	CSRF     stage.Quirk = "saymon-csrf"      // hands out a csrf cookie, which a write within a session must echo as x-csrf-token
)
