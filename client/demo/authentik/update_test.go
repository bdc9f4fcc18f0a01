package authentik_test

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
	"authdeck/client/demo/stage"
)

// putBody is a whole request for one token, with some fields changed.
func putBody(row, with map[string]any) string {
	fields := map[string]any{}
	for _, name := range []string{"identifier", "intent", "user", "description", "expires", "expiring"} {
		fields[name] = row[name]
	}
	maps.Copy(fields, with)
	return toJSON(fields)
}

func TestAnAuthentikAPITokenEndsWhenTheServerWantsWhateverIsAsked(t *testing.T) {
	s := demotest.Start(t, demo.Options{Now: noon})
	const far = `"expires":"2027-01-01T00:00:00Z"`
	for body, expiring := range map[string]bool{
		`{"identifier":"a",` + far + `}`:                                  true,
		`{"identifier":"b",` + far + `,"intent":"api","expiring":false}`:  false,
		`{"identifier":"c","expires":null,"intent":"api","expiring":"1"}`: true,
	} {
		a := ask(t, s, "POST", authTokens, body)
		if made := a.Object(t); a.Status != 201 || made["expires"] != authEnd(30*time.Minute) || made["expiring"] != expiring {
			t.Errorf("%s: %d %v", body, a.Status, made)
		}
	}
	for _, method := range []string{"PUT", "PATCH"} {
		row := ask(t, s, "GET", authTokens+"console-root/", "").Object(t)
		a := ask(t, s, method, authTokens+"console-root/", putBody(row, map[string]any{"expires": "2027-01-01T00:00:00Z"}))
		if made := a.Object(t); a.Status != 200 || made["expires"] != authEnd(30*time.Minute) || made["expiring"] != false {
			t.Errorf("%s: %d %v", method, a.Status, made)
		}
	}
}

func TestAnAuthentikAppPasswordLivesAsLongAsItsOwnerMay(t *testing.T) {
	s := demotest.Start(t, demo.Options{Now: noon})
	patient := 0.0
	for _, u := range listAll(t, s, authUsers) {
		if u["attributes"].(map[string]any)["goauthentik.io/user/token-maximum-lifetime"] == "days=365" {
			patient = u["pk"].(float64)
		}
	}
	year := `"` + authEnd(365*stage.Day) + `"`
	for i, c := range []struct {
		user     float64
		expires  string // JSON, "" for none
		expiring bool
		want     any // the end, or a status
	}{
		{1, "", true, authEnd(30 * time.Minute)},
		{1, "null", true, authEnd(30 * time.Minute)},
		{1, "", false, nil},
		{1, "null", false, nil},
		{1, `"2026-03-01T12:10:00"`, true, "2026-03-01T12:10:00Z"},
		{1, `"2026-03-01T14:10:00+02:00"`, true, "2026-03-01T12:10:00Z"},
		{1, `"2020-03-01T12:10:00.5Z"`, true, "2020-03-01T12:10:00.500000Z"},
		{1, year, true, 400},
		{1, year, false, 400},
		{patient, year, true, authEnd(365 * stage.Day)},
		{patient, `"` + authEnd(366*stage.Day) + `"`, true, 400},
	} {
		body := fmt.Sprintf(`{"identifier":"p%d","intent":"app_password","user":%v,"expiring":%v`, i, c.user, c.expiring)
		if c.expires != "" {
			body += `,"expires":` + c.expires
		}
		a := ask(t, s, "POST", authTokens, body+"}")
		if c.want == 400 {
			if a.Status != 400 || demotest.Names(a.Object(t)) != "expires" {
				t.Errorf("%s: %d %s", body, a.Status, a.Body)
			}
			continue
		}
		if made := a.Object(t); a.Status != 201 || made["expires"] != c.want || made["expiring"] != c.expiring {
			t.Errorf("%s: %d, ends %v", body, a.Status, made["expires"])
		}
	}
}

func TestWhatAnAuthentikUpdateLeavesOutBecomesTheCallersAndForTheAPI(t *testing.T) {
	s := demotest.Start(t, demo.Options{Now: noon})
	ask(t, s, "POST", authTokens, `{"identifier":"phone","intent":"app_password","user":2,"expiring":false}`)
	for _, c := range []struct{ body, want string }{
		{`{"description":"one","user":2,"intent":"app_password"}`, "2 app_password one <nil>"},
		{`{"description":"two","user":2}`, "2 api two " + authEnd(30*time.Minute)},
		{`{"description":"three","intent":"app_password"}`, "1 app_password three " + authEnd(30*time.Minute)},
		{`{}`, "1 api three " + authEnd(30*time.Minute)},
	} {
		a := ask(t, s, "PATCH", authTokens+"phone/", c.body)
		row := a.Object(t)
		got := fmt.Sprint(row["user"], " ", row["intent"], " ", row["description"], " ", row["expires"])
		if a.Status != 200 || got != c.want {
			t.Errorf("%s: %d %s", c.body, a.Status, got)
		}
	}
	if a := ask(t, s, "PUT", authTokens+"phone/", `{"description":"four"}`); a.Status != 400 || demotest.Names(a.Object(t)) != "identifier" {
		t.Errorf("PUT without an identifier: %d %s", a.Status, a.Body)
	}
}

func TestAnAuthentikTokenKeepsItsOwnerIfOneIsNamed(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	a := ask(t, s, "PATCH", authTokens+"desk-staff/", `{"user":1,"intent":"api"}`)
	if a.Status != 400 || fmt.Sprint(a.Object(t)) != "map[user:[User cannot be changed]]" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestAuthentikRecoveryAndVerificationTokensTakeNoUpdate(t *testing.T) {
	s := demotest.Start(t, demo.Options{Now: noon})
	for _, intent := range []string{"recovery", "verification"} {
		row := rowWith(t, listAll(t, s, authTokens), "intent", intent)
		path := fmt.Sprint(authTokens, row["identifier"], "/")
		if a := ask(t, s, "PUT", path, putBody(row, nil)); a.Status != 400 || demotest.Names(a.Object(t)) != "intent" {
			t.Errorf("%s: %d %s", intent, a.Status, a.Body)
		}
		a := ask(t, s, "PATCH", path, fmt.Sprintf(`{"user":%v}`, row["user"]))
		if a.Status != 200 || a.Object(t)["intent"] != "api" {
			t.Errorf("%s without its intent: %d %s", intent, a.Status, a.Body)
		}
	}
}

func TestANewAuthentikIdentifierIsANewAddress(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	row := ask(t, s, "GET", authTokens+"desk-staff/", "").Object(t)
	if a := ask(t, s, "PUT", authTokens+"desk-staff/", putBody(row, map[string]any{"identifier": "console-root"})); a.Status != 400 {
		t.Errorf("a taken one: %d %s", a.Status, a.Body)
	}
	if a := ask(t, s, "PUT", authTokens+"desk-staff/", putBody(row, map[string]any{"identifier": "moved"})); a.Status != 200 || a.Object(t)["pk"] != row["pk"] {
		t.Errorf("a free one: %d %s", a.Status, a.Body)
	}
	for path, want := range map[string]int{"desk-staff/": 404, "moved/": 200} {
		if a := ask(t, s, "GET", authTokens+path, ""); a.Status != want {
			t.Errorf("%s: %d", path, a.Status)
		}
	}
	if a := askAs(t, s, systemOf(s).Weak, "GET", authMe, ""); a.Status != 200 {
		t.Errorf("the key of what moved: %d", a.Status)
	}
}
