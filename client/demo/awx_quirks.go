package demo

// The quirks of AWX.
const (
	awxNoBasic       quirk = "awx-no-basic"       // does not look at Basic credentials
	awxExternalStaff quirk = "awx-external-staff" // desk.staff comes from LDAP, and so may not create tokens in the oauth2 generation
	awxOneSession    quirk = "awx-one-session"    // the tower generation ends a user's older keys when they sign in from elsewhere
	awxOpenList      quirk = "awx-open-list"      // the gateway lists everybody's tokens, masked, to anybody
	awxGuardedPing   quirk = "awx-guarded-ping"   // the gateway answers ping only to who has signed in
	awxTwoAtOnce     quirk = "awx-two-at-once"    // what is done to one token at once meets: all deletions succeed, and a change that is under way writes the token back
)
