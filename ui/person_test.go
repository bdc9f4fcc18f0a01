package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/person"
)

// relatives are a person over the systems of a joint: whoever has the user name. In the third
// system the e-mail is the same as well, in the second nothing more is known.
type relatives struct {
	*joint
	seed   person.Seed
	out    map[string]bool
	asked  int // how often a list was
	anew   int // and how often by reading anew
	closed bool
}

// Person implements [person.Finder].
func (j *joint) Person(seed person.Seed) person.View {
	j.opened = append(j.opened, &relatives{joint: j, seed: seed, out: map[string]bool{}})
	return j.opened[len(j.opened)-1]
}

func (r *relatives) Info() model.Info {
	info := r.joint.Info()
	info.Name, info.Kind = r.seed.Called().String(), "a person in 3 systems"
	return info
}

func (r *relatives) is(u model.User) bool {
	return u.Username == r.seed.Account.Username
}

func (r *relatives) read(q model.Query) {
	r.asked++
	if q.Fresh {
		r.anew++
	}
}

func (r *relatives) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	r.read(q)
	all, err := r.joint.Tokens(ctx, q)
	page := model.Page[model.Token]{Lacks: all.Lacks, Note: "Looked for by user name."}
	for _, t := range all.Items {
		if r.is(t.Owner) && !r.out[t.Owner.ID] {
			page.Items = append(page.Items, t)
		}
	}
	page.Total = len(page.Items)
	return page, err
}

func (r *relatives) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	r.read(q)
	all, err := r.joint.Users(ctx, q)
	var page model.Page[model.User]
	for _, u := range all.Items {
		if r.is(u) {
			page.Items = append(page.Items, u)
		}
	}
	page.Total = len(page.Items)
	return page, err
}

func (r *relatives) Ties() map[string]person.Tie {
	ties := map[string]person.Tie{}
	for i, one := range r.remotes {
		for _, u := range one.users {
			id := one.info.Name + "/" + u.ID
			tie := person.Tie{How: person.SameUser, System: one.info.Name, Out: r.out[id]}
			switch {
			case one.info.Name == r.seed.System && u.ID == r.seed.Account.ID:
				tie.How = person.Itself
			case i == 2:
				tie.How, tie.Via = person.SameEmail, "lab"
			}
			if r.is(u) {
				ties[id] = tie
			}
		}
	}
	return ties
}

func (r *relatives) Take(id string, out bool) { r.out[id] = out }

func (r *relatives) Close(context.Context) error {
	r.closed = true
	return nil
}

// kin3 are three systems that all answer, the third of which is for production.
func kin3() []*remote {
	systems := apart3()
	delete(systems[1].fail, "tokens")
	return systems
}

func TestKeyPOpensThePersonAndEscGoesBackToTheSameRow(t *testing.T) {
	d := start(t, kin3()...)
	d.press("jp")
	d.sees("authdeck omid PRODUCTION a person in 3 systems", "1 not sure · 3 accounts in 3 systems", "3 tokens", "shop omid", "lab omid user name only", "live omid")
	d.seesNot("sara", "you:")
	asked := d.systems[0].count("tokens")
	d.pressKey(tea.KeyEsc)
	d.sees("authdeck shop hamgam", "you: reza", "5 tokens", "› omid")
	if d.systems[0].count("tokens") != asked {
		t.Error("the list was read anew for the way back")
	}
	if all := d.app.world.All.(*joint); !all.opened[0].closed {
		t.Error("the person is still looked for")
	}
}

func TestAPersonOpensFromUsersAndFromAllSystems(t *testing.T) {
	d := start(t, kin3()...)
	d.press("2jp")
	d.sees("authdeck omid", "3 tokens")
	d.pressKey(tea.KeyEsc)
	d.sees("authdeck shop", "7 users", "› omid")
	d.press("9Gp")
	all := d.app.world.All.(*joint)
	if seed := all.opened[1].seed; seed.System != "live" || strings.Contains(seed.Account.ID, "/") || seed.Account.System != "" {
		t.Errorf("the seed is %+v", seed)
	}
	d.pressKey(tea.KeyEsc)
	d.sees("authdeck all", "15 tokens")
	d.press("p0")
	d.pressKey(tea.KeyEnter)
	d.sees("authdeck shop hamgam")
	if !all.opened[2].closed || len(d.app.left) > 0 {
		t.Error("who went on to another system has left the person behind")
	}
}

func TestAllOfOnePersonTakesFewKeys(t *testing.T) {
	d := start(t, kin3()...)
	d.press("/sara⏎p") // 7 keys
	d.sees("authdeck sara", "3 accounts in 3 systems", "shop sara", "lab sara", "live sara")
}

func TestWhereThereIsOneSystemAPersonIsOfThatOne(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("jp")
	d.sees("authdeck omid", "1 account in 1 system", "1 token")
	d.pressKey(tea.KeyEsc)
	d.sees("authdeck shop", "› omid")
}

// TestAWeakTieIsMarkedInEveryWindow is about safety: who ends a token of a namesake was told.
func TestAWeakTieIsMarkedInEveryWindow(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 15}, {40, 12}} {
		d := start(t, kin3()...)
		d.press("jp")
		d.resize(size[0], size[1])
		d.sees("user name only")
		if size[0] < wide {
			d.sees("1 not sure")
		} else {
			d.sees("3 accounts in 3 systems, 1 of them by name only")
		}
		d.press("2")
		d.sees("user name only")
	}
}

func TestAnAccountIsTakenOutWithItsTokensAndPutBack(t *testing.T) {
	d := start(t, kin3()...)
	d.press("jp")
	person := d.app.world.All.(*joint).opened[0]
	anew := person.anew
	d.press("jo")
	d.sees("Taken out: omid in lab, with its tokens. On 2, o puts it back.", "2 tokens", "1 taken out · 3 accounts in 3 systems")
	d.seesNot("lab omid")
	if person.anew != anew {
		t.Error("for that, the systems were asked anew")
	}
	d.pressKey(tea.KeyCtrlR)
	d.sees("2 tokens", "1 taken out")
	d.press("2")
	d.sees("lab omid taken out: user name only not sure", "3 users")
	d.press("jo")
	d.sees("Put back: omid in lab.", "1 not sure")
	d.seesNot("taken out")
	d.press("1")
	d.sees("3 tokens", "lab omid user name only")
}

func TestWhatIsDoneOnAPersonsPageIsDoneInItsOwnSystem(t *testing.T) {
	d := start(t, kin3()...)
	d.systems[1].info.ReadOnly = false
	d.press("jpjd")
	d.sees("Delete token #101 of omid?", "system lab, ")
	agree(d)
	d.sees("2 tokens")
	if s := d.systems; len(s[0].writes)+len(s[2].writes) > 0 || len(s[1].writes) != 1 {
		t.Errorf("written: %q, %q, %q", s[0].writes, s[1].writes, s[2].writes)
	}
	asked := d.systems[0].count("tokens")
	d.pressKey(tea.KeyEsc)
	d.sees("authdeck shop")
	if d.systems[0].count("tokens") == asked {
		t.Error("the list from before a write is shown as it was")
	}
}

func TestAPersonIsLookedForByNameAlone(t *testing.T) {
	d := start(t, kin3()...)
	d.press(":person nika⏎")
	d.sees("authdeck nika", "3 accounts in 3 systems")
	if seed := d.app.world.All.(*joint).opened[0].seed; seed.System != "" || seed.Account.ID != "" {
		t.Errorf("the seed is %+v", seed)
	}
}

func TestAPersonIsLookedForByNameWhereNoRowIs(t *testing.T) {
	d := start(t, apart3()...)
	d.press("/nobody at all⏎")
	d.press(":person nika⏎")
	d.sees("a person in 3 systems")
}

func TestATokenOfNobodyKnownHasNoPerson(t *testing.T) {
	systems := kin3()
	systems[0].tokens[0].Owner = model.User{}
	d := start(t, systems...)
	d.press("p")
	d.sees("person: nobody knows whose this token is", "authdeck shop")
	systems[0].tokens = nil
	d.pressKey(tea.KeyCtrlR)
	d.press("p")
	d.sees("person: there is no token under the cursor")
}

func TestAPersonInsideOfAPersonIsLeftOneByOne(t *testing.T) {
	d := start(t, kin3()...)
	d.press("jp")
	d.press(":person nika⏎")
	d.sees("authdeck nika")
	d.pressKey(tea.KeyEsc)
	d.sees("authdeck omid", "3 tokens")
	d.pressKey(tea.KeyEsc)
	d.sees("authdeck shop", "› omid")
	d.pass(time.Minute)
}

func TestWhoseKeyItIsLeadsToThePerson(t *testing.T) {
	d := inHand(t, suspects())
	d.pressKey(tea.KeyEnter)
	d.sees("p person")
	d.press("p")
	d.sees("authdeck omid", "opened here")
	d.forgotten()
	d.pressKey(tea.KeyEsc)
	d.sees("authdeck idp")
}

// TestWhatIsMadeInAnotherSystemMovesNoCursorHere is about two systems that count alike: the
// page that was left hears of the token too.
func TestWhatIsMadeInAnotherSystemMovesNoCursorHere(t *testing.T) {
	systems := kin3()
	systems[0].tokens[3].ID = "2" // as the one will be called that is made
	d := start(t, systems...)
	d.press("jp2jc")
	agree(d)
	d.press("v")
	d.pressKey(tea.KeyEsc, tea.KeyEsc)
	if len(systems[1].writes) != 1 {
		t.Fatalf("lab was written to: %q\n%s", systems[1].writes, d.app.View())
	}
	d.sees("authdeck shop", "› omid")
}

// TestAFileOfAPersonIsInNoOtherFolder is about a name that somebody has chosen.
func TestAFileOfAPersonIsInNoOtherFolder(t *testing.T) {
	systems := kin3()
	systems[0].tokens[0].Owner.Username = model.Clean("../../etc/\x1bpasswd " + strings.Repeat("x", 500))
	d := start(t, systems...)
	d.app.Export = func(context.Context, model.API, model.Export) (model.Exported, error) { return model.Exported{}, nil }
	d.press("pE")
	d.sees("~/authdeck-______etc__passwd_" + strings.Repeat("x", 22) + "-tokens-2026-03-01.")
}

// TestAnExportOfAPersonSaysOfWhichAccountsItIsNotSure is about a file that is handed on as
// everything of somebody.
func TestAnExportOfAPersonSaysOfWhichAccountsItIsNotSure(t *testing.T) {
	d := start(t, three()...)
	f := &files{}
	d.app.Desk.Export = f.write(d.systems[0])
	d.press("jpE")
	d.sees("Not sure to be the same person: the account in lab (user name only).")
	d.pressKey(tea.KeyCtrlS)
	d.sees("are written", "Not sure to be the same person: the account in lab (user name only).")
	d.pressKey(tea.KeyEnter)
	d.press("joE")
	d.sees("Taken out by you, and not in the file: the account in lab.")
	d.seesNot("Not sure")
	d.pressKey(tea.KeyCtrlS)
	d.sees("are written", "Taken out by you, and not in the file: the account in lab.")
}
