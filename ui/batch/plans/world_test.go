package plans

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/person"
	"authdeck/model/plan"
	"authdeck/model/review"
	"authdeck/ui/batch"
	"authdeck/ui/batch/batchtest"
)

const canary = "canary-key-of-"

// system answers as a test says.
type system struct {
	model.API // what is not asked for here

	info   model.Info
	tokens []model.Token
	do     func(model.Order) (model.Issued, error)
	look   func(model.Order) (model.Finding, error)

	mu     sync.Mutex
	orders []model.Order
}

func (s *system) Info() model.Info                                             { return s.info }
func (s *system) WhoAmI(context.Context) (model.User, error)                   { return model.User{ID: "1"}, nil }
func (s *system) Close(context.Context) error                                  { return nil }
func (s *system) sent() int                                                    { s.mu.Lock(); defer s.mu.Unlock(); return len(s.orders) }
func (s *system) Look(_ context.Context, o model.Order) (model.Finding, error) { return s.look(o) }

func (s *system) Tokens(context.Context, model.Query) (model.Page[model.Token], error) {
	return model.Page[model.Token]{Items: s.tokens, Total: len(s.tokens)}, nil
}

func (s *system) Prepare(_ context.Context, a model.Action, _ model.Token) (model.Form, error) {
	if err := s.info.Cannot(a); err != nil {
		return model.Form{}, err
	}
	return model.Form{Danger: true, Warnings: []string{"The key stops working at once."}}, nil
}

func (s *system) Do(_ context.Context, o model.Order) (model.Issued, error) {
	s.mu.Lock()
	s.orders = append(s.orders, o)
	s.mu.Unlock()
	if s.do != nil {
		return s.do(o)
	}
	issued := model.Issued{Token: o.Token}
	if o.Action.MakesKey() {
		issued.Key = model.NewSecret(canary + o.Token.ID)
	}
	return issued, nil
}

// union is several systems as one.
type union struct {
	model.API

	members []model.API
}

func (u union) Info() model.Info                               { return model.Info{Name: "all"} }
func (u union) Members() []model.API                           { return u.members }
func (u union) Person(person.Seed) person.View                 { return nil }
func (u union) Count(context.Context, bool) []review.Counted   { return nil }
func (u union) Guest(system string, t model.Token) model.Token { t.System = system; return t }
func (u union) Home(t model.Token) (model.API, model.Token) {
	i := slices.IndexFunc(u.members, func(m model.API) bool { return m.Info().Name == t.System })
	t.System = ""
	return u.members[i], t
}

// shelf keeps plans in memory.
type shelf struct {
	mu       sync.Mutex
	plans    map[string]*plan.Plan
	records  []plan.Record
	unsigned error
	outlets  []plan.Outlet
	keys     *ring
}

func (s *shelf) Keep(p *plan.Plan, path string, _ bool) (string, error) {
	if s.plans[path] != nil {
		return path, fs.ErrExist
	}
	s.plans[path] = p
	return path, nil
}
func (s *shelf) Journal(*plan.Plan, string) (plan.Journal, error) { return s, nil }
func (s *shelf) Ends(p *plan.Plan, _ string) ([]plan.End, error)  { return p.Ends(s.Records()), nil }
func (s *shelf) Vouch(*plan.Plan, string, string) error           { return s.unsigned }
func (s *shelf) Piped(to io.Writer, _ string, _ bool) (plan.Keys, error) {
	s.keys.to = to
	return s.keys, nil
}
func (s *shelf) Close() error { return nil }
func (s *shelf) Records() []plan.Record {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.records)
}

func (s *shelf) Write(r plan.Record) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.records = append(s.records, r)
	return nil
}

func (s *shelf) Outlets(*plan.Plan) []plan.Outlet {
	open := func(string) (plan.Keys, error) { return s.keys, nil }
	return append(s.outlets, plan.Outlet{Way: plan.InFile, Open: open, Check: func(path string) (string, error) { return "/whole/" + path, nil }})
}

// ring takes keys.
type ring struct {
	to    io.Writer
	fails error
	mu    sync.Mutex
	took  []string
}

func (r *ring) Take(_ *plan.Line, i model.Issued) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fails == nil {
		r.took = append(r.took, i.Key.Reveal())
	}
	return r.fails
}

func (r *ring) Place(*plan.Line) plan.Place {
	return plan.Place{Way: plan.InFile, At: "/whole/keys.jsonl"}
}
func (r *ring) Close() error { return nil }

// world is one with a system or two, and what a command said.
type world struct {
	batch.World

	idp, shop *system
	files     *shelf
	unread    error // of the list
	far       model.Sifted
	asked     model.Query
	opened    batch.Choice
	out       string // what went to the standard output
	stderr    said
	rescued   []string
	full      *os.File // the standard output; nil for a file
}

func some(n int) []model.Token {
	var all []model.Token
	for i := range n {
		id := "t" + string(rune('1'+i))
		all = append(all, model.Token{
			ID: id, Name: model.Clean("ci-" + id), Owner: model.User{ID: "7", Username: model.Clean("sara")}, Expires: model.Not(model.Never), LastUsed: model.Not(model.Never), State: model.Active,
		})
	}
	return all
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{
		idp: &system{info: model.Info{Name: "idp", Kind: "stub", Host: "idp.example"}, tokens: some(3)}, shop: &system{info: model.Info{Name: "shop", Kind: "stub", Host: "shop.example"}},
		files: &shelf{plans: map[string]*plan.Plan{}, keys: &ring{}},
	}
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = null.Close() })
	w.World = batch.World{
		Stdin: null, Stderr: &w.stderr,
		Open: func(_ context.Context, c batch.Choice, _ *slog.Logger) (batch.Systems, error) {
			w.opened = c
			all := []model.API{w.idp, w.shop}
			return batch.Systems{All: all, Union: union{members: all}, Plans: w.files, Close: func(context.Context) {}}, nil
		},
		Each: func(_ context.Context, _ model.API, q model.Query, take func([]model.Token, model.Sifted) error) (string, error) {
			w.asked = q
			for _, s := range []*system{w.idp, w.shop} {
				var rows []model.Token
				for _, token := range s.tokens {
					token.System = s.info.Name
					rows = append(rows, token)
				}
				if err := take(rows, w.far); err != nil {
					return "", err
				}
			}
			return "", w.unread
		},
		ReadPlan: func(path string) (plan.Stored, error) {
			p := w.files.plans[path]
			if p == nil {
				return plan.Stored{}, fs.ErrNotExist
			}
			return plan.Stored{Plan: p, Path: path, Ends: p.Ends(w.files.Records())}, nil
		},
		NewFile: func(path string) (string, error) { return path, nil },
		Keep: func(_, name string, key model.Secret) (string, error) {
			w.rescued = append(w.rescued, key.Reveal())
			return "/keys/" + name, nil
		},
	}
	return w
}

// run runs a command line, and gives its code.
func (w *world) run(t *testing.T, args ...string) batch.Exit { return w.runIn(t.Context(), t, args...) }

func (w *world) root() *cobra.Command {
	log := ""
	root, below := &cobra.Command{Use: "authdeck", SilenceErrors: true, SilenceUsage: true}, &cobra.Command{Use: "plan"}
	below.AddCommand(Commands(w.World, &log)...)
	root.AddCommand(below, Apply(w.World, &log))
	return root
}

func (w *world) runIn(ctx context.Context, t *testing.T, args ...string) batch.Exit {
	t.Helper()
	out, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	if w.Stdout = out; w.full != nil {
		w.Stdout = w.full
	}
	w.stderr.Reset()
	root := w.root() //nolint:contextcheck // a command takes the context that it is run with
	root.SetArgs(args)
	err = root.ExecuteContext(ctx)
	if err != nil && err.Error() != "" {
		w.Say("%s", batch.Words(err))
	}
	_ = out.Close()
	content, bad := os.ReadFile(out.Name())
	if bad != nil {
		t.Fatal(bad)
	}
	w.out = string(content)
	if slices.Contains(args, "--json") && w.out != "" {
		batchtest.Holds(t, content)
	}
	for _, said := range []string{w.out, w.stderr.String()} {
		if strings.Contains(said, canary) && w.files.keys.to == nil {
			t.Errorf("%q: a key was printed: %s", args, said)
		}
	}
	return batch.CodeOf(err)
}

// expect wants a code, and words on the standard error.
func (w *world) expect(t *testing.T, code batch.Exit, words string, args ...string) {
	t.Helper()
	if got := w.run(t, args...); got != code || !strings.Contains(w.stderr.String(), words) {
		t.Errorf("%q: exit code %d, not %d, or no %q\n%s%s", args, got, code, words, w.out, w.stderr.String())
	}
}

// planned is a plan in a file, and its id.
func (w *world) planned(t *testing.T, args ...string) (id string) {
	t.Helper()
	if code := w.run(t, append(append([]string{"plan"}, args...), "-o", "/p.json")...); code != batch.Done {
		t.Fatalf("exit code %d: %s", code, w.stderr.String())
	}
	return w.files.plans["/p.json"].ID
}

// applied applies it without a question.
func (w *world) applied(t *testing.T, more ...string) batch.Exit {
	t.Helper()
	return w.run(t, append([]string{"apply", "/p.json", "--yes", "--id", w.files.plans["/p.json"].ID}, more...)...)
}

// said is what was said so far, while more of it may come.
type said struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func (s *said) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.b.Reset()
}

var errFull = errors.New("the disk is full")
