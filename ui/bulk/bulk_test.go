package bulk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/caret"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/terminal"
	"authdeck/ui/wait"
)

// system is one that answers as a test says.
type system struct {
	model.API
	info    model.Info
	tokens  []model.Token
	finding model.Finding
	blind   error
	unread  error // of its list
	do      func(id string) (model.Issued, error)
	form    func(model.Token) model.Form // nil for that of a delete

	mu   sync.Mutex
	sent []string
}

func (s *system) Info() model.Info { return s.info }

func (s *system) WhoAmI(context.Context) (model.User, error) { return model.User{ID: "1"}, nil }

func (s *system) Prepare(_ context.Context, _ model.Action, t model.Token) (model.Form, error) {
	if s.form != nil {
		return s.form(t), nil
	}
	return model.Form{Danger: true, Warnings: []string{"The key stops working at once."}}, nil
}

func (s *system) Tokens(context.Context, model.Query) (model.Page[model.Token], error) {
	return model.Page[model.Token]{Items: s.tokens}, s.unread
}

func (s *system) Look(context.Context, model.Order) (model.Finding, error) { return s.finding, s.blind }

func (s *system) Do(_ context.Context, o model.Order) (model.Issued, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent = append(s.sent, o.Token.ID)
	if s.do == nil {
		return model.Issued{}, nil
	}
	return s.do(o.Token.ID)
}

// shelf is a [plan.Files] in memory.
type shelf struct {
	mu      sync.Mutex
	plans   map[string]*plan.Plan
	records []plan.Record
	keys    []string
	taken   error // of a journal that somebody else has
	unread  error // of one that cannot be read
	full    error // of a file for keys that cannot be made
	lost    error // of a key that cannot be written
	after   int   // from how many records on nothing more can be begun; 0 for always
	open    int
	outlets []plan.Outlet // beside the file
	path    string        // of the file for keys, or the command
	way     plan.Way
	refuses func(id string) error
	places  func(id string) plan.Place // where keys are; nil for in that file
	gone    error                      // of keys that are not there any more at the end
	there   error                      // of a path at which no file can be made

	unsigned error // of a plan that is not signed as it has to be
}

func (s *shelf) Keep(p *plan.Plan, path string, _ bool) (string, error) {
	if path == "" {
		path = "/state/plan.json"
	}
	if s.plans[path] != nil {
		return "", fs.ErrExist
	}
	s.plans[path] = p
	return path, nil
}

func (s *shelf) Journal(*plan.Plan, string) (plan.Journal, error) {
	if s.taken != nil {
		return nil, s.taken
	}
	s.open++
	return s, nil
}

func (s *shelf) Ends(p *plan.Plan, _ string) ([]plan.End, error) {
	return p.Ends(s.Records()), s.unread
}

func (s *shelf) Vouch(*plan.Plan, string, string) error { return s.unsigned }

func (*shelf) Piped(io.Writer, string, bool) (plan.Keys, error) { return nil, nil }

func (s *shelf) Outlets(*plan.Plan) []plan.Outlet {
	return append(s.outlets, plan.Outlet{Way: plan.InFile, Open: s.toFile, Check: s.whole})
}

func (s *shelf) whole(path string) (string, error) {
	return strings.Replace(path, "~/", "/home/sara/", 1), s.there
}

// as opens a way; a command is one for all keys.
func (s *shelf) as(way plan.Way, command string) func(path string) (plan.Keys, error) {
	return func(path string) (plan.Keys, error) {
		keys, err := s.toFile(cmp.Or(command, path))
		s.way = way
		return keys, err
	}
}

func (s *shelf) toFile(path string) (plan.Keys, error) {
	s.path, s.way = path, plan.InFile
	if s.full != nil {
		return nil, s.full
	}
	s.open++
	return s, nil
}

func (s *shelf) Records() []plan.Record { return slices.Clone(s.records) }

func (s *shelf) Write(r plan.Record) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.after > 0 && len(s.records) >= s.after && r.Step == plan.Begins {
		return errors.New("the disk is full")
	}
	s.records = append(s.records, r)
	return nil
}

func (s *shelf) Take(l *plan.Line, issued model.Issued) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuses != nil {
		if err := s.refuses(l.Token.ID); err != nil {
			return err
		}
	}
	if s.lost != nil {
		return s.lost
	}
	s.keys = append(s.keys, issued.Key.Reveal())
	return nil
}

func (s *shelf) Place(l *plan.Line) plan.Place {
	if s.places != nil {
		return s.places(l.Token.ID)
	}
	return plan.Place{Way: s.way, At: s.path}
}

func (s *shelf) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open--
	gone := s.gone
	s.gone = nil // said once, of the two files
	return gone
}

// reader is a person who reads a plan.
type reader struct {
	t      *testing.T
	desk   *order.Desk
	system *system
	shelf  *shelf
	front  order.Modal
	kept   []string // keys in files of their own
	full   error    // of those
	told   []tea.Msg
}

// reads opens a plan for some tokens.
func reads(t *testing.T, a model.Action, tokens ...model.Token) *reader {
	t.Helper()
	st := look.NewStyles(lipgloss.NewRenderer(io.Discard), model.Theme{})
	r := &reader{t: t, system: &system{info: model.Info{Name: "shop", Kind: "stub", Host: "shop.example"}}, shelf: &shelf{plans: map[string]*plan.Plan{}}}
	r.desk = &order.Desk{
		Clock: wait.Clock{Now: time.Now, After: func(time.Duration, tea.Msg) tea.Cmd { return nil }}, Log: slog.New(slog.DiscardHandler),
		Keys: look.NewKeys(), Styles: st, Status: look.NewStatus(st), Plans: r.shelf, History: order.NewHistory(), Unveil: func(model.Secret) {},
		Keep: func(_, name string, key model.Secret) (string, error) {
			if r.full == nil {
				r.kept = append(r.kept, name+" "+key.Reveal())
			}
			return "/keys/" + name, r.full
		},
	}
	r.open(a, tokens)
	return r
}

// open opens a plan for other tokens.
func (r *reader) open(a model.Action, tokens []model.Token) {
	var cmd tea.Cmd
	r.front, cmd = Open(r.desk, r.system, a, These(tokens))
	r.run(cmd)
}

// tokens are some that nobody has used.
func tokens(n int) []model.Token {
	var all []model.Token
	for i := range n {
		all = append(all, model.Token{
			ID: fmt.Sprint(i + 1), Name: model.Clean(fmt.Sprintf("ci-%d", i+1)), Owner: model.User{ID: "7", Username: model.Clean("sara")}, State: model.Active,
			LastUsed: model.Not(model.Never),
		})
	}
	return all
}

func (r *reader) run(cmd tea.Cmd) {
	for queue := []tea.Cmd{cmd}; len(queue) > 0; queue = queue[1:] {
		if queue[0] == nil {
			continue
		}
		switch msg := queue[0]().(type) {
		case nil:
		case tea.BatchMsg:
			queue = append(queue, msg...)
		default:
			r.told = append(r.told, msg)
			if r.front != nil {
				var next tea.Cmd
				r.front, next = r.front.Update(msg)
				queue = append(queue, next)
			}
		}
	}
}

// press types letters; ⏎ is enter, ⎋ is esc, and ⌫ backspace.
func (r *reader) press(letters string) {
	r.t.Helper()
	for _, letter := range letters {
		msg := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{letter}}
		switch letter {
		case '⏎':
			msg = tea.KeyMsg{Type: tea.KeyEnter}
		case '⌫':
			msg = tea.KeyMsg{Type: tea.KeyBackspace}
		case '⎋':
			msg = tea.KeyMsg{Type: tea.KeyEsc}
		case ' ':
			msg = tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
		}
		r.view(100, 30)
		var cmd tea.Cmd
		r.front, cmd = r.front.Update(msg)
		r.run(cmd)
	}
}

func (r *reader) view(width, height int) string {
	if r.front == nil {
		return r.desk.Words
	}
	drawn := r.front.View(width, height, order.Armed).Over(look.Behind{}, width, height)
	return strings.ReplaceAll(drawn, caret.Here, "") + "\n" + r.desk.Words
}

func (r *reader) sees(words ...string) {
	r.t.Helper()
	shown := strings.Join(strings.Fields(ansi.Strip(r.view(100, 30))), " ")
	for _, w := range words {
		if !strings.Contains(shown, w) {
			r.t.Errorf("there is no “%s” in\n%s", w, r.view(100, 30))
		}
	}
}

func (r *reader) sent(ids ...string) {
	r.t.Helper()
	slices.Sort(r.system.sent)
	if !slices.Equal(r.system.sent, ids) {
		r.t.Errorf("sent %v, want %v", r.system.sent, ids)
	}
}

// appliedTo finds the message that so many lines are done.
func appliedTo(lines int) func(tea.Msg) bool {
	return func(msg tea.Msg) bool {
		done, is := msg.(Applied)
		return is && len(done.Done) == lines
	}
}

func TestAPlanIsReadBeforeAnythingIsSentAndSeveralTakeTheirNumber(t *testing.T) {
	r := reads(t, model.Delete, tokens(3)...)
	r.sees("Plan: delete 3 tokens", "3 can be sent", "Nothing has been sent. Made 20", "shop sara ci-2", "The key stops working at once.")
	r.press("⏎")
	r.sees("Delete 3 tokens?", "│ To go on, type 3 and press enter:", "systems shop 3")
	r.press("2⏎")
	r.sent()
	r.press("⎋")
	r.sees("Plan: delete 3 tokens", "Nothing has been sent")
	r.press("a۲⏎")
	r.sees("That is not 3")
	r.press("⎋a۳⏎")
	r.sees("3 done", ", in /state/plan.json")
	r.sent("1", "2", "3")
	if r.shelf.open != 0 || !slices.ContainsFunc(r.told, appliedTo(3)) {
		t.Errorf("%d files are open; told %v", r.shelf.open, r.told)
	}
	r.press("a")
	r.sees("nothing in it that can be sent")
	r.press("⎋")
	if r.front != nil {
		t.Error("it cannot be left")
	}
}

func TestOneHarmlessTokenTakesAPlainYes(t *testing.T) {
	r := reads(t, model.Delete, tokens(1)...)
	r.press("a")
	r.sees("Delete 1 token?", "y delete")
	r.press("n")
	r.sent()
	r.press("ay")
	r.sent("1")
}

func TestWhatIsGraveTakesTheNameOrTheActionWithTheNumber(t *testing.T) {
	for name, change := range map[string]func(*model.Token, *reader){
		"used lately 1":      func(t *model.Token, _ *reader) { t.LastUsed = model.At(time.Now()) },
		"managed 1":          func(t *model.Token, _ *reader) { t.Managed = model.Clean("outpost") },
		"used here 1":        func(t *model.Token, _ *reader) { t.Own = true },
		"your own account 1": func(t *model.Token, _ *reader) { t.Owner.ID = "1" },
	} {
		for n, phrase := range map[int]string{1: "ci-1", 2: "delete 2"} {
			chosen := tokens(n)
			change(&chosen[0], nil)
			r := reads(t, model.Delete, chosen...)
			r.press("a")
			r.sees("A second look is due: "+name+".", "type "+phrase+" and press enter")
			r.press("y2⏎")
			r.sent()
			r.press("⎋a" + phrase + "⏎")
			r.sees(fmt.Sprintf("%d done", n))
		}
	}
}

func TestUncertainAndFailedOnesStandApartAndFailedOnesAreTriedAlone(t *testing.T) {
	r := reads(t, model.Delete, tokens(4)...)
	fails := true
	r.system.do = func(id string) (model.Issued, error) {
		switch {
		case id == "2":
			return model.Issued{}, model.Fail(model.Uncertain, "the answer was lost")
		case id == "3" && fails:
			fails = false
			return model.Issued{}, model.Fail(model.Unavailable, "no answer")
		}
		return model.Issued{}, nil
	}
	r.press("a4⏎")
	r.sees("2 done · 1 uncertain · 1 failed", "uncertain: the answer was lost", "failed: no answer")
	r.press("r")
	r.sees("Delete 1 token?")
	r.press("y")
	r.sees("3 done · 1 uncertain", "uncertain: the answer was lost")
	r.sent("1", "2", "3", "3", "4")
	r.press("r")
	r.sees("No line has failed.")
	r.system.blind = model.Fail(model.Unavailable, "no answer")
	r.press("l")
	r.sees("It could not be looked at: The system is not available: no answer")
	r.system.blind, r.system.finding = nil, model.Finding{End: model.Visible, Words: "Token ci-2 is gone."}
	r.press("ll")
	r.sees("uncertain: the answer was lost; looked at since: Token ci-2 is gone.", "3 done · 1 uncertain")
	r.press("jl")
	r.sees("What became of this line is known.")
	r.sent("1", "2", "3", "3", "4")
}

func TestAPlanThatStoppedSaysWhyAndWhatIsLeftAndGoesOnFromThere(t *testing.T) {
	r := reads(t, model.Delete, tokens(30)...)
	r.shelf.after = 10
	r.press("a30⏎")
	left := 30 - len(r.system.sent)
	if left < 20 {
		t.Fatalf("%d were sent", len(r.system.sent))
	}
	r.sees(fmt.Sprintf("%d can be sent", left), "Stopped: the disk is full")
	r.shelf.after = 0
	r.press(fmt.Sprintf("a%d⏎", left))
	if len(r.system.sent) != 30 {
		t.Errorf("%d were sent", len(r.system.sent))
	}
	r.sees("30 done")
}

// underWay is a plan of which one line was sent and has no answer until the gate is opened.
func underWay(t *testing.T, r *reader, to delivery) (s *sheet, gate chan struct{}) {
	t.Helper()
	s, _ = r.front.(*sheet)
	r.desk.Making.AtOnce = 1
	gate, inside := make(chan struct{}), make(chan struct{}, 9)
	r.system.do = func(string) (issued model.Issued, err error) {
		inside <- struct{}{}
		<-gate
		if s.plan.Action.MakesKey() {
			issued.Key = model.NewSecret("new")
		}
		return issued, nil
	}
	r.front, _ = s.Update(s.start(plan.Rest, 3, to)())
	<-inside
	return s, gate
}

func TestWhateverStopsAPlanWhatIsUnderWayIsWaitedForAndNothingMoreIsBegun(t *testing.T) {
	for name, msg := range map[string]tea.Msg{"esc": tea.KeyMsg{Type: tea.KeyEsc}, "a line that is cut": terminal.Hangup{}} {
		r := reads(t, model.Delete, tokens(3)...)
		s, gate := underWay(t, r, delivery{})
		if s.Holds() != order.UnansweredWrite {
			t.Error("it can be left while lines are under way")
		}
		r.front, _ = s.Update(msg)
		r.sees("Stopping: those under way are waited for")
		if s.Holds() != order.UnansweredWrite {
			t.Errorf("%s: what is under way is not waited for", name)
		}
		close(gate)
		r.run(s.next())
		r.sees("1 done · 2 can be sent")
		if len(r.system.sent) != 1 || s.Holds() != order.Nothing {
			t.Errorf("%s: sent %v", name, r.system.sent)
		}
	}
}

// TestAPlanIsNotOverBeforeItIsKnownWhereEachKeyIs has a file of its own for a key take its time.
func TestAPlanIsNotOverBeforeItIsKnownWhereEachKeyIs(t *testing.T) {
	r := renewing(t, 2)
	r.desk.Making.AtOnce = 1
	r.shelf.lost = errors.New("the disk is full")
	inside, gate := make(chan struct{}), make(chan struct{})
	r.desk.Keep = func(_, name string, _ model.Secret) (string, error) {
		close(inside)
		<-gate
		return "/keys/" + name, nil
	}
	s, _ := r.front.(*sheet)
	cmd := s.start(plan.Rest, 2, delivery{Outlet: plan.Outlet{Way: plan.InFile, Open: r.shelf.toFile}, path: "keys.jsonl"})
	r.front, _ = s.Update(cmd())
	<-inside
	r.front, _ = s.Update(terminal.Hangup{})
	if s.Holds() != order.UnansweredWrite {
		t.Errorf("it holds %v", s.Holds())
	}
	close(gate)
	r.run(s.next())
	r.sees("1 done", "it is in a file of its own: /keys/shop-1-")
	if s.Holds() != order.Nothing {
		t.Errorf("it holds %v", s.Holds())
	}
}

func renewing(t *testing.T, n int) *reader {
	t.Helper()
	r := reads(t, model.Regenerate, tokens(n)...)
	r.system.do = func(id string) (model.Issued, error) {
		return model.Issued{Key: model.NewSecret("newkey-" + id)}, nil
	}
	return r
}

func TestNewKeysGoToAFileThatIsChosenBefore(t *testing.T) {
	r := renewing(t, 2)
	r.press("a")
	r.sees("A file for the new keys")
	r.press("⏎")
	r.sees("Regenerate 2 tokens?", "keys go to /home/sara/authdeck-keys-")
	r.sent()
	r.press("2⏎")
	r.sees("2 done; the new keys are in /home/sara/authdeck-keys-")
	slices.Sort(r.shelf.keys)
	if !slices.Equal(r.shelf.keys, []string{"newkey-1", "newkey-2"}) || strings.Contains(r.view(100, 30), "newkey") {
		t.Errorf("the file has %v", r.shelf.keys)
	}
}

func TestWithoutItsFilesNothingIsSentAndTheReasonIsSaid(t *testing.T) {
	for name, set := range map[string]func(*shelf){
		"another authdeck applies this plan": func(s *shelf) { s.taken = errors.New("another authdeck applies this plan right now") },
		"it cannot be made":                  func(s *shelf) { s.full = errors.New("it cannot be made") },
	} {
		r := renewing(t, 2)
		set(r.shelf)
		r.press("a⏎2⏎")
		r.sees("Nothing was sent: "+name, "Plan: regenerate 2 tokens")
		r.sent()
		if r.shelf.open != 0 {
			t.Errorf("%s: %d files are open", name, r.shelf.open)
		}
	}
	r := reads(t, model.Delete, tokens(1)...)
	r.desk.Plans = nil
	r.press("a")
	r.sees("No file can be written from here")
}

func TestAKeyThatTheFileDoesNotTakeGoesIntoOneOfItsOwnOrIsShown(t *testing.T) {
	r := renewing(t, 1)
	r.shelf.lost = errors.New("the disk is full")
	r.press("a⏎y")
	r.sees("Stopped: the disk is full", "/keys/shop-1-")
	if len(r.kept) != 1 || !strings.HasSuffix(r.kept[0], " newkey-1") {
		t.Errorf("kept %v", r.kept)
	}
	r = renewing(t, 1)
	r.shelf.lost, r.full = errors.New("the disk is full"), errors.New("here too")
	r.press("a⏎y")
	r.sees("The new key of token ci-1 of sara")
	if r.front.Holds() != order.NewKey && r.front.Holds() != order.SeenKey {
		t.Errorf("it holds %v", r.front.Holds())
	}
}

func TestAPlanIsWrittenToAFileThatWasNotThere(t *testing.T) {
	r := reads(t, model.Delete, tokens(2)...)
	r.press("w⏎")
	r.sees("The plan is in ~/authdeck-plan-", ", in ~/authdeck-plan-")
	r.press("w⏎")
	r.sees("It was not written: there is a file of this name already.")
	r.press("a2⏎")
	r.sees("2 done")
	if len(r.shelf.plans) != 1 {
		t.Errorf("it is in %d files", len(r.shelf.plans))
	}
}

func TestAPlanFromAFileIsReadAgainBeforeItIsApplied(t *testing.T) {
	r := reads(t, model.Delete, tokens(3)...)
	s, _ := r.front.(*sheet)
	r.system.tokens = tokens(3)[1:] // the first line was begun
	r.system.tokens[1].Description = model.Clean("for somebody else")
	r.shelf.records = []plan.Record{{Line: 0, Step: plan.Begins}}
	ends := s.plan.Ends(r.shelf.records)
	var cmd tea.Cmd
	r.front, cmd = Show(r.desk, r.system, s.plan, "plan.json", ends)
	r.sees("Reading again what it is about")
	r.press("⏎")
	r.sees("It is being read again")
	r.run(cmd)
	r.sees("1 uncertain · 2 can be sent · 1 for a second look", ", in plan.json", "1 line of the plan changed since it was made.")
	r.press("jj")
	r.sees("It has changed since: the description was none and is for somebody else.")
	r.press("adelete 2⏎")
	r.sees("2 done · 1 uncertain")
	r.sent("2", "3")
}

func TestAPlanFitsIntoEveryWindow(t *testing.T) {
	r := reads(t, model.Delete, tokens(50)...)
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 15}, {40, 10}, {20, 4}} {
		lines := strings.Split(strings.TrimSuffix(r.view(size[0], size[1]), "\n"+r.desk.Words), "\n")
		if len(lines) != size[1] {
			t.Errorf("%v: %d lines", size, len(lines))
		}
		for _, line := range lines {
			if ansi.StringWidth(line) > size[0] {
				t.Errorf("%v: “%s” is too long", size, line)
			}
		}
	}
}

func TestALongPlanCostsAFrameNoMoreThanAShortOne(t *testing.T) {
	cost := func(n int) time.Duration {
		r := reads(t, model.Delete, tokens(n)...)
		best := time.Hour
		for range 20 {
			began := time.Now()
			r.front.View(100, 30, order.Armed)
			r.front.Help()
			best = min(best, time.Since(began))
		}
		return best
	}
	if short, long := cost(100), cost(20_000); long > 2*short {
		t.Errorf("a frame of a plan of 20,000 lines takes %v, one of 100 takes %v", long, short)
	}
}
