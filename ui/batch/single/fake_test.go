package single_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"authdeck/client/redact/redacttest"
	"authdeck/model"
	"authdeck/model/rotation"
	"authdeck/ui/batch"
	"authdeck/ui/batch/batchtest"
	"authdeck/ui/batch/single"
)

const canary = redacttest.Canary + "kEy-7Qx2"

// shop is a system that a test plays.
type shop struct {
	model.API // nil: what a test does not play is not asked

	info   model.Info
	tokens []model.Token
	users  []model.User
	form   model.Form
	refuse map[model.Action]error // of a question before it
	answer model.Issued
	err    error
	found  model.Finding
	may    model.Candidate
	claims map[model.Passage]model.Claim

	unsent error  // of a search
	during func() // while something is sent
	ended  error  // why nobody waited

	asked  []model.Query // for tokens
	sent   []model.Order
	events []string
	seen   []model.Passage
}

func (s *shop) Info() model.Info { return s.info }

func (s *shop) Tokens(_ context.Context, q model.Query) (page model.Page[model.Token], err error) {
	if s.asked = append(s.asked, q); q.Search != "" && s.unsent != nil {
		return page, s.unsent
	}
	for _, t := range s.tokens {
		if len(q.Ranges) > 0 && t.ID == q.Ranges[0].From || len(q.Ranges) == 0 && strings.Contains(t.ID+" "+t.Name.String(), q.Search) {
			page.Items = append(page.Items, t)
		}
	}
	return page, nil
}

func (s *shop) Users(_ context.Context, q model.Query) (page model.Page[model.User], err error) {
	for _, u := range s.users {
		if strings.Contains(u.Username.String(), q.Search) {
			page.Items = append(page.Items, u)
		}
	}
	return page, nil
}

func (s *shop) Prepare(_ context.Context, a model.Action, _ model.Token) (model.Form, error) {
	return s.form, s.refuse[a]
}

func (s *shop) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	o.Password = o.Password.Copy()
	if s.during != nil {
		s.during()
	}
	if s.ended = ctx.Err(); s.ended != nil {
		return model.Issued{}, model.Fail(model.Uncertain, "nobody waits")
	}
	s.sent = append(s.sent, o)
	s.note("sent")
	answer := s.answer
	if answer.Key = answer.Key.Copy(); !o.Action.MakesKey() {
		answer.Key, answer.Kept = model.Secret{}, model.Kept{}
	}
	return answer, s.err
}

func (s *shop) Look(context.Context, model.Order) (model.Finding, error) { return s.found, nil }

func (s *shop) Candidate(model.Secret) model.Candidate { return s.may }

func (s *shop) Whose(_ context.Context, key model.Secret, by model.Passage) model.Claim {
	if key.Reveal() != canary {
		return model.Claim{Known: model.No}
	}
	s.seen = append(s.seen, by)
	return s.claims[by]
}

func (s *shop) note(event string) { s.events = append(s.events, event) }

// sealed is what custody makes of a key.
func (s *shop) sealed() model.Kept {
	return model.Kept{Name: "1.age", Drop: func() error { s.note("dropped"); return nil }, Leave: func() { s.note("left") }}
}

func token(id, name string) model.Token {
	return model.Token{ID: id, Name: model.Clean(name), Owner: model.User{ID: "7", Username: model.Clean("sara")}}
}

// newShop has two tokens and offers everything.
func newShop() *shop {
	s := &shop{
		info:   model.Info{Name: "shop", Kind: "hamgam", Host: "shop.example", TokenRanges: []model.RangeField{{Name: "id", Kind: model.Numbers}}},
		tokens: []model.Token{token("31", "ci"), token("32", "twin"), token("33", "twin"), token("41", "31")},
		users:  []model.User{{ID: "7", Username: model.Clean("sara")}, {ID: "8", Username: model.Clean("omid")}},
	}
	s.answer = model.Issued{Token: token("31", "ci"), Key: model.NewSecret(canary), Kept: s.sealed()}
	return s
}

// desk is where a command is started, and what came of it.
type desk struct {
	t       *testing.T
	world   batch.World
	systems []model.API
	hand    model.Courier
	book    rotation.Book
	seal    func([]byte) (string, error)
	typed   string // at a terminal; empty for no terminal
	piped   string // otherwise
	stdout  *os.File

	out, said string
	code      batch.Exit
}

func newDesk(t *testing.T, systems ...*shop) *desk {
	t.Helper()
	d := &desk{t: t}
	for _, s := range systems {
		d.systems = append(d.systems, s)
	}
	first := systems[0]
	d.world = batch.World{
		Getenv: func(string) string { return "" },
		Open: func(context.Context, batch.Choice, *slog.Logger) (batch.Systems, error) {
			return batch.Systems{All: d.systems, Hand: d.hand, Rotations: d.book, Seal: d.seal, Close: func(context.Context) {}}, nil
		},
		Keep: func(_, name string, key model.Secret) (string, error) {
			first.note("kept")
			path := filepath.Join(t.TempDir(), name)
			return path, os.WriteFile(path, []byte(key.Reveal()), 0o600)
		},
		NewFile: func(path string) (string, error) {
			if _, err := os.Stat(path); err == nil {
				return path, errors.New(path + " is there already")
			}
			return path, nil
		},
		WriteFile: func(path string, _ bool, content []byte) error {
			first.note("written")
			return os.WriteFile(path, content, 0o600)
		},
		ReadSecret: func(path string, _ int64) ([]byte, error) { return os.ReadFile(path) },
		Sealer: func(to []string) (func([]byte) (string, error), error) {
			if to[0] != "age1x" {
				return nil, errors.New("it is no recipient")
			}
			return func([]byte) (string, error) { return "-----BEGIN AGE ENCRYPTED FILE-----\n", nil }, nil
		},
		Courier: func(_ string, argv []string) (model.Courier, error) {
			if argv[0] != "vault" {
				return nil, errors.New("it cannot be started")
			}
			return hand{first}, nil
		},
		TokenRow: func(model.API) func(*model.Token) (json.RawMessage, error) {
			return func(t *model.Token) (json.RawMessage, error) {
				return json.Marshal(map[string]string{"id": t.ID, "name": t.Name.String()})
			}
		},
		Each: func(ctx context.Context, api model.API, q model.Query, take func([]model.Token, model.Sifted) error) (string, error) {
			page, err := api.Tokens(ctx, q)
			if err == nil {
				err = take(page.Items, model.Sifted{})
			}
			return "", err
		},
	}
	return d
}

// hand is a command that takes keys.
type hand struct{ to *shop }

func (hand) Through(string) string              { return "vault kv put" }
func (hand) Refuses(string, model.Token) string { return "" }
func (h hand) Hand(_ context.Context, _ string, _ model.Token, key model.Secret) (string, error) {
	h.to.note("handed")
	if key.Reveal() != canary {
		return "", errors.New("another key came")
	}
	return "vault kv put", nil
}

// run does what a command line says.
func (d *desk) run(args ...string) {
	d.t.Helper()
	d.runWith(d.t.Context(), args...)
}

func (d *desk) runWith(ctx context.Context, args ...string) {
	d.t.Helper()
	var said bytes.Buffer
	out, err := os.CreateTemp(d.t.TempDir(), "out")
	if err != nil {
		d.t.Fatal(err)
	}
	w := d.world
	w.Stderr, w.Stdout = &said, out
	if d.stdout != nil {
		w.Stdout = d.stdout
	}
	if d.typed != "" {
		typist := batchtest.Typing(d.t, d.typed, &said)
		w.Stdin, w.Stderr = typist.TTY, typist
	} else {
		w.Stdin = d.input()
	}
	log := ""
	root := &cobra.Command{Use: "authdeck", SilenceErrors: true, SilenceUsage: true}
	root.AddCommand(single.Token(w, &log), single.Whose(w, &log)) //nolint:contextcheck // the commands take it from cobra
	root.SetArgs(args)
	root.SetOut(io.Discard)
	root.SetErr(io.Discard)
	err = root.ExecuteContext(ctx)
	d.code, d.said = batch.CodeOf(err), said.String()
	if err != nil {
		d.said += batch.Words(err)
	}
	written, _ := os.ReadFile(out.Name())
	d.out = string(written)
	if strings.Contains(d.out+d.said, "\x1b") {
		d.t.Errorf("%q: there is an ESC in it", args)
	}
}

// input is a pipe.
func (d *desk) input() *os.File {
	d.t.Helper()
	in, far, err := os.Pipe()
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = in.Close() })
	_, _ = far.WriteString(d.piped)
	_ = far.Close()
	return in
}

// expect wants a code, and words on the standard error.
func (d *desk) expect(code batch.Exit, words ...string) {
	d.t.Helper()
	if d.code != code {
		d.t.Errorf("exit code %d, want %d; said %q, wrote %q", d.code, code, d.said, d.out)
	}
	for _, w := range words {
		if !strings.Contains(d.said, w) {
			d.t.Errorf("it does not say %q: %q", w, d.said)
		}
	}
}

// nothing wants that nothing was sent.
func (s *shop) nothing(t *testing.T) {
	t.Helper()
	if len(s.sent) > 0 {
		t.Errorf("there was sent %v", s.events)
	}
}

// went wants these events, and no others.
func (s *shop) went(t *testing.T, events ...string) {
	t.Helper()
	if !slices.Equal(s.events, events) {
		t.Errorf("there was %q, want %q", s.events, events)
	}
}
