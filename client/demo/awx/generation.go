package awx

// Generation is an age of AWX. Each has another way to give out tokens, and a
// client has to find out which one it meets.
type Generation string

// The generations, oldest first.
const (
	Tower   Generation = "tower"   // Tower up to 3.2: a key is had by signing in, and none is ever listed
	OAuth2  Generation = "oauth2"  // AWX 2.1 to 24.6: personal tokens and those of applications
	Gateway Generation = "gateway" // Ansible Automation Platform from 2.5: the same, before the controller
	None    Generation = "none"    // AWX after 24.6 alone: no tokens
)

// Generations are all of them, oldest first.
func Generations() []Generation { return []Generation{Tower, OAuth2, Gateway, None} }

// HasOAuth2 says whether there are tokens that last and are listed.
func (g Generation) HasOAuth2() bool { return g == OAuth2 || g == Gateway }
