package config

import (
	"path/filepath"
	"regexp"

	"authdeck/client/redact"
	"authdeck/model"
)

// places are where an entry has a token or a password come from.
type places struct {
	what, env, file, handed string
	command                 []string
}

// The rest of a sentence that names them all.
const (
	tokenPlaces    = "token_env, token_file, token_credential, token_command"
	passwordPlaces = "password_env, password_file, password_credential, password_command"
)

func (e entry) credential(paths expander) (Source, error) {
	ofToken := places{"token", e.TokenEnv, e.TokenFile, e.TokenHanded, e.TokenCommand}
	ofPassword := places{"password", e.PasswordEnv, e.PasswordFile, e.PasswordHanded, e.PasswordCommand}
	for _, p := range []places{ofToken, ofPassword} {
		if err := p.fault(); err != nil {
			return Source{}, err
		}
	}
	token, password := ofToken.source(paths), ofPassword.source(paths)
	switch {
	case token.count()+password.count() > 1:
		return Source{}, wrong("", "two sources for one credential; keep one of "+tokenPlaces+" or "+passwordPlaces)
	case token.count() == 1 && e.Username == "":
		return token, nil
	case token.count() == 1:
		return Source{}, wrong("username", "a system signs in with a token or with a user name and a password, not with both")
	case password.count() == 1 && e.Username != "":
		return password, nil
	case password.count() == 1:
		return Source{}, wrong("username", "a password needs a username")
	case e.Username != "":
		return Source{}, wrong("username", "a username needs one of "+passwordPlaces)
	}
	return Source{}, wrong("", "no credential; give one of "+tokenPlaces+", or username and one of "+passwordPlaces)
}

// fault is what is wrong with one of the places.
func (p places) fault() error {
	switch {
	case len(p.command) > 0 && p.command[0] == "":
		return wrong(p.what+"_command", "the first entry is the program to run, and it is empty")
	case !variable(p.env):
		return wrong(p.what+"_env", "this is no name of a variable; give the name and not the %s itself", p.what)
	case !handed(p.handed):
		return wrong(p.what+"_credential", "this is no name of a credential of systemd; give what stands before the colon in LoadCredential=, and not the %s itself", p.what)
	}
	return nil
}

// handed reports whether a text can be the name of a credential that systemd passes on.
func handed(name string) bool {
	return name == "" || regexp.MustCompile(`^[A-Za-z0-9._-]{1,255}$`).MatchString(name) && name != "." && name != ".." && !redact.LooksLikeKey(name)
}

// source is one whose file is seen from the configuration. It is known by what
// was written there, not by the folder that the file turns out to stand in.
func (p places) source(paths expander) Source {
	s := Source{env: p.env, file: paths.expand(p.file), handed: p.handed, command: p.command}
	switch {
	case redact.LooksLikeKey(p.file):
		s.shown = model.Clean(redact.Hidden)
	case p.file != "":
		s.shown = model.Clean(s.file)
	case len(p.command) > 0:
		s.shown = shownName(p.command[0])
	case p.env != "":
		s.shown = shownName(p.env)
	case p.handed != "":
		s.shown = shownName(p.handed)
	}
	return s
}

// handedAt is the path of a credential that systemd has passed to this program; empty where it
// passes none.
func handedAt(name string, getenv func(string) string) string {
	folder := getenv("CREDENTIALS_DIRECTORY")
	if !filepath.IsAbs(folder) {
		return ""
	}
	return filepath.Join(folder, name)
}
