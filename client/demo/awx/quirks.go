package awx

import (
	"authdeck/client/demo/stage"
)

// The quirks of AWX.
const (
	NoBasic       stage.Quirk = "awx-no-basic"       // does not look at Basic credentials
	ExternalStaff stage.Quirk = "awx-external-staff" // desk.staff comes from LDAP, and so may not create tokens in the oauth2 generation
	OneSession    stage.Quirk = "awx-one-session"    // the tower generation ends a user's older keys when they sign in from elsewhere
	OpenList      stage.Quirk = "awx-open-list"      // the gateway lists everybody's tokens, masked, to anybody
	GuardedPing   stage.Quirk = "awx-guarded-ping"   // the gateway answers ping only to who has signed in
	TwoAtOnce     stage.Quirk = "awx-two-at-once"    // what is done to one token at once meets: all deletions succeed, and a change that is under way writes the token back
)
