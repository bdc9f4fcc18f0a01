package client

import (
	"cmp"

	"authdeck/client/config"
	"authdeck/model"
)

// Entrance is how somebody enters a system who has the credential in hand: by token, where there
// is one before a sign-in.
type Entrance struct{ Name, Kind, URL, Token, Username, Password string }

// Profile is the system as a configuration would have it.
func (e Entrance) Profile() (config.Profile, error) {
	p, err := config.NewProfile(Kinds(), e.Name, e.Kind, e.URL, config.Given(model.NewSecret(cmp.Or(e.Token, e.Password))))
	if err != nil || e.Token != "" {
		return p, err
	}
	return p.SignInWith(e.Username)
}
