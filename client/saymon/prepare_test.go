package saymon_test

import (
	"net/http"
	"strings"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

func TestWhatIsMissingHasItsReasonEverywhere(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByBasic)
	missing := api.Info().Missing
	for _, a := range []model.Action{model.Edit, model.Replace, model.Revoke, model.Reveal} {
		token := model.Token{ID: viewerID, Owner: model.User{ID: viewerID}}
		_, asked := api.Prepare(t.Context(), a, token)
		_, done := api.Do(t.Context(), model.Order{Action: a, Token: token})
		for _, err := range []error{asked, done} {
			failsAs(t, err, model.Unsupported, missing[a])
		}
		if missing[a] == "" {
			t.Errorf("%s is missing without a reason", a)
		}
	}
	if len(missing) != 4 || len(s.requests()) != 0 {
		t.Errorf("missing are %v, and %d requests were sent", missing, len(s.requests()))
	}
}

func TestACreationWarnsOfTheKeyThatEnds(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByToken)
	for name, c := range map[string]struct {
		owner  string
		danger bool
		fields int
		says   string
	}{
		"nobody chosen":  {"", true, 1, "takes the place"},
		"no token":       {freshID, false, 0, "takes the place"},
		"a token":        {viewerID, true, 0, "viewer has a token already"},
		"a blocked user": {oldID, false, 0, "not activated"},
		"the own one":    {adminID, true, 0, "authdeck itself signs in"},
	} {
		form := must(api.Prepare(t.Context(), model.Create, model.Token{Owner: model.User{ID: c.owner}}))(t)
		if form.Danger != c.danger || len(form.Fields) != c.fields {
			t.Errorf("%s: the form is %+v", name, form)
		}
		hasNote(t, form.Warnings, c.says)
		showsNoKey(t, form)
	}
	if sent := s.writes(); len(sent) != 0 {
		t.Errorf("%q were sent", sent)
	}
}

func TestAUserWhoCannotBeReadIsNoWall(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.answers("GET /"+viewerID, saying(http.StatusInternalServerError, "text/html", "sorry"))
	api := s.api(t, wire.ByBasic)
	for has, danger := range map[model.Answer]bool{model.Yes: true, model.Unsaid: true, model.No: false} {
		form := must(api.Prepare(t.Context(), model.Create, model.Token{Owner: model.User{ID: viewerID, HasToken: has}}))(t)
		hasNote(t, form.Warnings, "could not be read")
		if form.Danger != danger || strings.Contains(strings.Join(form.Warnings, ""), "has a token already") != (has == model.Yes) {
			t.Errorf("%d: the form is %+v", has, form)
		}
	}
}

func TestWhatEndsAKeyIsADanger(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.sets(oldID, "authenticationToken", canary+"old")
	api := s.api(t, wire.ByBasic)
	for _, a := range []model.Action{model.Regenerate, model.Delete} {
		form := must(api.Prepare(t.Context(), a, tokenOf(t, api, viewerID)))(t)
		if !form.Danger || len(form.Warnings) != 1 || len(form.Fields) != 0 {
			t.Errorf("%s: the form is %+v", a, form)
		}
		hasNote(t, must(api.Prepare(t.Context(), a, tokenOf(t, api, oldID)))(t).Warnings, "not activated")
	}
}

func TestADiagnosisLooksAtTheWayInAndTheRight(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		way    wire.Way
		change func(*server)
		want   string
	}{
		"by password": {wire.ByBasic, func(*server) {}, "ok skipped ok"},
		"by session":  {wire.BySession, func(*server) {}, "ok skipped ok"},
		"by token":    {wire.ByToken, func(*server) {}, "warning ok ok"},
		"weak":        {wire.ByBasic, func(s *server) { s.weak = true }, "ok skipped failed"},
		"by a group":  {wire.ByBasic, func(s *server) { s.sets(adminID, "permissions", []string{}) }, "ok skipped ok"},
		"an odd row":  {wire.ByBasic, func(s *server) { s.rows = append(s.rows, row{"id": "5"}) }, "ok skipped warning"},
		"a broken list": {wire.ByBasic, func(s *server) {
			s.answers("GET ", saying(http.StatusInternalServerError, "", ""))
		}, "ok skipped failed"},
	} {
		s := start(t)
		c.change(s)
		api := s.api(t, c.way)
		must(api.WhoAmI(t.Context()))(t)
		inspector, ok := api.(wire.Inspector)
		if !ok {
			t.Fatal("it cannot be looked into")
		}
		var got []string
		for _, check := range inspector.Inspect(t.Context()) {
			got = append(got, string(check.Verdict))
			if check.What == "" || check.Found.Empty() || check.Verdict != model.OK && check.Advice == "" {
				t.Errorf("%s: the check is %+v", name, check)
			}
			showsNoKey(t, check)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
