package inventory_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/model/inventory"
)

func opened(t *testing.T, file string) *inventory.Reader {
	t.Helper()
	r, err := inventory.Open(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// compared is what changed between what was read of systems at two times.
func compared(t *testing.T, was, is []system, without ...inventory.Class) *inventory.Diff {
	t.Helper()
	before, _ := saved(t, head(), was...)
	later := head()
	later.Made, later.By = "2026-12-30T12:00:00Z", "sara"
	after, _ := saved(t, later, is...)
	d, err := inventory.Compare(opened(t, before), opened(t, after), without...)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// in is a diff of one system in short: what came, went, is unknown, and the classes of what changed.
func short(s inventory.SystemDiff) string {
	said := string(s.Compared)
	for _, one := range s.Came {
		said += " +" + one.ID
	}
	for _, one := range s.Went {
		said += " -" + one.ID
	}
	for _, one := range s.Unknown {
		said += " ?" + one.In + ":" + one.Token.ID
	}
	for _, one := range s.Changed {
		said += " " + one.ID
		for _, c := range one.Changes {
			said += fmt.Sprintf(":%s(%s)", c.Class, c.Field)
		}
	}
	return said
}

func TestWhatCameAndWentIsToldOfEachSystem(t *testing.T) {
	down := "it does not answer"
	for name, c := range map[string]struct {
		was, is []system
		says    []string
		notes   string
	}{
		"the same": {[]system{{name: "idp", tokens: some("1", "2")}}, []system{{name: "idp", tokens: some("2", "1")}}, []string{"yes"}, ""},
		"one came, one went": {
			[]system{{name: "idp", tokens: some("1", "2", "9")}, {name: "shop", tokens: some("1")}},
			[]system{{name: "idp", tokens: some("2", "9", "10")}, {name: "shop"}},
			[]string{"yes +10 -1", "yes -1"},
			"",
		},
		"not whole now": {
			[]system{{name: "idp", tokens: some("1", "2")}},
			[]system{{name: "idp", tokens: some("2", "3"), why: down}},
			[]string{"partly +3 ?old:1"},
			"it was not read whole for the new inventory: it does not answer",
		},
		"not whole then": {
			[]system{{name: "idp", tokens: some("1", "2"), why: down}},
			[]system{{name: "idp", tokens: some("2", "3")}},
			[]string{"partly -1 ?new:3"},
			"it was not read whole for the old inventory: it does not answer",
		},
		"not whole ever": {
			[]system{{name: "idp", tokens: some("1", "2"), why: down}},
			[]system{{name: "idp", tokens: some("2", "3"), why: down}},
			[]string{"partly ?old:1 ?new:3"},
			"it was not read whole for the old inventory: it does not answer; it was not read whole for the new inventory: it does not answer",
		},
		"not at all now": {
			[]system{{name: "idp", tokens: some("1", "2")}},
			[]system{{name: "idp", why: down}},
			[]string{"partly ?old:1 ?old:2"},
			"it was not read whole for the new inventory: it does not answer",
		},
		"in one only": {
			[]system{{name: "idp", tokens: some("1")}},
			[]system{{name: "shop", tokens: some("1")}},
			[]string{"old only", "new only"},
			"it is in the old inventory only: whether its tokens are there nobody knows; it is in the new inventory only: whether its tokens were there before nobody knows",
		},
		"not at all, and nobody knows as whom": {
			[]system{{name: "idp", tokens: some("1")}},
			[]system{{name: "idp", why: down, as: "unknown"}},
			[]string{"partly ?old:1"},
			"it was not read whole for the new inventory: it does not answer",
		},
		"another system of that name": {
			[]system{{name: "idp", tokens: some("1")}},
			[]system{{name: "idp", kind: "awx", tokens: some("1", "2")}},
			[]string{"no"},
			"it was authentik and is awx: another system, whose tokens are not compared",
		},
		"it moved, and somebody else looked": {
			[]system{{name: "idp", tokens: some("1")}},
			[]system{{name: "idp", host: "new.example.com", as: "sara", tokens: some("1")}},
			[]string{"yes"},
			"it was at idp.example.com, and is at new.example.com; it was read as admin, and now as sara: what one of them may not see is not there",
		},
	} {
		d := compared(t, c.was, c.is)
		var says, notes []string
		for _, s := range d.Systems {
			says, notes = append(says, short(s)), append(notes, s.Notes...)
		}
		if !slices.Equal(says, c.says) || strings.Join(notes, "; ") != c.notes {
			t.Errorf("%s: %q; want %q\n%q", name, says, c.says, notes)
		}
		if d.Differs() != (name != "the same" && name != "it moved, and somebody else looked") {
			t.Errorf("%s: somebody has to look: %v", name, d.Differs())
		}
	}
}

// TestEachChangeHasItsClass changes one thing of a token at a time.
func TestEachChangeHasItsClass(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*model.Token)
		says   string
	}{
		"somebody else's":        {func(t *model.Token) { t.Owner.ID, t.Owner.Username = "8", model.Clean("omid") }, "owner(owner_id):owner(owner)"},
		"renamed":                {func(t *model.Token) { t.Owner.Username = model.Clean("sara.a") }, "words(owner)"},
		"the owner is off":       {func(t *model.Token) { t.Owner.Active = model.No }, "standing(owner_active)"},
		"a new key":              {func(t *model.Token) { t.Updated = day(25) }, "key(updated)"},
		"made anew":              {func(t *model.Token) { t.Created, t.Updated = day(25), day(25) }, "key(created):key(updated)"},
		"it ends later":          {func(t *model.Token) { t.Expires = day(500) }, "expiry(expires)"},
		"it never ends":          {func(t *model.Token) { t.Expires = model.Not(model.Never) }, "expiry(expires)"},
		"it may write":           {func(t *model.Token) { t.Scope = model.Clean("write") }, "reach(scope)"},
		"another kind":           {func(t *model.Token) { t.Kind = model.Clean("app_password") }, "reach(type)"},
		"managed":                {func(t *model.Token) { t.Managed = model.Clean("outpost") }, "reach(managed)"},
		"for an application":     {func(t *model.Token) { t.App = model.Clean("ci") }, "told(app)"},
		"revoked":                {func(t *model.Token) { t.State = model.Revoked }, "state(state)"},
		"another name":           {func(t *model.Token) { t.Name, t.Description = model.Clean("x"), model.Clean("y") }, "words(name):words(description)"},
		"another note":           {func(t *model.Token) { t.Note = model.Clean("x") }, "words(note)"},
		"another address":        {func(t *model.Token) { t.Owner.FullName, t.Owner.Email = model.Clean("x"), model.Clean("y") }, "words(owner_name):words(owner_email)"},
		"used":                   {func(t *model.Token) { t.LastUsed = day(26) }, "used(last_used)"},
		"used from elsewhere":    {func(t *model.Token) { t.LastUsed, t.Note = day(26), model.Clean("Last used from 192.0.2.7.") }, "used(note):used(last_used)"},
		"nobody says any more":   {func(t *model.Token) { t.LastUsed, t.Expires, t.Owner.Active = model.When{}, model.When{}, model.Unsaid }, "told(owner_active):told(expires):told(last_used)"},
		"it rolls":               {func(t *model.Token) { t.Rolls = true }, "words(rolls)"},
		"who reads is no change": {func(t *model.Token) { t.Own = true }, ""},
	} {
		was, is := token("1", "ci"), token("1", "ci")
		c.change(&is)
		d := compared(t, []system{{name: "idp", tokens: []model.Token{was}}}, []system{{name: "idp", tokens: []model.Token{is}}})
		want := "yes"
		if c.says != "" {
			want += " 1:" + c.says
		}
		if got := short(d.Systems[0]); got != want {
			t.Errorf("%s: %q; want %q", name, got, want)
		}
		if used := strings.HasPrefix(name, "used"); d.Differs() == (used || c.says == "") || (d.Counts.Used == 1) != used {
			t.Errorf("%s: %+v, somebody has to look: %v", name, d.Counts, d.Differs())
		}
	}
}

// TestASessionThatIsUsedDoesNotCountAsOneWithANewEnd has one whose end each use puts off.
func TestASessionThatIsUsedDoesNotCountAsOneWithANewEnd(t *testing.T) {
	was := token("1", "session")
	was.Rolls = true
	is := was
	is.Expires, is.LastUsed = day(401), day(26)
	d := compared(t, []system{{name: "idp", tokens: []model.Token{was}}}, []system{{name: "idp", tokens: []model.Token{is}}})
	if got := short(d.Systems[0]); got != "yes 1:used(expires):used(last_used)" || d.Differs() {
		t.Error(got)
	}
}

func TestAClassThatNobodyWantsIsLeftOutAndSaidToBe(t *testing.T) {
	used, both := token("1", "ci"), token("2", "ci")
	used.LastUsed, both.LastUsed, both.Scope = day(26), day(26), model.Clean("write")
	d := compared(t, []system{{name: "idp", tokens: some("1", "2")}}, []system{{name: "idp", tokens: []model.Token{used, both}}}, inventory.Used, inventory.Words)
	if got := short(d.Systems[0]); got != "yes 2:reach(scope)" || d.Counts.Same != 1 || d.Counts.Changed != 1 || !slices.Equal(d.Left, []inventory.Class{"used", "words"}) {
		t.Errorf("%s, %+v, %q", got, d.Counts, d.Left)
	}
}

// TestWhatIsNotAsItWasWrittenIsComparedWithNothing wants to be told which of the two it is.
func TestWhatIsNotAsItWasWrittenIsComparedWithNothing(t *testing.T) {
	good, _ := saved(t, head(), system{name: "idp", tokens: some("1", "2")})
	bad := strings.Replace(good, "sara", "lara", 1)
	cut := strings.Join(lines(good)[:3], "")
	for _, c := range []struct{ was, is, says string }{
		{bad, good, "the old inventory: line 2 was changed (token 1 of idp): it is not what was written"},
		{good, bad, "the new inventory: line 2 was changed (token 1 of idp): it is not what was written"},
		{good, cut, "the new inventory: line 4 is missing: the file was cut, for it has no end"},
		{cut, good, "the old inventory: line 4 is missing: the file was cut, for it has no end"},
	} {
		if d, err := inventory.Compare(opened(t, c.was), opened(t, c.is)); err == nil || err.Error() != c.says || d != nil {
			t.Errorf("%v, %v; want %s", d, err, c.says)
		}
	}
}

// TestADiffReadsAsItIsMeant is the text of one with everything in it.
func TestADiffReadsAsItIsMeant(t *testing.T) {
	changed := token("2", "ci-2")
	changed.Expires, changed.Scope, changed.LastUsed = model.Not(model.Never), model.Text{}, day(27)
	forever := token("4", strings.Repeat("é", 99))
	forever.Kind, forever.Owner, forever.Expires = model.Text{}, model.User{}, model.Not(model.Never)
	d := compared(t,
		[]system{{name: "idp", tokens: some("1", "2", "3")}, {name: "shop", tokens: some("1")}, {name: "tower"}},
		[]system{{name: "idp", tokens: []model.Token{changed, some("3")[0], forever}}, {name: "shop", why: "down"}})
	var out strings.Builder
	if err := d.Text(&out); err != nil {
		t.Fatal(err)
	}
	want := `old: 2026-11-30T12:00:00Z by root on jump, 4 tokens, hash ` + d.Old.Hash + `
new: 2026-12-30T12:00:00Z by sara on jump, 3 tokens, hash ` + d.New.Hash + `

idp (authentik): 3 in the old inventory, 3 in the new one
  came     ` + strings.Repeat("é", 79) + `… (4) of nobody known, never ends
  went     ci-1 (1) of sara, api, ends 2027-02-04T12:00:00Z
  changed  ci-2 (2) of sara
           expiry   expires: 2027-02-04T12:00:00Z → never
           reach    scope: read → (empty)
           used     last_used: 2026-01-20T12:00:00Z → 2026-01-27T12:00:00Z

shop (authentik): 1 in the old inventory, 0 in the new one
  note     it was not read whole for the new inventory: down
  unknown  in the old one only: ci-1 (1) of sara, api, ends 2027-02-04T12:00:00Z

tower (authentik): 0 in the old inventory, 0 in the new one
  note     it is in the old inventory only: whether its tokens are there nobody knows

1 came, 1 went, 1 changed, 1 of which nobody knows, 1 the same
`
	if out.String() != want {
		t.Errorf("%s\nwant\n%s", out.String(), want)
	}
	var none strings.Builder
	if err := compared(t, nil, nil).Text(&none); err != nil || !strings.HasSuffix(none.String(), "\nno token could be compared\n") {
		t.Errorf("%s, %v", none.String(), err)
	}
}

// TestADiffForProgramsSaysNothingByAnEmptyPlace wants lists and no null.
func TestADiffForProgramsSaysNothingByAnEmptyPlace(t *testing.T) {
	text, err := json.Marshal(compared(t, []system{{name: "idp"}}, []system{{name: "idp", tokens: some("1")}}))
	if err != nil || strings.Contains(string(text), "null") || !strings.Contains(string(text), `"counts":{"came":1,"went":0,"changed":0,"used":0,"unknown":0,"same":0}`) {
		t.Errorf("%s, %v", text, err)
	}
}
