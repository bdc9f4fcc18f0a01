package awx_test

import (
	"strings"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

func TestADiagnosisSaysWhatIsWorthKnowing(t *testing.T) {
	ldap := strings.NewReplacer(`"external_account":null`, `"external_account":"ldap"`, `"is_superuser":true`, `"is_superuser":false`).Replace(rootUser)
	auditor := strings.NewReplacer(`"is_system_auditor":false`, `"is_system_auditor":true`, `"is_superuser":true`, `"is_superuser":false`).Replace(rootUser)
	for name, c := range map[string]struct {
		generation, at, who string
		password            bool
		want                []string
	}{
		"a superuser":   {"oauth2", "/api/v2/", rootUser, false, []string{"generation ok", "version ok", "rights over tokens ok"}},
		"a directory's": {"oauth2", "/api/v2/", ldap, false, []string{"generation ok", "version ok", "rights over tokens warning", "creating warning"}},
		"an auditor":    {"gateway", "/api/gateway/v1/", auditor, true, []string{"generation ok", "version ok", "rights over tokens ok"}},
		"a token":       {"tower", "/api/v1/", rootUser, false, []string{"generation ok", "version ok", "sign-in warning", "tokens warning"}},
		"no tokens":     {"none", "/api/v2/", rootUser, false, []string{"generation ok", "version ok", "tokens warning"}},
	} {
		s := start(t, map[string][]answer{"GET " + c.at + "me/": {ok(listOf(c.who))}, "GET " + c.at + "ping/": {ok(`{"version":"24.6.1"}`)}})
		api := s.byToken(t, c.generation)
		if c.password {
			api = s.byPassword(t, c.generation)
		}
		var got []string
		for _, check := range inspected(t, api) {
			got = append(got, check.What+" "+string(check.Verdict))
			if check.Found.Empty() || check.Verdict != model.OK && check.Advice == "" && check.What != "tokens" {
				t.Errorf("%s: %+v", name, check)
			}
		}
		if strings.Join(got, ", ") != strings.Join(c.want, ", ") {
			t.Errorf("%s: found %q, want %q", name, got, c.want)
		}
	}
}

func TestADiagnosisSaysWhatAuthdecksOwnTokenCannotDo(t *testing.T) {
	for actions, want := range map[string]bool{`{"GET":{}}`: true, `{"GET":{},"POST":{}}`: false, `{}`: false, `null`: false} {
		s := lab(t, map[string][]answer{"OPTIONS /api/v2/tokens/": {ok(`{"actions":` + actions + `}`)}})
		for _, check := range inspected(t, s.byToken(t, "oauth2")) {
			if check.What == "rights over tokens" && (strings.Contains(check.Found.String(), "for reading alone") != want || !strings.HasPrefix(check.Found.String(), "superuser: sees")) {
				t.Errorf("%s: found %s", actions, check.Found)
			}
		}
	}
}

func inspected(t *testing.T, api model.API) []model.Check {
	t.Helper()
	system, is := api.(wire.Inspector)
	if !is {
		t.Fatal("it cannot be looked into")
	}
	return system.Inspect(t.Context())
}

func TestADiagnosisWithoutAnswersFailsInWords(t *testing.T) {
	s := start(t, nil)
	checks := inspected(t, s.byToken(t, "oauth2"))
	if len(checks) != 3 || checks[1].Verdict != model.Warning || checks[2].Verdict != model.Failed {
		t.Errorf("found %+v", checks)
	}
}
