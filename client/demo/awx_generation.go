package demo

// generation is an age of AWX. Each has another way to give out tokens, and a
// client has to find out which one it meets.
type generation string

// The generations, oldest first.
const (
	awxTower   generation = "tower"   // Tower up to 3.2: a key is had by signing in, and none is ever listed
	awxOAuth2  generation = "oauth2"  // AWX 2.1 to 24.6: personal tokens and those of applications
	awxGateway generation = "gateway" // Ansible Automation Platform from 2.5: the same, before the controller
	awxNone    generation = "none"    // AWX after 24.6 alone: no tokens
)

// generations are all of them, oldest first.
func generations() []generation { return []generation{awxTower, awxOAuth2, awxGateway, awxNone} }

// hasOAuth2 says whether there are tokens that last and are listed.
func (g generation) hasOAuth2() bool { return g == awxOAuth2 || g == awxGateway }
