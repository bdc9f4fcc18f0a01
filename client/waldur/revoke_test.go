package waldur_test

import (
	"net/http"
	"strings"
	"testing"

	"authdeck/model"
)

const (
	logout    = "POST /api-auth/logout/"
	strayKey  = "canary0000000000000000000000000000000099"
	invalid   = `{"detail":"Invalid token."}`
	mariAsMe  = `{"uuid":"` + mari + `","username":"mari"}`
	stillOpen = "the key still opens as mari"
)

func pasted(key string) model.Order {
	return model.Order{Action: model.Revoke, Draft: model.Draft{Password: model.NewSecret(key)}}
}

// endable is a server on which the pasted key is that of mari's session.
func endable(t *testing.T) *fake {
	t.Helper()
	f := waldurOf(t)
	f.says(me, 200, mariAsMe)
	f.says(logout, 204, "")
	f.after(logout, me, 401, invalid)
	return f
}

func TestAPastedKeyOfASessionIsEndedAndProved(t *testing.T) {
	t.Parallel()
	for _, own := range []string{sessionKey, personalKey} { // whoever asks
		f := endable(t)
		api := f.open(t, own)
		form, err := api.Prepare(t.Context(), model.Revoke, model.Token{})
		if err != nil || !form.Danger || len(form.Fields) != 1 || form.Fields[0].Kind != model.AskSecret {
			t.Fatalf("it asks %+v (%v)", form, err)
		}
		issued, err := api.Do(t.Context(), pasted(strayKey))
		if said := strings.Join(issued.Notes, " "); err != nil || !strings.Contains(said, "opened as mari before, and the server refuses it now") {
			t.Errorf("it says %q (%v)", said, err)
		}
		sent := f.writes()
		if len(sent) != 1 || sent[0].line != logout || sent[0].key != "Token "+strayKey || sent[0].body != "" {
			t.Errorf("sent %v", sent)
		}
	}
}

func TestAPastedKeyThatLivesOnIsNotSaidToBeEnded(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*fake){
		"nothing happened": func(f *fake) { f.then[logout] = nil },
		"written back": func(f *fake) { // found gone, and there again a moment later
			f.then[logout] = func() {
				f.answers[me] = said{status: 401, body: invalid}
				f.answered = func(line string) {
					if line == me {
						f.answers[me] = said{status: 200, body: mariAsMe}
					}
				}
			}
		},
	} {
		f := endable(t)
		change(f)
		_, err := f.open(t, sessionKey).Do(t.Context(), pasted(strayKey))
		failsAs(t, err, model.Contradicted, stillOpen)
		if !strings.Contains(err.Error(), "make the account inactive") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsNoSessionsKeyIsNotSent(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]model.Kind{
		"": model.Invalid, "a b": model.Invalid, "ключ": model.Invalid, personalKey: model.Unsupported,
	} {
		f := endable(t)
		_, err := f.open(t, sessionKey).Do(t.Context(), pasted(key))
		failsAs(t, err, want, "")
		if len(f.lines()) != 0 {
			t.Errorf("sent %v", f.lines())
		}
	}
}

func TestAPastedKeyThatIsRefusedBeforehandChangesNothing(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{invalid: "Invalid token", `{"detail":"User inactive or deleted."}`: "User inactive"} {
		f := endable(t)
		f.says(me, 401, body)
		_, err := f.open(t, sessionKey).Do(t.Context(), pasted(strayKey))
		failsAs(t, err, model.NotFound, want)
		failsAs(t, err, model.NotFound, "its user is inactive")
		if len(f.writes()) != 0 {
			t.Errorf("sent %v", f.writes())
		}
	}
}

func TestARefusalThatIsNotWaldursSaysNothingOfAPastedKey(t *testing.T) {
	t.Parallel()
	for body, header := range map[string]string{`{"message":"No API key found in request"}`: "", `{"error":"login_required"}`: `Basic realm="ops"`} {
		f := endable(t)
		f.answers[me] = said{status: 401, body: body, header: http.Header{"Content-Type": {"application/json"}, "WWW-Authenticate": {header}}}
		api := f.open(t, sessionKey)
		_, err := api.Do(t.Context(), pasted(strayKey))
		failsAs(t, err, model.Unavailable, "not the way in which Waldur refuses a key")
		if strings.Contains(err.Error(), "it has ended") || len(f.writes()) != 0 {
			t.Errorf("it says %v, and sent %v", err, f.writes())
		}
		if seen, err := api.Look(t.Context(), pasted(strayKey)); model.KindOf(err) != model.Unavailable {
			t.Errorf("looking says %+v (%v)", seen, err)
		}
	}
}

func TestThePastedKeyThatIsTheConsolesOwnIsSaid(t *testing.T) {
	t.Parallel()
	issued, err := endable(t).open(t, sessionKey).Do(t.Context(), pasted(sessionKey))
	if said := strings.Join(issued.Notes, " "); err != nil || !strings.Contains(said, "authdeck's own session") {
		t.Errorf("it says %q (%v)", said, err)
	}
}

func TestALogoutWhoseAnswerIsLostOrSecondIsJudgedByTheKey(t *testing.T) {
	t.Parallel()
	f := endable(t)
	f.says(logout, 401, invalid) // to a second sending, when the first one has ended it
	f.answered = func(line string) {
		if line == logout {
			f.answers[me] = said{status: 401, body: invalid}
		}
	}
	issued, err := f.open(t, sessionKey).Do(t.Context(), pasted(strayKey))
	if said := strings.Join(issued.Notes, " "); err != nil || !strings.Contains(said, "It is gone now") {
		t.Errorf("it says %q (%v)", said, err)
	}
	f = endable(t)
	f.says(logout, 504, "")
	api := f.open(t, sessionKey)
	_, err = api.Do(t.Context(), pasted(strayKey))
	failsAs(t, err, model.Uncertain, "")
	for body, want := range map[string]model.End{mariAsMe: model.Unseen, invalid: model.Visible} {
		f.says(me, map[bool]int{true: 200, false: 401}[body == mariAsMe], body)
		if seen, err := api.Look(t.Context(), pasted(strayKey)); err != nil || seen.End != want || strings.Contains(seen.Words, "canary") {
			t.Errorf("looking says %+v (%v)", seen, err)
		}
	}
	if seen, err := api.Look(t.Context(), pasted("")); err != nil || seen.End != model.Untold {
		t.Errorf("without the key, looking says %+v (%v)", seen, err)
	}
}
