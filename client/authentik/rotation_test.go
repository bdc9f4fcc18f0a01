package authentik_test

import (
	"net/http"
	"testing"

	"authdeck/model"
)

func TestARotationThatChangedNothingIsNotCalledANewKey(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 204} {
		s := serve(t, superuser())
		s.rotates(func(string) (int, string) {
			s.answers(viewKey, say(200, keyBody)) // the key from before
			return status, `{}`
		})
		api := s.api(t)
		issued, err := do(t, api, model.Regenerate, token(t, api, "ci"))
		fails(t, err, model.Contradicted, "the same key as before", "not renewed")
		if !issued.Key.Empty() || len(s.writes()) != 1 {
			t.Errorf("%d: a key is handed out: %t; sent %v", status, !issued.Key.Empty(), s.writes())
		}
	}
}

func TestAKeyThatShowsALittleLaterIsTheNewOne(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	s.rotates(func(string) (int, string) {
		s.answers(viewKey, func(string) (int, string) { // a copy of the database is behind
			s.answers(viewKey, say(200, `{"key":"`+rotated+`"}`))
			return 200, keyBody
		})
		return 200, `{}`
	})
	api := s.api(t)
	if issued := must(do(t, api, model.Regenerate, token(t, api, "ci")))(t); issued.Key.Reveal() != rotated {
		t.Error("the new key did not come")
	}
}

func TestARotationThatMayHaveBeenDoneIsFollowedByNoOtherWrite(t *testing.T) {
	t.Parallel()
	for name, says := range map[string]http.HandlerFunc{
		"crash": crash, "maintenance": maintenance, "lost": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"twice": pageOf(404, "application/json", gone, nil),
	} {
		s := serve(t, superuser())
		s.rotates(say(200, `{}`))
		s.says(rotation, says)
		api := s.api(t)
		for range 2 {
			before := len(s.writes())
			_, err := do(t, api, model.Regenerate, token(t, api, "ci"))
			if e := fails(t, err, model.Uncertain, "v shows which key token ci has now"); e.Instead != model.Nothing {
				t.Errorf("%s offers %s", name, e.Instead)
			}
			if w := s.writes()[before:]; len(w) != 1 || w[0].Route != rotation {
				t.Errorf("%s: sent %v", name, w)
			}
		}
	}
}

func TestWhetherThereIsARotationIsAskedAndNotTried(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		says  http.HandlerFunc
		route string
	}{
		"there":           {forbidding("POST, OPTIONS"), rotation},
		"only to read":    {forbidding("OPTIONS"), setKey},
		"a page of nginx": {maintenance, setKey},
		"not there":       {http.NotFound, setKey},
		"not allowed":     {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }, setKey},
	} {
		s := serve(t, superuser())
		s.rotates(say(200, `{}`))
		s.says("GET /core/tokens/ci/rotate_secret/", c.says)
		api := s.api(t)
		must(do(t, api, model.Regenerate, token(t, api, "ci")))(t)
		if w := s.writes(); len(w) != 1 || w[0].Route != c.route {
			t.Errorf("%s: sent %v", name, w)
		}
	}
}

func TestNoKeyIsRotatedThatCouldNotBeReadAfterwards(t *testing.T) {
	t.Parallel()
	for status, said := range map[int]string{403: denied, 404: gone} {
		s := serve(t, superuser())
		s.rotates(say(200, `{}`))
		s.answers(viewKey, say(status, said))
		api := s.api(t)
		issued := must(do(t, api, model.Regenerate, token(t, api, "ci")))(t)
		if w := s.writes(); len(w) != 1 || w[0].Route != setKey || issued.Key.Reveal() != keySet(s) {
			t.Errorf("%d: sent %v", status, w)
		}
	}
	s := serve(t, superuser())
	s.rotates(say(200, `{}`))
	s.answers(viewKey, say(500, ""))
	api := s.api(t)
	_, err := do(t, api, model.Regenerate, token(t, api, "ci"))
	fails(t, err, model.Unavailable)
	if w := s.writes(); len(w) != 0 {
		t.Errorf("sent %v", w)
	}
}
