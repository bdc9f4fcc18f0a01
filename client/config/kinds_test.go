package config

// SomeKinds are kinds of system as the tests of the configuration need them.
func SomeKinds() Kinds {
	token, basic, session := Way{Name: "token"}, Way{Name: "basic", Password: true, NoColon: true}, Way{Name: "session", Password: true}
	return Kinds{
		"authentik": {Ways: []Way{token}},
		"awx":       {Ways: []Way{token, basic}, Generations: []string{"tower", "oauth2", "gateway", "none"}},
		"hamgam":    {Ways: []Way{token, session}},
		"saymon":    {Ways: []Way{basic, session, token}},
		"waldur":    {Ways: []Way{token, session}},
	}
}

// CommandOf is the command that a credential comes from.
func CommandOf(p Profile) []string { return p.Credential.command }
