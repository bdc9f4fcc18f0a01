package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/order"
)

// knowledge is what a system knows of a key that somebody has in hand.
type knowledge struct {
	may     model.Candidate
	claims  map[model.Passage]model.Claim
	pasted  []string        // the keys that came, each with its passage
	held    []model.Secret  // as they were handed in
	by      []model.Passage // how
	hand    model.Secret    // the key itself, as a person has it in hand
	revoked string
}

func (r *remote) Candidate(key model.Secret) model.Candidate {
	r.told.hand = key
	if r.told.may.Why == "" {
		return model.Candidate{Fits: model.No, Why: "its keys have another form: 30 letters and digits"}
	}
	return r.told.may
}

func (r *remote) Whose(ctx context.Context, key model.Secret, by model.Passage) model.Claim {
	_ = r.read(ctx, "whose", model.Query{})
	r.told.pasted, r.told.by, r.told.held = append(r.told.pasted, key.Reveal()), append(r.told.by, by), append(r.told.held, key)
	return r.told.claims[by]
}

// suspects are systems that say different things of a key: the first knows it, two do not,
// one cannot tell, and two are not asked unless somebody wants it.
func suspects() []*remote {
	c := newClock()
	named := func(name string, may model.Candidate, claim model.Claim) *remote {
		r := company(c)
		r.info.Name, r.info.Host, r.told.may = name, name+".example.com", may
		r.told.claims = map[model.Passage]model.Claim{model.InHeader: claim, model.Compared: claim, model.InAddress: claim}
		return r
	}
	fits := model.Candidate{Fits: model.Yes, Passages: []model.Passage{model.InHeader}, Why: "40 small hexadecimal digits"}
	shop := named("shop", fits, model.Claim{Known: model.Yes, May: model.Clean("all that its owner may")})
	delete(shop.info.Missing, model.Revoke)
	shop.forms[model.Revoke] = model.Form{Danger: true, Warnings: []string{"Whatever uses it is signed out."}, Fields: []model.Field{{Key: "key", Label: "key", Kind: model.AskSecret}}}
	claim := shop.told.claims[model.InHeader]
	claim.Owner, claim.Token = shop.users[1], shop.tokens[1]
	shop.told.claims[model.InHeader] = claim
	return []*remote{
		named("idp", model.Candidate{Fits: model.Unsaid, Passages: []model.Passage{model.InHeader}, Why: "60 letters and digits; some may have another form"}, model.Claim{Known: model.No, Words: "It is none of its keys."}),
		named("tower", fits, model.Claim{Words: "The key may work from the address alone that it was made at."}),
		shop,
		named("cloud", fits, model.Claim{Known: model.No, Words: "It opens nothing there now."}),
		named("pult", model.Candidate{Fits: model.Yes, Passages: []model.Passage{model.InAddress}, Why: "a UUID in small letters"}, model.Claim{Known: model.No}),
		named("old", model.Candidate{Fits: model.Yes, Why: "its address begins with http"}, model.Claim{}),
	}
}

// inHand opens the question whose the canary is, with the list of those who would be asked.
func inHand(t *testing.T, systems []*remote) *driver {
	t.Helper()
	d := start(t, systems...)
	d.press("x")
	d.sees("Whose key is this?")
	d.paste(" " + canary + "\n")
	d.pressKey(tea.KeyEnter)
	return d
}

func asked(systems []*remote) string {
	var names []string
	for _, r := range systems {
		for _, by := range r.told.by {
			names = append(names, r.info.Name+" "+by.String())
		}
	}
	return strings.Join(names, ", ")
}

// forgotten wants no copy of a key that was pasted to be in memory any more, and none where
// it does not belong.
func (d *driver) forgotten() {
	d.t.Helper()
	for _, r := range d.systems {
		for i, key := range r.told.held {
			if !key.Empty() {
				d.t.Errorf("%s: the copy of the key that it was asked with is in memory", r.info.Name)
			}
			if r.told.pasted[i] != canary {
				d.t.Errorf("%s got another key", r.info.Name)
			}
		}
	}
	if key := d.systems[0].told.hand; !key.Empty() && d.app.front.Focus() == order.Browsing {
		d.t.Error("nothing is asked any more, and the key is in memory")
	}
	if strings.Contains(d.log.String(), canary) {
		d.t.Error("the journal holds the key")
	}
}

func TestOnlyThoseAreAskedWhoseKeysLookLikeItAndTheListIsShownBefore(t *testing.T) {
	systems := suspects()
	d := inHand(t, systems)
	d.sees("Who is asked whose key this is?", "tower [x] in a header", "shop [x] in a header", "cloud [x] in a header", "idp [ ] not asked: its keys look otherwise",
		"pult [ ] not asked: it would be in the address", "old – not asked: its address begins with http", "it counts as a use")
	d.seesNot(canary)
	if who := asked(systems); who != "" {
		t.Fatalf("asked before anybody said so: %s", who)
	}
	d.pressKey(tea.KeyEnter)
	if who := asked(systems); who != "tower in a header, shop in a header, cloud in a header" {
		t.Errorf("asked: %s", who)
	}
	d.seesNot(canary)
	d.forgotten()
}

func TestTheListOfThoseWhoAreAskedIsShortenedAndMadeLonger(t *testing.T) {
	systems := suspects()
	d := inHand(t, systems)
	d.press("gj jj ") // neither tower nor cloud
	d.press("j ")     // pult, in its address
	d.sees("In the address of pult the key ends up in the logs")
	d.press("j ")
	d.sees("old is not asked: its address begins with http.")
	d.pressKey(tea.KeyEnter)
	if who := asked(systems); who != "shop in a header, pult in the address" {
		t.Errorf("asked: %s", who)
	}
}

func TestNobodyIsAskedWithoutATick(t *testing.T) {
	systems := suspects()
	d := inHand(t, systems)
	d.press("gj j j ")
	d.pressKey(tea.KeyEnter)
	d.sees("No system is ticked")
	d.pressKey(tea.KeyEsc)
	d.sees("Nobody was asked.")
	if who := asked(systems); who != "" {
		t.Errorf("asked: %s", who)
	}
}

func TestEachAnswerStandsThereAsItComes(t *testing.T) {
	systems := suspects()
	d := inHand(t, systems)
	d.hold()
	d.pressKey(tea.KeyEnter)
	d.sees("Whose key is this?", "tower asking…", "shop asking…", "cloud asking…")
	shop := d.held[1]
	d.held = append(d.held[:1], d.held[2:]...)
	d.give(shop)
	d.sees("It is a key of omid, in shop", "shop knows it: a key of omid", "tower asking…", "token #101 of omid", "all that its owner may")
	d.release()
	d.sees("tower cannot be told", "cloud does not take it", "idp was not asked", "old could not be asked: its address begins with http")
	d.forgotten()
}

func TestAKeyThatNobodyKnowsIsNobodysAndWhatCannotBeToldIsNoNo(t *testing.T) {
	systems := suspects()
	systems[2].told.claims = nil
	d := inHand(t, systems)
	d.pressKey(tea.KeyEnter)
	d.sees("It cannot be told whose it is", "Said no: cloud. It is none of theirs, has ended, or its owner is inactive. Cannot tell: tower, shop. Not asked: idp, pult. Could not be asked: old.")
	d.seesNot("No system that was asked knows it")
	d.press("gj")
	d.sees("The key may work from the address alone")
	d.pressKey(tea.KeyEsc)

	systems = suspects()
	d = inHand(t, systems)
	d.press("gj j ")
	d.pressKey(tea.KeyEnter)
	d.sees("No system that was asked knows it", "Said no: cloud. It is none of theirs, has ended, or its owner is inactive. Not asked: idp, tower, shop, pult. Could not be asked: old.")
}

func TestTheWayToATokenIsOneKeyAndBack(t *testing.T) {
	systems := suspects()
	claim := systems[2].told.claims[model.InHeader]
	systems[2].tokens[4].Owner = systems[2].users[1]
	claim.Token = systems[2].tokens[4]
	systems[2].told.claims[model.InHeader] = claim
	d := inHand(t, systems)
	d.pressKey(tea.KeyEnter, tea.KeyEnter)
	d.sees("shop hamgam", "only omid", "2 tokens")
	if row, _ := d.app.tokens.list.Selected(); row.ID != claim.Token.ID {
		t.Errorf("the cursor is on %s", row.ID)
	}
	d.forgotten()
	d.pressKey(tea.KeyEsc)
	d.sees("5 tokens")
}

func TestAKeyIsEndedByTheOrdinaryOrder(t *testing.T) {
	systems := suspects()
	d := inHand(t, systems)
	d.pressKey(tea.KeyEnter)
	d.sees("d end it")
	d.press("d")
	d.sees("shop hamgam", "Delete token #101 of omid?", "Whatever uses the key is signed out.")
	d.press("y")
	if got := systems[2].writes; len(got) != 1 || got[0] != "delete 101" {
		t.Errorf("wrote %q", got)
	}
}

func TestAPastedKeyIsRevokedWithoutBeingAskedForTwice(t *testing.T) {
	for name, keys := range map[string]string{"y": "y", "n": "n"} {
		systems := suspects()
		claim := systems[2].told.claims[model.InHeader]
		claim.ByKey = true
		systems[2].told.claims[model.InHeader] = claim
		d := inHand(t, systems)
		d.pressKey(tea.KeyEnter)
		d.press("d")
		d.sees("Revoke the pasted key of omid?", "Whatever uses it is signed out.")
		d.seesNot(canary, "enter go on")
		held := systems[2].told.hand
		d.press(keys)
		if name == "y" {
			d.sees("The pasted key of omid: the order was sent.")
			if got := systems[2].orders[0]; got.Action != model.Revoke || systems[2].told.revoked != canary {
				t.Errorf("%s with %q", got.Action, systems[2].told.revoked)
			}
		}
		if !held.Empty() {
			t.Errorf("after %s the pasted key is still in memory", name)
		}
		d.forgotten()
	}
}

func TestReadOnlyOffersNoEndOfAKey(t *testing.T) {
	systems := suspects()
	for _, a := range model.Actions() {
		systems[2].info.Missing[a] = "authdeck was started read-only"
	}
	d := inHand(t, systems)
	d.pressKey(tea.KeyEnter)
	d.sees("It is a key of omid, in shop", "enter go there")
	d.seesNot("d end it")
	d.press("d")
	d.sees("It is a key of omid, in shop")
	if len(systems[2].orders) != 0 {
		t.Error("something was ordered")
	}
}

func TestWhatIsWaitedForCanBeGivenUp(t *testing.T) {
	systems := suspects()
	d := inHand(t, systems)
	d.hold()
	d.pressKey(tea.KeyEnter, tea.KeyEsc)
	d.sees("Given up. Who was asked may have seen the key all the same.", "shop cannot be told: given up", "It cannot be told whose it is")
	for _, r := range systems[1:4] {
		if r.given[len(r.given)-1].Err() == nil {
			t.Errorf("%s is still asked", r.info.Name)
		}
	}
	d.release()
	d.sees("shop cannot be told: given up")
	d.pressKey(tea.KeyEsc)
	d.seesNot("cannot be told")
	d.forgotten()
}

func TestASystemIsAskedInTheOtherWayOnlyAfterThatWasSaid(t *testing.T) {
	systems := suspects()
	systems[2].told.may.Passages = []model.Passage{model.Compared, model.InAddress}
	systems[2].told.claims[model.Compared] = model.Claim{Instead: model.InAddress, Words: "The list masks its keys."}
	d := inHand(t, systems)
	d.pressKey(tea.KeyEnter)
	d.press("gjj")
	d.sees("space ask in the address", "The list masks its keys.")
	d.press(" ")
	d.sees("Who is asked whose key this is?", "In the address of shop the key ends up in the logs", "tower [ ] asked before")
	if who := asked(systems); strings.Contains(who, "address") {
		t.Fatalf("asked: %s", who)
	}
	d.pressKey(tea.KeyEnter)
	if who := asked(systems); who != "tower in a header, shop compared here, shop in the address, cloud in a header" {
		t.Errorf("asked: %s", who)
	}
}

func TestEveryPageAsksWhoseAKeyIs(t *testing.T) {
	for _, page := range []string{"1", "2", "0"} {
		d := start(t, suspects()...)
		d.press(page + "x")
		d.sees("Whose key is this?", "no system gets it before you say which")
		d.press("dyq")
		d.sees("•••")
		d.pressKey(tea.KeyEsc)
		d.sees("Nobody was asked.")
		d.wrote()
		d.ended(false)
	}
}

func TestTheEndOfTheProgramWipesAPastedKey(t *testing.T) {
	for name, keys := range map[string][]tea.KeyType{"list": {}, "answers": {tea.KeyEnter}} {
		systems := suspects()
		d := inHand(t, systems)
		d.pressKey(keys...)
		held := systems[2].told.hand
		if held.Empty() {
			t.Fatalf("%s: there is no key to wipe", name)
		}
		d.pressKey(tea.KeyCtrlC)
		d.ended(true)
		_, _ = d.app.Farewell()
		if !held.Empty() {
			t.Errorf("%s: the key is still in memory", name)
		}
	}
}

// claimScenes are the steps of asking whose a key is.
func claimScenes() []scene {
	chosen := func(keys string, more ...tea.KeyType) func(*driver) {
		return func(d *driver) {
			d.press("x")
			d.paste(canary)
			d.pressKey(tea.KeyEnter)
			d.press(keys)
			d.pressKey(more...)
		}
	}
	unknown := func(r *remote) { r.told.claims = nil }
	return []scene{
		{"claim", suspects, nil, func(d *driver) { d.press("x"); d.paste(canary) }},
		{"claim-choice", suspects, nil, chosen("")},
		{"claim-address", suspects, nil, chosen("jjj ")},
		{"claim-none", three, nil, chosen("")},
		{"claim-asking", suspects, nil, func(d *driver) {
			chosen("")(d)
			d.hold()
			d.pressKey(tea.KeyEnter)
			d.pass(2 * time.Second)
		}},
		{"claim-known", suspects, nil, chosen("", tea.KeyEnter)},
		{"claim-unknown", suspects, unknown, chosen("gjj ", tea.KeyEnter)},
		{"claim-end", suspects, nil, func(d *driver) { chosen("", tea.KeyEnter)(d); d.press("d") }},
	}
}

// TestATickSaysWhatIsNotKnownYetAndGoesWhereItTurnsOutToBeNone is about a system of which only
// its first answer tells whether it has such keys.
func TestATickSaysWhatIsNotKnownYetAndGoesWhereItTurnsOutToBeNone(t *testing.T) {
	none := model.Candidate{Fits: model.No, Why: "there are no tokens in this AWX"}
	systems := suspects()
	tower := systems[1]
	tower.told.may.Open = "its generation is not known yet"
	d := inHand(t, systems)
	d.sees("tower [x] in a header, if it has such keys", "is not known yet", "shop [x] in a header")
	d.seesNot("shop [x] in a header, if")
	tower.told.may = none
	d.give(struct{}{}) // whatever comes
	d.sees("tower – not asked: there are no tokens in this AWX")
	d.pressKey(tea.KeyEnter)
	if who := asked(systems); who != "shop in a header, cloud in a header" {
		t.Errorf("asked: %s", who)
	}
}

func TestASystemThatTurnsOutToHaveNoSuchKeysIsNotSaidToHaveBeenAsked(t *testing.T) {
	systems := suspects()[1:2]
	d := inHand(t, systems)
	d.hold()
	d.pressKey(tea.KeyEnter)
	systems[0].told.may = model.Candidate{Fits: model.No, Why: "there are no tokens in this AWX"}
	d.release()
	d.sees("No system could be asked whose key this is", "tower could not be asked: there are no tokens in this AWX", "Could not be asked: tower.")
	d.seesNot("cannot be told")
}
