package rotation_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/model/rotation"
)

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

// old is a token whose texts are not all plain.
func old() model.Token {
	return model.Token{
		ID: "ci", Name: model.Clean("ci\u202e"), Kind: model.Clean("api"), Version: "pk-1", Created: model.At(noon.Add(-time.Hour)),
		Owner: model.User{ID: "7", Username: model.Clean("sara")},
	}
}

func heir() model.Token {
	return model.Token{ID: "ci-2", Name: model.Clean("ci-2"), Owner: old().Owner}
}

func begun() rotation.Pair {
	return rotation.Pair{ID: "r1", Begun: noon, Since: noon, By: "root", System: "idp", Kind: "authentik", Host: "idp.example", Old: old()}
}

// every is one step of each kind.
func every() map[rotation.What]rotation.Step {
	steps := map[rotation.What]rotation.Step{
		rotation.MakesIt:      {Asked: rotation.Asked{At: noon, Owner: old().Owner, Values: map[string]string{"identifier": "ci-2"}}},
		rotation.IsMade:       {New: heir(), Words: "it came"},
		rotation.IsNotMade:    {Words: "refused"},
		rotation.IsHandedOver: {How: rotation.Seen},
		rotation.EndsIt:       {},
		rotation.IsEnded:      {},
		rotation.IsNotEnded:   {},
		rotation.Unknown:      {Words: "lost"},
	}
	for what, s := range steps {
		s.What, s.At = what, noon.Add(time.Minute)
		steps[what] = s
	}
	return steps
}

// after is a pair after such steps; false where one of them is refused.
func after(steps ...rotation.What) (rotation.Pair, bool) {
	p := begun()
	for _, what := range steps {
		if p.Take(every()[what]) != nil {
			return p, false
		}
	}
	return p, true
}

// eachWay goes all ways that there are, as far as so many steps.
func eachWay(most int, look func(way []rotation.What, p rotation.Pair)) {
	var on func(way []rotation.What)
	on = func(way []rotation.What) {
		p, may := after(way...)
		if !may {
			return
		}
		look(way, p)
		if len(way) == most {
			return
		}
		for what := range every() {
			on(append(slices.Clip(way), what))
		}
	}
	on(nil)
}

func TestOnNoWayIsTheOldTokenEndedBeforeTheNewOneIsHandedOverOrASecondSuccessorMade(t *testing.T) {
	ways := 0
	eachWay(9, func(way []rotation.What, p rotation.Pair) {
		ways++
		handed, open := false, false
		for _, what := range way {
			switch what {
			case rotation.MakesIt:
				if open {
					t.Errorf("%v makes a second one", way)
				}
				open = true
			case rotation.IsNotMade:
				open = false
			case rotation.IsHandedOver:
				handed = true
			case rotation.EndsIt, rotation.IsEnded:
				if !handed {
					t.Errorf("%v ends the old one too early", way)
				}
			case rotation.IsMade, rotation.IsNotEnded, rotation.Unknown:
			}
		}
		if p.MayEnd() == nil && (!handed || p.Stage != rotation.HandedOver) {
			t.Errorf("after %v the old one may be ended", way)
		}
	})
	if ways < 50 {
		t.Errorf("there are %d ways", ways)
	}
}

func TestAPairIsReadAsItWasWritten(t *testing.T) {
	eachWay(7, func(way []rotation.What, p rotation.Pair) {
		first := begun()
		content := rotation.Head(&first)
		for _, what := range way {
			content = append(content, rotation.Line(every()[what])...)
		}
		read, whole, err := rotation.Read(content)
		if err != nil || whole != len(content) {
			t.Fatalf("%v: %v, %d of %d bytes", way, err, whole, len(content))
		}
		if read.Stage != p.Stage || read.Doubt != p.Doubt || read.New.ID != p.New.ID || read.How != p.How || read.Words != p.Words ||
			!read.Handed.Equal(p.Handed) || !read.Since.Equal(p.Since) || read.Order().Values["identifier"] != p.Asked.Values["identifier"] {
			t.Errorf("%v: %+v and not %+v", way, read, p)
		}
		if read.Old.Name != p.Old.Name || read.Old.Version != p.Old.Version || !read.Old.Created.Equal(p.Old.Created) || read.Old.Owner.Username != p.Old.Owner.Username {
			t.Errorf("the old one is %+v", read.Old)
		}
	})
}

func TestAPairThatIsCutAnywhereIsWhatItWasBeforeThatStep(t *testing.T) {
	first := begun()
	content := rotation.Head(&first)
	ends := []int{len(content)}
	for _, what := range []rotation.What{rotation.MakesIt, rotation.IsMade, rotation.IsHandedOver, rotation.EndsIt, rotation.IsEnded} {
		content = append(content, rotation.Line(every()[what])...)
		ends = append(ends, len(content))
	}
	for cut := range len(content) {
		p, whole, err := rotation.Read(content[:cut])
		if cut < ends[0] {
			if !errors.Is(err, rotation.ErrTorn) {
				t.Fatalf("cut at %d: %v", cut, err)
			}
			continue
		}
		lines := 0
		for lines+1 < len(ends) && ends[lines+1] <= cut {
			lines++
		}
		want, _ := after([]rotation.What{rotation.MakesIt, rotation.IsMade, rotation.IsHandedOver, rotation.EndsIt, rotation.IsEnded}[:lines]...)
		if err != nil || whole != ends[lines] || p.Stage != want.Stage {
			t.Fatalf("cut at %d: %+v, %d, %v", cut, p, whole, err)
		}
	}
}

func TestWhatIsNoPairIsRefusedWithItsLine(t *testing.T) {
	first := begun()
	head := string(rotation.Head(&first))
	making := string(rotation.Line(every()[rotation.MakesIt]))
	for content, words := range map[string]string{
		"{}\n": "line 1: its form is “”",
		strings.Replace(head, "rotation/1", "rotation/9", 1):              "only “authdeck-rotation/1” can be read",
		strings.Replace(head, `"system":"idp"`, `"system":""`, 1):         "of which token",
		strings.Replace(head, `"by":`, `"key":`, 1):                       "unknown field",
		strings.Replace(head, `created":"2026`, `created":"soon 2026`, 1): "created is no time",
		head + "{}\n":          "line 2: its step is none",
		head + making + making: "line 3: “making” must not follow here",
		head + making + `{"at":"2026-11-30T12:00:00Z","step":"made"}` + "\n":                                                                       "names no token",
		head + making + `{"at":"2026-11-30T12:00:00Z","step":"made","new":{"id":"ci","name":"","kind":"","owner":""}}` + "\n":                      "names no token beside the old one",
		head + making + string(rotation.Line(every()[rotation.IsMade])) + `{"at":"2026-11-30T12:00:00Z","step":"handed-over","how":"mail"}` + "\n": "how it was handed over",
		head + making + "{} {}\n": "line 3: something follows",
	} {
		if _, _, err := rotation.Read([]byte(content)); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v, and not %q", content, err, words)
		}
	}
}

func TestWhateverMayHaveChangedSomethingIsUnknownAndNeverARefusal(t *testing.T) {
	named, none := model.Issued{Token: heir()}, model.Issued{}
	for name, c := range map[string]struct {
		making bool
		issued model.Issued
		err    error
		want   rotation.What
	}{
		"made":                             {true, named, nil, rotation.IsMade},
		"made, and its key did not come":   {true, named, model.Fail(model.Partial, "no key"), rotation.IsMade},
		"made, and nobody says which":      {true, none, nil, rotation.Unknown},
		"half made, and nobody says which": {true, none, model.Fail(model.Partial, "half"), rotation.Unknown},
		"lost":                             {true, none, model.Fail(model.Uncertain, "lost"), rotation.Unknown},
		"named, and in doubt":              {true, named, model.Fail(model.Uncertain, "lost"), rotation.Unknown},
		"denied":                           {true, named, model.Fail(model.Contradicted, "no"), rotation.Unknown},
		"a fault of our own":               {true, none, errors.New("broken"), rotation.Unknown},
		"refused":                          {true, none, model.Fail(model.Invalid, "no"), rotation.IsNotMade},
		"not sent":                         {true, none, model.Fail(model.Unrecorded, "full"), rotation.IsNotMade},
		"a conflict after it was sent":     {true, none, &model.Error{Kind: model.Conflict, Sent: true}, rotation.Unknown},
		"ended":                            {false, none, nil, rotation.IsEnded},
		"its end lost":                     {false, none, model.Fail(model.Uncertain, "lost"), rotation.Unknown},
		"not found before it was sent":     {false, none, model.Fail(model.NotFound, "gone"), rotation.IsNotEnded},
		"its end refused":                  {false, none, model.Fail(model.Forbidden, "no"), rotation.IsNotEnded},
	} {
		if got := rotation.After(c.making, c.issued, c.err); got.What != c.want || (got.What == rotation.IsMade) != (got.New.ID != "") {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestWhatIsWrongInAFileIsSaidInAFewWords quotes no more of it than somebody reads.
func TestWhatIsWrongInAFileIsSaidInAFewWords(t *testing.T) {
	long := strings.Repeat("x", 9000)
	for _, content := range []string{
		`{"` + long + `":1}` + "\n", `{"schema":"` + long + `"}` + "\n",
	} {
		_, _, err := rotation.Read([]byte(content))
		if err == nil || !strings.Contains(err.Error(), "xxx") || len(err.Error()) > 300 || model.Clean(err.Error()).Changed() {
			t.Errorf("%.400v", err)
		}
	}
}

// FuzzRead: whatever a file holds, what is read of it can be written and is read again as the
// same, and obeys the order of the steps.
func FuzzRead(f *testing.F) {
	first := begun()
	head := string(rotation.Head(&first))
	for _, what := range []rotation.What{rotation.MakesIt, rotation.EndsIt} {
		f.Add([]byte(head + string(rotation.Line(every()[what]))))
	}
	f.Add([]byte(head + string(rotation.Line(every()[rotation.MakesIt])) + string(rotation.Line(every()[rotation.IsMade])) + `{"at":"2026`))
	f.Fuzz(func(t *testing.T, content []byte) {
		p, whole, err := rotation.Read(content)
		if err != nil {
			if model.Clean(err.Error()).Changed() {
				t.Errorf("the error %q holds what no screen shows", err)
			}
			return
		}
		if whole > len(content) || p.System == "" || p.Old.ID == "" {
			t.Errorf("%d of %d bytes, %+v", whole, len(content), p)
		}
		if p.Stage == rotation.Ended && p.Handed.IsZero() && p.How == "" {
			t.Errorf("ended, and never handed over: %+v", p)
		}
		again, _, err := rotation.Read(rotation.Head(&p))
		if err != nil || again.Old.ID != p.Old.ID || again.Old.Name != p.Old.Name {
			t.Errorf("%v: %+v and not %+v", err, again, p)
		}
	})
}
