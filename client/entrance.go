package client

import (
	"cmp"

	"authdeck/client/config"
	"authdeck/model"
	"authdeck/model/setting"
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

// Lend writes a configuration with some ways in to a new file, and their credentials beside it; take
// removes them again.
func Lend(path string, ways []Entrance) (take func(), err error) {
	var lent []config.Lent
	for _, w := range ways {
		l := config.Lent{System: setting.System{Name: w.Name, Kind: w.Kind, URL: w.URL}, Credential: model.NewSecret(w.Token)}
		if w.Token == "" {
			l.Username, l.Credential = w.Username, model.NewSecret(w.Password)
		}
		lent = append(lent, l)
	}
	return config.InitLent(path, lent, Kinds())
}
