package awx

import (
	"authdeck/client/demo/stage"
)

// Generation is an age of AWX. Each has another way to give out tokens, and a
// client has to find out which one it meets.
type Generation string

// The generations, oldest first.
const (
	Tower       Generation = "tower"        // Tower up to 3.2: a key is had by signing in, and none is ever listed
	OAuth2      Generation = "oauth2"       // AWX 2.1 to 24.6: personal tokens and those of applications
	Gateway2024 Generation = "gateway-2024" // Ansible Automation Platform from 2.5: the same, before the controller, as its library django-ansible-base was in October 2024
	Gateway     Generation = "gateway"      // the same, as the library is in 2026 (2026.10.26)
	None        Generation = "none"         // AWX after 24.6 alone: no tokens
)

// Generations are all of them, oldest first.
func Generations() []Generation { return []Generation{Tower, OAuth2, Gateway2024, Gateway, None} }

// HasOAuth2 says whether there are tokens that last and are listed.
func (g Generation) HasOAuth2() bool { return g == OAuth2 || g.IsGateway() }

// IsGateway says whether the tokens are those of a gateway.
func (g Generation) IsGateway() bool { return g == Gateway || g == Gateway2024 }

// The quirks of AWX.
const (
	NoBasic       stage.Quirk = "awx-no-basic"       // does not look at Basic credentials
	ExternalStaff stage.Quirk = "awx-external-staff" // desk.staff comes from LDAP, and so may not create tokens in the oauth2 generation
	OneSession    stage.Quirk = "awx-one-session"    // the tower generation ends a user's older keys when they sign in from elsewhere
	OpenList      stage.Quirk = "awx-open-list"      // the gateway lists everybody's tokens, masked, to anybody, as it did in 2024
	GuardedPing   stage.Quirk = "awx-guarded-ping"   // the gateway answers ping only to who has signed in
	TwoAtOnce     stage.Quirk = "awx-two-at-once"    // what is done to one token at once meets: all deletions succeed, and a change that is under way writes the token back
	Head          stage.Quirk = "awx-head"           // the oauth2 generation is AWX's source of November 2026 (24.6.2.dev0), whose users come from nowhere else
	OldWords      stage.Quirk = "awx-old-words"      // the tower generation says what is wrong with a credential, as up to AWX 1.0.2
)
