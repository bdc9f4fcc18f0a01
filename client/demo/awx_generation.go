package demo

import "slices"

// Generation is an age of AWX. Each has another way to give out tokens, and a
// client has to find out which one it meets.
type Generation string

// The generations, oldest first.
const (
	AWXTower   Generation = "tower"   // Tower up to 3.2: a key is had by signing in, and none is ever listed
	AWXOAuth2  Generation = "oauth2"  // AWX 2.1 to 24.6: personal tokens and those of applications
	AWXGateway Generation = "gateway" // Ansible Automation Platform from 2.5: the same, before the controller
	AWXNone    Generation = "none"    // AWX after 24.6 alone: no tokens
)

func generations() []Generation { return []Generation{AWXTower, AWXOAuth2, AWXGateway, AWXNone} }

func (g Generation) check() error {
	if g == "" || slices.Contains(generations(), g) {
		return nil
	}
	var words []string
	for _, known := range generations() {
		words = append(words, string(known))
	}
	return unknown("AWX generation", string(g), words)
}

// hasOAuth2 says whether there are tokens that last and are listed.
func (g Generation) hasOAuth2() bool { return g == AWXOAuth2 || g == AWXGateway }
