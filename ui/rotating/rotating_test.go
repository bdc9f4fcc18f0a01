package rotating_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/model/rotation"
	"authdeck/ui/rotating"
)

// rotated is somebody before the key of a successor of ci.
func rotated(t *testing.T, s *server) *person {
	t.Helper()
	s.folder = t.TempDir()
	p := sit(s, t.TempDir())
	p.rotates(s.token("ci"))
	p.sees(t, "Create a successor of token ci of sara", "identifier ci-2")
	p.press("→")
	p.sees(t, "It stands beside the old token", "y create")
	p.press("y")
	return p
}

func (p *person) sees(t *testing.T, words ...string) {
	t.Helper()
	on := p.reads()
	for _, w := range words {
		if !strings.Contains(on, w) {
			t.Fatalf("%q is not to be read in: %s", w, on)
		}
	}
}

func (p *person) stage(t *testing.T, want rotation.Stage) {
	t.Helper()
	if all := p.pairs(t); len(all) != 1 || all[0].Stage != want {
		t.Fatalf("under way is %+v", all)
	}
}

func has(s *server, id string) bool { _, is := s.find(id); return is }

func TestATokenIsRotatedWithoutAMomentInWhichNoneWorks(t *testing.T) {
	s := &server{}
	p := rotated(t, s)
	p.sees(t, "The successor of token ci of sara", "ci-2")
	p.stage(t, rotation.Made)
	p.press("v⎋")
	p.stage(t, rotation.HandedOver)
	p.looks()
	p.sees(t, "Rotation of token ci of sara", "new token ci-2", "key handed over just now, seen on the screen", "idp does not tell when a token was used", "d end the old one")
	p.press("d")
	p.sees(t, "Delete token ci of sara?", "successor ci-2, key handed over just now")
	if !has(s, "ci") {
		t.Fatal("it was ended before anybody said so")
	}
	p.press("y")
	if len(p.pairs(t)) != 0 || has(s, "ci") || !has(s, "ci-2") {
		t.Errorf("under way %+v, there are %+v", p.pairs(t), s.tokens())
	}
	p.looks()
	p.sees(t, "No rotation is under way")
}

func TestHowAKeyIsHandedOverDecidesWhetherTheOldOneMayEnd(t *testing.T) {
	for name, c := range map[string]struct {
		keys string
		want rotation.Stage
	}{
		"untouched": {"", rotation.Made}, "only seen, and not closed": {"v", rotation.Made}, "only sent": {"y", rotation.Made}, "given up": {"⎋l", rotation.Made},
		"seen and closed": {"v⎋", rotation.HandedOver}, "written": {"w", rotation.HandedOver}, "trusted to a clipboard": {"y⎋l", rotation.HandedOver},
		"trusted, and then not": {"y⎋n", rotation.Made},
	} {
		t.Run(name, func(t *testing.T) {
			s := &server{}
			p := rotated(t, s)
			p.press(c.keys)
			p.stage(t, c.want)
			sealed, _ := filepath.Glob(filepath.Join(p.state, "undelivered", "*.age"))
			if gone := len(sealed) == 0; gone != (c.want == rotation.HandedOver || name == "given up") {
				t.Errorf("sealed are %q", sealed)
			}
			p.looks()
			p.press("d")
			if c.want == rotation.Made {
				p.sees(t, "The old one is not ended: the key of ci-2 was not handed over")
			} else {
				p.sees(t, "Delete token ci of sara?")
			}
		})
	}
}

func TestAKeyThatWasLeftIsHandedOverByTheNextConsoleAndCountsThere(t *testing.T) {
	s := &server{}
	state := t.TempDir()
	s.folder = t.TempDir()
	p := sit(s, state)
	p.rotates(s.token("ci"))
	p.press("→y") // and the console is left with the key in hand
	next := sit(s, afterwards(t, state))
	next.stage(t, rotation.Made)
	next.looks()
	next.sees(t, "its key not handed over", "it lies here, sealed, and :keys hands it over")
	next.press("⎋")
	next.takes()
	next.press("⏎⏎")
	next.sees(t, "The kept key of token ci-2")
	next.press("v⎋")
	next.stage(t, rotation.HandedOver)
}

// stuck is a book of which no step can be written after the first.
type stuck struct{ rotation.Book }

func (s stuck) Begin(p rotation.Pair, first rotation.Step) (rotation.Hand, error) {
	h, err := s.Book.Begin(p, first)
	return stuckHand{h}, err
}

type stuckHand struct{ rotation.Hand }

func (stuckHand) Write(rotation.Step) error { return errBroken }

func TestAKeyThatCameBeforeThatWasWrittenDownTellsWhichTokenWasMade(t *testing.T) {
	for name, again := range map[string]bool{"in this console": false, "in the next one": true} {
		t.Run(name, func(t *testing.T) {
			s := &server{folder: t.TempDir(), info: func(i *model.Info) { i.Missing = model.Caps{model.Reveal: "never"} }}
			state := t.TempDir()
			p := sit(s, state)
			book := p.desk.Rotations
			p.desk.Rotations = stuck{book}
			p.rotates(s.token("ci"))
			p.press("→y")
			p.sees(t, "How this ended could not be remembered: it broke")
			p.desk.Rotations = book
			p.stage(t, rotation.Making)
			if again {
				p = sit(s, afterwards(t, state))
				p.looks()
				p.sees(t, "It was made: its key lies here, sealed, and :keys hands it over.")
				p.takes()
				p.press("⏎⏎")
			}
			p.press("v⎋")
			p.stage(t, rotation.HandedOver)
			if all := p.pairs(t); all[0].New.ID != "ci-2" {
				t.Errorf("under way is %+v", all)
			}
		})
	}
}

func TestANameThatAnotherTokenHasByNowIsNoOldToken(t *testing.T) {
	s := &server{}
	p := rotated(t, s)
	p.press("v⎋")
	note(s.folder, "ended", "ci")
	note(s.folder, "made", "ci")
	p.looks()
	p.sees(t, "ci, and another token has that name now")
	p.press("d")
	p.sees(t, "The old one is not ended: what is called so now is another token")
	note(s.folder, "ended", "ci-2")
}

func TestAnOldTokenIsNotEndedWhereItsSuccessorIsGone(t *testing.T) {
	s := &server{}
	p := rotated(t, s)
	p.press("v⎋")
	note(s.folder, "ended", "ci-2")
	p.looks()
	p.sees(t, "ci-2, not in the list any more", "the old one may be the only one that works")
	p.press("d")
	p.sees(t, "The old one is not ended: its successor is not in the list any more")
}

func TestTheKeyOfASuccessorThatTheSystemShowsAgainIsHandedOverByBeingSeen(t *testing.T) {
	s := &server{}
	p := rotated(t, s)
	p.press("⎋l")
	p.stage(t, rotation.Made)
	p.looks()
	p.sees(t, "v on the new token shows it")
	p.does(p.desk.Begin(p.api, model.Reveal, s.token("ci-2")))
	p.press("y⎋") // shown, and closed unseen
	p.stage(t, rotation.Made)
	p.does(p.desk.Begin(p.api, model.Reveal, s.token("ci-2")))
	p.press("yv⎋")
	p.stage(t, rotation.HandedOver)
}

// losing is a server whose answer to an action is lost.
func losing(lost model.Action) *server {
	return &server{ends: func(a model.Action) error {
		if a == lost {
			return errLost
		}
		return nil
	}}
}

// TestWhatALookByItselfFindsMovesTheRotation has the answer to each of the two orders be lost.
func TestWhatALookByItselfFindsMovesTheRotation(t *testing.T) {
	p := rotated(t, losing(model.Create))
	p.sees(t, "Creating a successor of token ci of sara", "Token ci-2 is there.")
	p.stage(t, rotation.Made)
	s := losing(model.Delete)
	p = rotated(t, s)
	p.press("v⎋")
	p.looks()
	p.press("dy")
	p.sees(t, "Token ci is gone.")
	if all := p.pairs(t); len(all) != 0 || has(s, "ci") {
		t.Errorf("under way is %+v", all)
	}
}

// TestALookThatFindsNothingYetMovesNothing has the server be at it still.
func TestALookThatFindsNothingYetMovesNothing(t *testing.T) {
	s := &server{}
	p := rotated(t, s)
	p.press("v⎋")
	s.refuse = func(model.Action) error { return errLost }
	p.looks()
	p.press("dy")
	p.sees(t, "Nothing shows.")
	p.stage(t, rotation.Ending)
}

func TestThatALookCouldNotBeRememberedIsSaid(t *testing.T) {
	s := losing(model.Create)
	s.folder = t.TempDir()
	p := sit(s, t.TempDir())
	p.desk.Rotations = forgetful{p.desk.Rotations}
	p.rotates(s.token("ci"))
	p.press("→y")
	p.sees(t, "Token ci-2 is there. That could not be remembered: it broke.")
}

// forgetful is a book of which no pair can be taken in hand.
type forgetful struct{ rotation.Book }

func (forgetful) Take(string) (rotation.Hand, error) { return nil, errBroken }

func TestAPersonsWordThatTheKeyWasHandedOverIsTakenWhereItIsTyped(t *testing.T) {
	s := &server{info: func(i *model.Info) { i.Missing = model.Caps{model.Reveal: "never"} }}
	p := rotated(t, s)
	p.press("⎋l") // given up: the person has it from elsewhere
	p.looks()
	p.sees(t, "its key not handed over", "If it was handed over past authdeck, h says so.", "h it was handed over")
	p.press("h")
	p.sees(t, "Was the key of token ci-2 of sara handed over?", "To go on, type handed over and press enter", "takes your word for it")
	p.press("y⏎")
	p.stage(t, rotation.Made)
	p.press("⎋")
	p.sees(t, "its key not handed over")
	p.press("hhanded over⏎")
	p.stage(t, rotation.HandedOver)
	if how := p.pairs(t)[0].How; how != rotation.ToldSo {
		t.Errorf("it is remembered as %s", how)
	}
	p.sees(t, "Handed over, as you said.", "key handed over just now, past authdeck, as somebody said")
	p.press("dy")
	if len(p.pairs(t)) != 0 || has(s, "ci") || !has(s, "ci-2") {
		t.Errorf("under way %+v, there are %+v", p.pairs(t), s.tokens())
	}
}

func TestAPersonsWordIsNotTakenWhereTheKeyLiesHereOrTheNewTokenIsGone(t *testing.T) {
	s := &server{}
	p := rotated(t, s)
	p = sit(s, afterwards(t, p.state)) // the key is in nobody's hand
	p.looks()
	p.press("h")
	p.sees(t, "Not taken: the new key lies here, sealed, and :keys hands it over.")
	p = rotated(t, s)
	p.press("⎋l")
	note(s.folder, "ended", "ci-2")
	p.looks()
	p.press("h")
	p.sees(t, "Not taken: the new token is not in the list any more.")
	p = rotated(t, s)
	p.press("v⎋")
	p.looks()
	p.press("h")
	p.sees(t, "Not taken: there is no new key that was not handed over.")
}

func TestALostAnswerIsSaidApartAndNoSecondSuccessorIsMade(t *testing.T) {
	s := losing(model.Create)
	s.blind = true
	p := rotated(t, s)
	p.press("⏎")
	p.stage(t, rotation.Making)
	s.blind = false
	p.rotates(s.token("ci"))
	p.sees(t, "Nothing was done: a rotation of this token is under way already; :rotations shows how far it is")
	p.press("⏎")
	p.looks()
	p.sees(t, "nobody knows whether it was made", "Nothing is made a second time", "identifier “ci-2”", "a token of sara")
	p.press("d")
	p.sees(t, "whether there is a successor is not known")
	p.press("l")
	p.stage(t, rotation.Made)
	p.sees(t, "new token ci-2", "its key not handed over")
	made := 0
	for _, e := range events(s.folder) {
		if e.what == "made" {
			made++
		}
	}
	if made != 1 {
		t.Errorf("%d were made", made)
	}
}

func TestALostAnswerToTheEndOfTheOldOneIsLookedForAndNotSentAgain(t *testing.T) {
	s := &server{}
	p := rotated(t, s)
	p.press("v⎋")
	s.ends, s.blind = func(model.Action) error { return errLost }, true
	p.looks()
	p.press("dy")
	p.press("⏎")
	p.stage(t, rotation.Ending)
	s.blind = false
	p.looks()
	p.sees(t, "nobody knows whether it happened", "l look")
	p.press("d")
	p.sees(t, "an order to end it was sent already")
	p.press("l")
	p.sees(t, "Token ci is gone.")
	if len(p.pairs(t)) != 0 {
		t.Errorf("under way is %+v", p.pairs(t))
	}
}

func TestAnOrderThatDidNotArriveIsSentAgainOnlyAfterAMinuteInWhichNothingShowed(t *testing.T) {
	s := &server{}
	p := rotated(t, s)
	p.press("v⎋")
	s.refuse = func(model.Action) error { return errLost }
	p.looks()
	p.press("dy⏎")
	p.looks()
	p.press("l")
	p.sees(t, "Look again in a minute.")
	p.stage(t, rotation.Ending)
	p.now = p.now.Add(2 * time.Minute)
	p.press("l")
	p.stage(t, rotation.HandedOver)
	s.refuse = nil
	p.press("dy")
	if has(s, "ci") || len(p.pairs(t)) != 0 {
		t.Errorf("there are %+v", s.tokens())
	}
}

func TestARefusedSuccessorLeavesNothingToRemember(t *testing.T) {
	s := &server{refuse: func(model.Action) error { return model.Fail(model.Invalid, "that name is taken") }}
	p := rotated(t, s)
	p.sees(t, "that name is taken")
	if len(p.pairs(t)) != 0 {
		t.Fatalf("under way is %+v", p.pairs(t))
	}
	s.refuse = nil
	p.press("⏎→y") // back to the form, and once more
	p.stage(t, rotation.Made)
}

func TestWhetherTheOldOneIsInUseIsSaidAsFarAsTheSystemTells(t *testing.T) {
	for name, c := range map[string]struct {
		used  model.When
		words string
	}{
		"after":   {ago(-10 * time.Minute), "used 20 minutes ago, after the handover"},
		"before":  {ago(2 * time.Hour), "not used since the handover; used 2 hours ago"},
		"about":   {ago(-time.Minute), "used 29 minutes ago, at about the time of the handover"},
		"never":   {model.Not(model.Never), "never used"},
		"unknown": {model.When{}, "idp does not tell when a token was used"},
		"none":    {model.Not(model.NotApplicable), "idp does not tell when a token was used"},
	} {
		t.Run(name, func(t *testing.T) {
			p := rotated(t, &server{used: func(model.Token) model.When { return c.used }})
			p.press("v⎋")
			p.now = p.now.Add(30 * time.Minute)
			p.looks()
			p.sees(t, c.words)
			p.press("d")
			p.sees(t, "use "+c.words)
			if heeded := strings.Contains(p.reads(), "SOMETHING SEEMS TO USE IT STILL: "+c.words); heeded != (name == "after" || name == "about") {
				t.Errorf("the question is %s", p.reads())
			}
		})
	}
}

func TestAnOldNameThatAnotherTokenHasByNowIsNotEnded(t *testing.T) {
	s := &server{}
	p := rotated(t, s)
	p.press("v⎋")
	note(s.folder, "ended", "ci")
	p.looks()
	p.sees(t, "ci, not in the list any more")
	p.press("d")
	p.sees(t, "it is not in the list any more; l looks")
	p.press("l")
	p.sees(t, "Token ci is gone.")
}

func TestARotationIsForgottenOnlyAfterAQuestionAndBothTokensStay(t *testing.T) {
	s := &server{}
	p := rotated(t, s)
	p.press("v⎋")
	p.looks()
	p.press("f")
	p.sees(t, "Forget the rotation of token ci of sara?", "both tokens stay as they are")
	p.press("n")
	p.stage(t, rotation.HandedOver)
	p.press("fy")
	p.sees(t, "Forgotten; both tokens are as they were.")
	if len(p.pairs(t)) != 0 || !has(s, "ci") || !has(s, "ci-2") {
		t.Errorf("there are %+v", s.tokens())
	}
}

func TestWhoRotatesTheConsolesOwnTokenIsToldThatItGoesOnWithTheOldOne(t *testing.T) {
	s := &server{folder: t.TempDir()}
	p := sit(s, t.TempDir())
	own := s.token("ci")
	own.Own = true
	p.rotates(own)
	p.press("→")
	p.sees(t, "authdeck itself signs in with the old one, and goes on with it")
}

func TestBothTokensCanBeGoneTo(t *testing.T) {
	s := &server{}
	p := rotated(t, s)
	p.press("v⎋")
	for keys, want := range map[string]string{"o": "ci", "n": "ci-2"} {
		p.looks()
		p.press(keys)
		last := p.told[len(p.told)-1]
		if to, is := last.(rotating.Go); !is || to.System != "idp" || to.Token.ID != want || to.Token.Owner.ID != "7" {
			t.Errorf("%s leads to %+v", keys, last)
		}
	}
}

func TestAMovedSystemIsNotAskedForTheTokensOfAnother(t *testing.T) {
	s := &server{}
	p := rotated(t, s)
	p.press("v⎋")
	s.info = func(i *model.Info) { i.Host = "other.example" }
	p.looks()
	p.sees(t, "idp is another system by now: the rotation was begun at idp.example")
	for _, keys := range []string{"o", "n"} {
		p.press(keys)
		if last, left := p.told[len(p.told)-1].(rotating.Go); left {
			t.Errorf("%s leads to %+v", keys, last)
		}
		p.sees(t, "Not gone to: idp is another system by now")
	}
	p.press("d")
	p.sees(t, "The old one is not ended")
}

func TestNothingIsSentThatCannotBeRemembered(t *testing.T) {
	s := &server{folder: t.TempDir()}
	p := sit(s, t.TempDir())
	p.desk.Rotations = full{}
	p.rotates(s.token("ci"))
	p.press("→y")
	p.sees(t, "It cannot be recorded, so nothing was sent: the disk is full")
	if len(events(s.folder)) != 0 {
		t.Errorf("it was sent: %v", events(s.folder))
	}
}

// full is a book that takes nothing.
type full struct{ rotation.Book }

func (full) Pairs() ([]rotation.Pair, error) { return nil, nil }
func (full) Begin(rotation.Pair, rotation.Step) (rotation.Hand, error) {
	return nil, errors.New("the disk is full")
}

func TestWhatAnotherConsoleDidMeanwhileIsSeenBeforeAnythingIsSent(t *testing.T) {
	s := &server{}
	p := rotated(t, s)
	p.press("v⎋")
	p.looks()
	p.press("d")
	other := sit(s, p.state)
	other.looks()
	other.press("f")
	other.press("y")
	p.press("y")
	p.sees(t, "Nothing was sent")
	if !has(s, "ci") {
		t.Error("it was ended")
	}
	other.rotates(s.token("ci"))
	p.rotates(s.token("ci"))
	p.press("→")
	other.press("→y")
	p.press("y")
	p.sees(t, "Nothing was done: a rotation of this token is under way already")
}

func TestWhereNoSecondTokenStandsBesideAnotherTheReasonIsSaid(t *testing.T) {
	p := sit(&server{folder: t.TempDir()}, t.TempDir())
	for want, info := range map[string]model.Info{
		"one a user": {Lone: "one a user"}, "read-only": {Missing: model.Caps{model.Create: "read-only"}}, "": {},
	} {
		if got := rotating.Missing(p.desk, info); got != want {
			t.Errorf("%q and not %q", got, want)
		}
	}
	p.desk.Rotations = nil
	if rotating.Missing(p.desk, model.Info{}) == "" {
		t.Error("it is offered where nothing can be remembered")
	}
}
