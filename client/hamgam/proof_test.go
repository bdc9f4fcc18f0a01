package hamgam_test

import (
	"slices"
	"strings"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

// alone is the administrator's token, and nobody else's.
func alone() said { return page(own) }

func TestAYesThatChangedNothingIsNotSaidToBeDone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		action model.Action
		line   string
		answer string
		after  said
		want   model.Kind
		says   string
		key    bool
	}{
		"the old key once more":   {model.Regenerate, regenerate, sara, said{200, sara}, model.Contradicted, "is the old one of token #31", false},
		"another key is shown":    {model.Regenerate, regenerate, fresh, said{200, sara}, model.Uncertain, "shows another key for token #31", true},
		"it was deleted since":    {model.Regenerate, regenerate, fresh, said{404, gone}, model.Uncertain, "#31 is gone now", true},
		"a deletion that says no": {model.Delete, remove, `{"error":"not done","success":false}`, said{200, sara}, model.Contradicted, "#31 is still there", false},
		"a deletion of nothing":   {model.Delete, remove, ``, said{200, sara}, model.Contradicted, "#31 is still there", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := hamgamOf(t)
			f.does(c.line, 200, c.answer, read, c.after)
			api := f.open(t)
			issued, err := api.Do(t.Context(), orderOf(t, api, c.action, "31"))
			failsAs(t, err, c.want, c.says)
			if len(f.writes()) != 1 || c.key == issued.Key.Empty() {
				t.Errorf("sent %v, and there is no key: %t", f.writes(), issued.Key.Empty())
			}
		})
	}
}

func TestAYesIsTakenForOneWhenWhatIsReadAgrees(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		action model.Action
		line   string
		answer string
		after  said
		notes  string
	}{
		"a regeneration":            {model.Regenerate, regenerate, fresh, said{200, fresh}, ""},
		"where keys are masked":     {model.Regenerate, regenerate, fresh, said{200, strings.Replace(fresh, newKey, "****", 1)}, ""},
		"where nobody can look":     {model.Regenerate, regenerate, fresh, said{500, ""}, "could not be read afterwards"},
		"where nobody may look":     {model.Regenerate, regenerate, fresh, said{403, `{"detail":"No."}`}, ""},
		"a deletion":                {model.Delete, remove, ``, said{404, gone}, ""},
		"a deletion without a look": {model.Delete, remove, ``, said{500, ""}, "could not be read afterwards"},
		"a creation":                {model.Create, create, fresh, said{200, fresh}, ""},
	} {
		f := hamgamOf(t)
		f.does(c.line, 200, c.answer, read, c.after)
		api := f.open(t)
		o := orderOf(t, api, c.action, "31")
		if c.action == model.Create {
			f.answers[list] = alone()
		}
		issued, err := api.Do(t.Context(), o)
		if said := strings.Join(issued.Notes, " "); err != nil || !strings.Contains(said, c.notes) || (c.notes == "") != (said == "") {
			t.Errorf("%s: it says %q (%v)", name, said, err)
		}
		if c.action != model.Delete && issued.Key.Reveal() != newKey {
			t.Errorf("%s: the key is lost", name)
		}
	}
}

func TestASecondAnswerIsNoProofThatNothingHappened(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		action model.Action
		line   string
		status int
		answer string
		other  string
		after  said
		want   model.Kind
		says   string
	}{
		"a deletion":              {model.Delete, remove, 404, gone, read, said{404, gone}, -1, wire.Gone},
		"a deletion of nothing":   {model.Delete, remove, 404, gone, read, said{200, sara}, model.Uncertain, "#31 is still there"},
		"a regeneration":          {model.Regenerate, regenerate, 404, gone, read, said{200, fresh}, model.Uncertain, "was given a new key on 2025-12-02"},
		"one that deleted it":     {model.Regenerate, regenerate, 404, gone, read, said{404, gone}, model.Uncertain, "is gone"},
		"one that did nothing":    {model.Regenerate, regenerate, 404, gone, read, said{200, sara}, model.Uncertain, "with the key that it had before"},
		"a creation":              {model.Create, create, 400, refuse, list, page(sara, own), model.Uncertain, "sara has token #31 now, made on 2025-12-01 08:00:00 UTC: this may be the one"},
		"one that was refused":    {model.Create, create, 400, refuse, list, page(own), model.Invalid, "already has a token"},
		"one that nobody can see": {model.Create, create, 400, refuse, list, said{500, ""}, model.Uncertain, "could not be read"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := hamgamOf(t)
			f.does(c.line, c.status, c.answer, c.other, c.after)
			api := f.open(t)
			o := orderOf(t, api, c.action, "31")
			if c.action == model.Create {
				f.answers[list] = alone()
			}
			issued, err := api.Do(t.Context(), o)
			if len(f.writes()) != 1 {
				t.Errorf("sent %v", f.writes())
			}
			if c.want != -1 {
				failsAs(t, err, c.want, c.says)
			} else if err != nil || !slices.Contains(issued.Notes, c.says) {
				t.Errorf("it says %q (%v)", issued.Notes, err)
			}
		})
	}
}

func TestAHolderIsToldFromOneWhoBecameOne(t *testing.T) {
	t.Parallel()
	f := hamgamOf(t)
	api := f.open(t)
	_, err := api.Do(t.Context(), orderOf(t, api, model.Create, ""))
	failsAs(t, err, model.Invalid, "already has a token, #31")
	if sent := f.writes(); len(sent) != 0 {
		t.Errorf("sent %v", sent)
	}
}

func TestAPageOfAProxyIsNoRefusal(t *testing.T) {
	t.Parallel()
	for status, body := range map[int]string{
		400: "<h1>400 Bad Request</h1>", 401: "<h1>401 Authorization Required</h1>", 403: `{"message":"Forbidden"}`,
		404: "<h1>Not Found</h1>", 405: "<h1>405 Not Allowed</h1>", 409: "", 413: "<h1>413</h1>", 429: `{"message":"API rate limit exceeded"}`, 499: "",
	} {
		f := hamgamOf(t)
		f.answers[remove] = said{status, body}
		api := f.open(t)
		_, err := api.Do(t.Context(), orderOf(t, api, model.Delete, "31"))
		failsAs(t, err, model.Uncertain, "")
		if why := api.Info().Missing[model.Delete]; why != "" || len(f.writes()) != 1 {
			t.Errorf("%d: sent %v; delete is off: %q", status, f.writes(), why)
		}
	}
}

func TestWhoDeletedTheConsolesOwnTokenIsToldWhatThatMeans(t *testing.T) {
	t.Parallel()
	f := hamgamOf(t)
	f.does(removeOwn, 204, "", readOwn, said{401, `{"detail":"Invalid token."}`})
	api := f.open(t)
	issued, err := api.Do(t.Context(), orderOf(t, api, model.Delete, "4"))
	if said := strings.Join(issued.Notes, " "); err != nil || !strings.Contains(said, "is signed out now") || strings.Contains(said, "could not be read") {
		t.Errorf("it says %q (%v)", said, err)
	}
}

func TestLookingSaysWhatBecameOfADoubt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		action model.Action
		id     string
		line   string
		now    said
		want   model.End
		says   string
	}{
		"a deletion that was done":   {model.Delete, "31", read, said{404, gone}, model.Visible, "Token #31 is gone."},
		"one that was not":           {model.Delete, "31", read, said{200, sara}, model.Unseen, "is there, with the key"},
		"one beside a new key":       {model.Delete, "31", read, said{200, fresh}, model.Unseen, "new key on 2025-12-02"},
		"a new key":                  {model.Regenerate, "31", read, said{200, fresh}, model.Visible, "did not arrive here"},
		"no new key":                 {model.Regenerate, "31", read, said{200, sara}, model.Unseen, "with the key that it had before"},
		"a token that was deleted":   {model.Regenerate, "31", read, said{404, gone}, model.Untold, "somebody has deleted it"},
		"our own":                    {model.Regenerate, "4", readOwn, said{401, `{"detail":"Invalid token."}`}, model.Visible, "own key is not accepted"},
		"a creation":                 {model.Create, "", list, page(sara, own), model.Visible, "this may be the one"},
		"no creation":                {model.Create, "", list, alone(), model.Unseen, "sara has no token."},
		"a creation nobody may seek": {model.Create, "", list, said{403, `{"detail":"No."}`}, model.Untold, "cannot be looked for"},
	} {
		f := hamgamOf(t)
		api := f.open(t)
		o := orderOf(t, api, c.action, c.id)
		f.answers[c.line] = c.now
		seen, err := api.Look(t.Context(), o)
		if err != nil || seen.End != c.want || !strings.Contains(seen.Words, c.says) {
			t.Errorf("%s: looking says %+v (%v)", name, seen, err)
		}
		if sent := f.writes(); len(sent) != 0 {
			t.Errorf("%s: looking sent %v", name, sent)
		}
	}
}

func TestACopyThatIsBehindForAMomentContradictsNoDeletion(t *testing.T) {
	t.Parallel()
	f := hamgamOf(t)
	f.does(remove, 204, "", read, said{200, sara})
	api := f.open(t)
	o := orderOf(t, api, model.Delete, "31")
	f.then[remove] = func() { f.then[read] = func() { f.answers[read] = said{404, gone} } }
	issued, err := api.Do(t.Context(), o)
	if err != nil || len(issued.Notes) != 0 {
		t.Errorf("it says %q (%v)", issued.Notes, err)
	}
}

func TestAnAddressWithTheAPIAtItsEndIsNamed(t *testing.T) {
	t.Parallel()
	f := hamgamOf(t)
	f.answers["GET /api/api/users/me/"] = said{404, "<h1>Not Found</h1>"}
	f.URL += "/api"
	_, err := f.open(t).WhoAmI(t.Context())
	if model.KindOf(err) != model.NotFound || !strings.Contains(err.Error(), "url is the address that stands before /api/") {
		t.Errorf("it says %v", err)
	}
}
