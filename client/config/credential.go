package config

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"authdeck/client/file"
	"authdeck/client/program"
	"authdeck/model"
)

// credentialLimit is in bytes; no key of any system is near it.
const credentialLimit = 64 << 10

// Source is where a credential comes from: an environment variable, a file, what systemd
// passes to a service, a command, or a value that is in hand already. It never falls back to
// another.
type Source struct {
	env, file, handed string
	command           []string
	given             model.Secret
	shown             model.Text // which variable, file, credential or command
}

// Given is a credential that is in hand.
func Given(s model.Secret) Source { return Source{given: s} }

// String names the place, never the value.
func (s Source) String() string {
	switch {
	case s.env != "":
		return "environment variable " + s.shown.String()
	case s.file != "":
		return "file " + s.shown.String()
	case s.handed != "":
		return "systemd's credential " + s.shown.String()
	case len(s.command) > 0:
		return "command " + s.shown.String()
	case s.IsGiven():
		return "the program itself"
	}
	return "nowhere"
}

// IsGiven reports whether the credential is in hand already.
func (s Source) IsGiven() bool { return !s.given.Empty() }

// InHand reports whether nothing has to be read for the credential: it was given, or is in the
// environment.
func (s Source) InHand() bool { return s.file == "" && s.handed == "" && !s.Runs() }

// Runs reports whether a command gives the credential, which may take a while
// and ask questions.
func (s Source) Runs() bool { return len(s.command) > 0 }

// UnsetCredentials takes the variables that hold credentials out of the environment,
// so that no command that is started later inherits them, and returns a getenv that
// still knows them.
func UnsetCredentials(profiles []Profile, getenv func(string) string, unset func(string) error) func(string) string {
	held := map[string]model.Secret{}
	for _, p := range profiles {
		if name := p.Credential.env; name != "" {
			held[name] = model.NewSecret(getenv(name))
		}
	}
	for name := range held {
		_ = unset(name)
	}
	return func(name string) string {
		if s, ok := held[name]; ok {
			return s.Reveal()
		}
		return getenv(name)
	}
}

// count is how many places are named; a right source names one.
func (s Source) count() int {
	n := 0
	for _, named := range []bool{s.env != "", s.file != "", s.handed != "", len(s.command) > 0} {
		if named {
			n++
		}
	}
	return n
}

// Read fetches the credential. Its errors name the place and the way out, and
// never hold what was read. A command has the terminal for its questions.
func (s Source) Read(ctx context.Context, getenv func(string) string) (model.Secret, error) {
	return s.read(ctx, getenv, program.Interactive)
}

// MayChange reports whether another credential can come from the source while the
// program runs. A variable of the environment stays what it was at the start, also
// where a file of the service manager's sets it, and so does what it passes in a file.
func (s Source) MayChange() bool { return s.file != "" || s.Runs() }

// Reread fetches the credential once more while the console has the screen: a
// command gets nothing of the terminal.
func (s Source) Reread(ctx context.Context) (model.Secret, error) {
	secret, err := s.ReadUnasked(ctx)
	if err != nil && s.Runs() {
		said := model.Reason(err) + "; while the console has the screen a command cannot ask anything: start authdeck again if it has to"
		return model.Secret{}, &model.Error{Kind: model.Unopened, Message: model.Clean(said), Cause: err}
	}
	return secret, err
}

// ReadUnasked fetches the credential from a file, or from a command that gets nothing of the
// terminal.
func (s Source) ReadUnasked(ctx context.Context) (model.Secret, error) {
	return s.read(ctx, func(string) string { return "" }, program.Background)
}

// MayAsk reports whether a command that failed without the terminal may do better with it.
func (s Source) MayAsk(failure error) bool {
	return s.Runs() && !errors.Is(failure, program.ErrNotStarted) && !errors.Is(failure, errTooMuch)
}

func (s Source) read(ctx context.Context, getenv func(string) string, how program.Terminal) (model.Secret, error) {
	secret, err := s.fetch(ctx, getenv, how)
	switch {
	case err != nil:
		said := "no credential from " + s.String() + ": " + err.Error()
		return model.Secret{}, &model.Error{Kind: model.Unopened, Message: model.Clean(said), Cause: err}
	case secret.Empty():
		return model.Secret{}, model.Fail(model.Unopened, "no credential: "+s.String()+" is empty")
	}
	return secret, nil
}

func (s Source) fetch(ctx context.Context, getenv func(string) string, how program.Terminal) (model.Secret, error) {
	switch {
	case s.env != "":
		return model.NewSecret(strings.TrimSpace(getenv(s.env))), nil
	case s.file != "":
		content, err := file.ReadPrivate(s.file, credentialLimit)
		return firstLine(content), err
	case s.handed != "":
		path := handedAt(s.handed, getenv)
		if path == "" {
			return model.Secret{}, errors.New("systemd passes no credentials to this program ($CREDENTIALS_DIRECTORY is not set); give its unit LoadCredential= or LoadCredentialEncrypted=")
		}
		content, err := file.ReadHanded(path, credentialLimit)
		return firstLine(content), err
	case len(s.command) > 0:
		return runCommand(ctx, s.command, how)
	}
	return s.given, nil
}

// firstLine takes the credential out of what was read, and wipes that.
func firstLine(content []byte) model.Secret {
	defer clear(content)
	line, _, _ := bytes.Cut(content, []byte("\n"))
	return model.NewSecret(string(bytes.TrimSpace(line)))
}
