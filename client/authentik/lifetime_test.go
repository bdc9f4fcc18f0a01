package authentik_test

import (
	"strings"
	"testing"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// settled is a stub whose settings say for how long a new token lasts; empty for an
// account that may not read them.
func settled(t *testing.T, me, duration string) *stub {
	t.Helper()
	said := say(200, `{"default_token_duration":"`+duration+`","default_token_length":1}`)
	if duration == "" {
		said = say(403, denied)
	}
	return serve(t, with(superuser(), map[string]answer{"GET /core/users/me/": say(200, me), "GET /admin/settings/": said}))
}

// mine is the one token of a stub as the account that signs in has it.
func mine(t *testing.T, s *stub, pairs ...string) model.Token {
	t.Helper()
	body := strings.NewReplacer(pairs...).Replace(apiBody)
	s.answers("GET /core/tokens/", say(200, listOf(body)))
	return token(t, s.api(t), "ci")
}

func TestAReplacementSaysBeforehandWhenTheNewTokenWillEnd(t *testing.T) {
	t.Parallel()
	never, password := []string{`"expiring":true`, `"expiring":false`}, []string{`"intent":"api"`, `"intent":"app_password"`}
	for name, c := range map[string]struct {
		me, duration string
		pairs        []string
		says         []string
		not          string
	}{
		"never, of nobody special": {saraMe, "minutes=30", never, []string{"only superusers make tokens that do not expire", "It expires 30 minutes after it is made: the server sets this date. authentik then gives it another key"}, ""},
		"never, and not told":      {saraMe, "", never, []string{"the new token will expire", "30 minutes unless it was changed"}, ""},
		"never, of a superuser":    {rootMe, "minutes=30", never, []string{"The new token does not expire either."}, "It expires"},
		"an API token's date":      {rootMe, "days=1;hours=2", nil, []string{"It expires 1 day 2 hours after it is made"}, "keeps the date"},
		"a password's date":        {rootMe, "minutes=30", password, []string{"keeps the date of this one, 2099-11-01 12:30 UTC"}, "30 minutes"},
		"a password that is over":  {rootMe, "minutes=90", append([]string{later, "2020-01-01T00:00:00Z"}, password...), []string{"It expires 1 hour 30 minutes after it is made: the server sets this date. authentik then deletes it"}, ""},
		"a default that is past":   {rootMe, "days=-1", nil, []string{"expired as soon as it is made", "days=-1"}, ""},
	} {
		s := settled(t, c.me, c.duration)
		form := must(s.api(t).Prepare(t.Context(), model.Replace, mine(t, s, c.pairs...)))(t)
		for _, words := range c.says {
			tells(t, form.Warnings, words)
		}
		if said := strings.Join(form.Warnings, " "); c.not != "" && strings.Contains(said, c.not) {
			t.Errorf("%s: %s", name, said)
		}
	}
}

func TestACreateSaysBeforehandWhenTheNewTokenWillEnd(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		me, duration             string
		intent, expiring, expire string
		says, not                string
	}{
		"an API token":            {rootMe, "hours=1", "api", "yes", "", "It expires 1 hour after it is made: the server sets this date. authentik then gives it another key", "deletes"},
		"a password":              {rootMe, "seconds=90", "app_password", "yes", "", "1 minute 30 seconds after it is made: the server sets this date. authentik then deletes it", "another key"},
		"a password with a date":  {saraMe, "days=40000", "app_password", "yes", "2098-01-01T00:00:00Z", "", "e"},
		"a date that is too late": {saraMe, "seconds=90", "app_password", "yes", "2098-01-01T00:00:00Z", "refuses a date more than 1 minute 30 seconds from now", "expires"},
		"forever":                 {rootMe, "hours=1", "api", "no", "", "", "expire"},
		"forever, not heeded":     {saraMe, "hours=1", "api", "no", "", "the new token will expire", ""},
		"and when":                {saraMe, "hours=1", "app_password", "no", "", "1 hour after it is made", ""},
		"a past":                  {saraMe, "days=-1", "api", "yes", "", "its key opens nothing", "expires after"},
	} {
		form := must(settled(t, c.me, c.duration).api(t).Prepare(t.Context(), model.Create, model.Token{}))(t)
		said := form.Review(model.Draft{Values: map[string]string{"intent": c.intent, "expiring": c.expiring, "expires": c.expire}})
		tells(t, said, c.says)
		if all := strings.Join(said, " "); c.not != "" && strings.Contains(all, c.not) {
			t.Errorf("%s: %s", name, all)
		}
	}
}

func TestADurationIsReadAsAuthentikReadsIt(t *testing.T) {
	t.Parallel()
	for duration, words := range map[string]string{
		"minutes=30": "30 minutes", "days=1": "1 day", "weeks=1;hours=1": "7 days 1 hour", "Hours=1.5": "1 hour 30 minutes",
		"milliseconds=3": "less than a second", "days=-1": "no time: days=-1", "": "no known time", "fortnights=1": "no known time",
		"minutes=1e300": "no known time", "minutes=": "no known time", "x;seconds=5": "5 seconds",
	} {
		s := serve(t, with(superuser(), map[string]answer{"GET /admin/settings/": say(200, `{"default_token_duration":"`+duration+`"}`)}))
		checks := s.api(t).(wire.Inspector).Inspect(t.Context())
		if got := checks[2].Found.String(); got != "tokens expire after "+words+", keys have 60 letters" {
			t.Errorf("%q: %s", duration, got)
		}
		if past := strings.Contains(words, "no time"); past != (checks[2].Verdict == model.Warning) {
			t.Errorf("%q is judged %s: %s", duration, checks[2].Verdict, checks[2].Advice)
		}
	}
	checks := settled(t, rootMe, "days=1").api(t).(wire.Inspector).Inspect(t.Context())
	if got := checks[2].Found.String() + checks[2].Advice; !strings.Contains(got, "keys have 1 letter") || strings.Contains(got, "1 letters") {
		t.Errorf("%s", got)
	}
}

func TestATokenThatIsBornExpiredIsSaidToOpenNothing(t *testing.T) {
	t.Parallel()
	s := serve(t, creating(map[string]any{"expires": "2020-01-02T03:04:05Z", "expiring": true}))
	issued := must(s.api(t).Do(t.Context(), order("", map[string]string{"identifier": "fresh"})))(t)
	tells(t, issued.Notes, "It expired on 2020-01-02 03:04 UTC, as it was made: the server sets this date itself, and the key opens nothing.")
}

func TestAKeyIsSaidToBeHandedOverOnlyToWhoCannotSeeIt(t *testing.T) {
	t.Parallel()
	api := serve(t, superuser()).api(t)
	form := must(api.Prepare(t.Context(), model.Create, model.Token{}))(t)
	for owner, says := range map[model.User]bool{
		{}: false, {ID: "1"}: false, {ID: "7", Admin: model.No}: true, {ID: "8", Admin: model.Yes}: false, {ID: "9"}: true,
	} {
		said := strings.Join(form.Review(model.Draft{Owner: owner}), " ")
		known := must(api.Prepare(t.Context(), model.Create, model.Token{Owner: owner}))(t)
		for _, words := range []string{said, strings.Join(known.Warnings, " ")} {
			if strings.Contains(words, "without the right view_token_key") != says {
				t.Errorf("%+v: %s", owner, words)
			}
		}
	}
}

func TestAPasswordThatStopsExpiringIsSaidToKeepItsDateUnused(t *testing.T) {
	t.Parallel()
	api := serve(t, superuser()).api(t)
	form := must(api.Prepare(t.Context(), model.Edit, token(t, api, "ldap")))(t)
	date := form.Fields[3]
	for expiring, says := range map[string]bool{"no": true, "yes": false} {
		values := map[string]string{"expiring": expiring}
		if said := form.Review(model.Draft{Values: values}); (len(said) == 1) != says || (date.Idles(values) != "") != says {
			t.Errorf("%s: %q; the date is idle: %q", expiring, said, date.Idles(values))
		}
	}
	form = must(api.Prepare(t.Context(), model.Edit, token(t, api, "ci")))(t)
	tells(t, form.Review(model.Draft{}), "default duration (30 minutes)")
}

func TestAnEditSaysOfALaterDateThatTheServerMayRefuseItAndOfTheOneThatStaysNothing(t *testing.T) {
	t.Parallel()
	api := settled(t, rootMe, "minutes=30").api(t)
	form := must(api.Prepare(t.Context(), model.Edit, token(t, api, "ldap")))(t)
	stays := form.Fields[3].Value
	for date, says := range map[string]bool{"2098-01-01T00:00:00Z": true, stays: false, "": false} {
		said := strings.Join(form.Review(model.Draft{Values: map[string]string{"expiring": "yes", "expires": date}}), " ")
		if strings.Contains(said, "refuses a date more than 30 minutes from now") != says {
			t.Errorf("%s: %q", date, said)
		}
	}
}

func TestAnAPITokenThatStopsExpiringIsSaidToGetADateThatCountsForNothing(t *testing.T) {
	t.Parallel()
	api := serve(t, superuser()).api(t)
	form := must(api.Prepare(t.Context(), model.Edit, token(t, api, "ci")))(t)
	if said := strings.Join(form.Review(model.Draft{Values: map[string]string{"expiring": "no"}}), " "); !strings.Contains(said, "counts for nothing") || strings.Contains(said, "restarts") {
		t.Errorf("it says %q", said)
	}
}

// TestANewEndIsSentAlone is about what a PATCH leaves out, and so does not clear.
func TestANewEndIsSentAlone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		id   string
		end  model.When
		want string
	}{
		"a date":                  {"ldap", model.At(time.Date(2098, 5, 6, 7, 8, 9, 0, time.UTC)), `{"intent":"app_password","user":7,"expires":"2098-05-06T07:08:09Z"}`},
		"never":                   {"ldap", model.Not(model.Never), `{"intent":"app_password","user":7,"expiring":false}`},
		"an API token, and never": {"ci", model.Not(model.Never), `{"intent":"api","user":7,"expiring":false}`},
	} {
		s := serve(t, superuser())
		api := s.api(t)
		row := token(t, api, c.id)
		_, err := api.Do(t.Context(), model.Order{Action: model.Edit, Token: row, Draft: model.Draft{Ends: c.end}})
		if sent := s.writes(); len(sent) != 1 || strings.TrimSpace(sent[0].Body) != c.want {
			t.Errorf("%s: sent %+v, %v", name, sent, err)
		}
	}
	s := serve(t, superuser())
	api := s.api(t)
	date := model.Draft{Ends: model.At(time.Date(2098, 5, 6, 7, 8, 9, 0, time.UTC))}
	_, err := api.Do(t.Context(), model.Order{Action: model.Edit, Token: token(t, api, "ci"), Draft: date})
	if model.KindOf(err) != model.Unsupported || !strings.Contains(err.Error(), "sets the date of an API token itself") || len(s.writes()) > 0 {
		t.Errorf("an API token's date: %v", err)
	}
}
