package awx

import (
	"authdeck/client/demo/stage"
)

// The quirks of AWX.
const (
	AwxNoBasic       stage.Quirk = "awx-no-basic"       // does not look at Basic credentials
	AwxExternalStaff stage.Quirk = "awx-external-staff" // desk.staff comes from LDAP, and so may not create tokens in the oauth2 generation
	AwxOneSession    stage.Quirk = "awx-one-session"    // the tower generation ends a user's older keys when they sign in from elsewhere
	AwxOpenList      stage.Quirk = "awx-open-list"      // the gateway lists everybody's tokens, masked, to anybody
	AwxGuardedPing   stage.Quirk = "awx-guarded-ping"   // the gateway answers ping only to who has signed in
	AwxTwoAtOnce     stage.Quirk = "awx-two-at-once"    // what is done to one token at once meets: all deletions succeed, and a change that is under way writes the token back
)
