package authentik

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// versionPatience is how long the version is waited for where nobody asked for
// it.
const versionPatience = 3 * time.Second

// The versions that this dialect was written for.
const (
	oldest = "2024.06"
	newest = "2026.08"
)

// version is the answer of admin/version/, which every signed-in user may read.
type version struct {
	Current  model.Text `json:"version_current"`
	Latest   model.Text `json:"version_latest"`
	Outdated wire.Bool  `json:"outdated"`
}

// askVersion asks for the server's version and remembers it.
func (a *authentik) askVersion(ctx context.Context) (version, error) {
	v, err := wire.Call[version](ctx, a.conn, wire.Get(versionPath))
	if err == nil && month(v.Current) == "" {
		err = model.Fail(model.Malformed, "the server answered without a version")
	}
	if err == nil {
		current := v.Current.String()
		a.version.Store(&current)
	}
	return v, err
}

// month is the year and month of a version, in a form that sorts; empty if it is
// no version.
func month(v model.Text) string {
	parts := regexp.MustCompile(`^(\d{4})\.(\d{1,2})(\.[-.0-9a-z]{1,20})?$`).FindStringSubmatch(v.String())
	if parts == nil {
		return ""
	}
	return fmt.Sprintf("%s.%02s", parts[1], parts[2])
}

// Inspect implements [wire.Inspector].
func (a *authentik) Inspect(ctx context.Context) []model.Check {
	return []model.Check{a.inspectVersion(ctx), a.inspectRights(ctx), a.inspectDefaults(ctx)}
}

func (a *authentik) inspectVersion(ctx context.Context) model.Check {
	check := model.Check{What: "version", Verdict: model.OK}
	v, err := a.askVersion(ctx)
	if err != nil {
		check.Verdict, check.Found = model.Warning, model.Clean("not known: "+model.Reason(err))
		return check
	}
	check.Found = v.Current
	switch made := month(v.Current); {
	case made < oldest || made > newest:
		check.Verdict = model.Warning
		check.Advice = "authdeck was made for 2024.6 to 2026.8; look twice at what it says of this server"
	case v.Outdated.Answer == model.Yes:
		check.Verdict = model.Warning
		check.Advice = "authentik itself says that it is out of date; the latest is " + v.Latest.String()
	}
	return check
}

func (a *authentik) inspectRights(ctx context.Context) model.Check {
	check := model.Check{What: "superuser", Verdict: model.OK, Found: model.Clean("yes: sees all tokens and may make them for anybody")}
	me, err := a.me(ctx)
	switch {
	case err != nil:
		check.Verdict, check.Found = model.Failed, model.Clean(model.Reason(err))
	case me.Admin != model.Yes:
		check.Verdict = model.Warning
		var sees string
		sees, check.Advice = a.sight(ctx)
		check.Found = model.Clean("no: " + sees + ", and makes them for nobody else")
	}
	return check
}

func (a *authentik) inspectDefaults(ctx context.Context) model.Check {
	check := model.Check{What: "token defaults", Verdict: model.OK}
	s, err := wire.Call[settings](ctx, a.conn, wire.Get(settingsPath))
	switch {
	case err != nil:
		check.Verdict, check.Found = model.Skipped, model.Clean("not known: "+model.Reason(err))
		check.Advice = "the right view_system_settings shows for how long the server makes tokens"
	default:
		length := int(cmp.Or(s.DefaultLength, keyLength))
		check.Found = model.Clean("tokens expire after " + cmp.Or(s.lifetimeWords(), "no known time") + ", keys have " + counted(length, "letter"))
		check.Verdict, check.Advice = s.amiss(length)
	}
	return check
}

// amiss is what is better changed about the defaults.
func (s settings) amiss(length int) (model.Verdict, string) {
	switch d, known := s.lifetime(); {
	case known && d <= 0:
		return model.Warning, "raise default_token_duration: every new token is expired as it is made, and every API token that is edited"
	case length < shortestKey:
		return model.Warning, "raise default_token_length: keys of " + counted(length, "letter") + " can be guessed sooner than need be"
	}
	return model.OK, ""
}
