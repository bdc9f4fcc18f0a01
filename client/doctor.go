package client

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"authdeck/client/config"
	"authdeck/client/custody"
	"authdeck/client/file"
	"authdeck/client/record"
	"authdeck/client/wire"
	"authdeck/model"
)

// step is one check, and the checks that it makes no sense without.
type step struct {
	what  string
	needs []string
	look  func(context.Context) finding
}

// finding is what a check has found. What it says is what was tried.
type finding struct {
	found  string
	doubt  string // what is not as it should be, although it works; empty for nothing
	advice string // for a doubt or an error
	err    error
}

// DiagnoseAll looks at systems of a configuration, at what keeps and takes their keys, at what was left
// in the middle, and at the record of what is done there.
func DiagnoseAll(ctx context.Context, systems []config.Profile, c config.Config, getenv func(string) string, env Env) []model.Check {
	checks := append(custody.In(KeysAt(c.Sealed, getenv)).Checks(), rotationsCheck(getenv), plansCheck(getenv))
	for _, p := range systems {
		checks = append(checks, Diagnose(ctx, p, env)...)
		if check, is := c.Couriers.Check(p.Name); is {
			checks = append(checks, check)
		}
	}
	return append(checks, record.Check(config.StateFolder(getenv)))
}

// Diagnose looks at one system from the configuration to the rights of the
// credential. What depends on a check that failed is skipped and says so.
func Diagnose(ctx context.Context, p config.Profile, env Env) []model.Check {
	d := &diagnosis{profile: p, env: env}
	passed := map[string]bool{}
	var checks []model.Check
	for _, s := range []step{
		{"configuration", nil, d.configuration},
		{"credential", []string{"configuration"}, d.credential},
		{"name", nil, d.resolve},
		{"connection", []string{"configuration", "name"}, d.dial},
		{"identity", []string{"credential", "connection"}, d.identity},
		{"rights", []string{"identity"}, d.rights},
	} {
		check := s.check(ctx, passed)
		passed[s.what] = check.Verdict == model.OK || check.Verdict == model.Warning
		checks = append(checks, check)
	}
	if system, ok := d.api.(wire.Inspector); ok && passed["identity"] {
		checks = append(checks, system.Inspect(ctx)...)
	}
	if d.api != nil {
		_ = d.api.Close(ctx) // a session of its own, which nobody needs any more
	}
	for i := range checks {
		checks[i].Subject = p.Name
	}
	return checks
}

func (s step) check(ctx context.Context, passed map[string]bool) model.Check {
	for _, need := range s.needs {
		if !passed[need] {
			return model.Check{What: s.what, Verdict: model.Skipped, Found: model.Clean("needs the " + need)}
		}
	}
	f := s.look(ctx)
	switch {
	case model.KindOf(f.err) == model.Unsupported: // nobody can give what a system does not have
		return model.Check{What: s.what, Verdict: model.Skipped, Found: model.Clean(model.Reason(f.err))}
	case f.err != nil:
		return model.Check{What: s.what, Verdict: model.Failed, Found: model.Clean(model.Reason(f.err)), Advice: f.advice}
	case f.doubt != "":
		return model.Check{What: s.what, Verdict: model.Warning, Found: model.Clean(f.found + "; " + f.doubt), Advice: f.advice}
	}
	return model.Check{What: s.what, Verdict: model.OK, Found: model.Clean(f.found)}
}

type diagnosis struct {
	profile config.Profile
	env     Env
	api     model.API
	own     *wire.Certificate
	proxy   *url.URL // once the configuration has been looked at
}

func (d *diagnosis) configuration(context.Context) finding {
	p := d.profile
	f := finding{found: p.Kind + " at " + p.URL().Scheme + "://" + hostOf(p), advice: "give ca_file a file with PEM certificates"}
	if p.ReadOnly {
		f.found += ", read-only: nothing is changed"
	}
	if _, f.err = wire.Roots(p.CAFile); f.err != nil {
		return f
	}
	if d.own, f.err = wire.OwnCertificate(p.ClientCert, p.ClientKey); f.err != nil {
		f.advice = "give client_cert and client_key files with a PEM certificate and its key"
		return f
	}
	if d.own != nil {
		until, wrong := d.own.Until(time.Now())
		f.found += ", with a certificate of authdeck's own, good until " + until.Format(time.DateOnly)
		if wrong != "" {
			f.doubt, f.advice = "its client_cert "+wrong, "give client_cert and client_key those of a certificate that holds; they are read at every connection"
		}
	}
	if strangers := file.Strangers(p.CAFile); p.CAFile != "" && strangers != "" {
		f.doubt = "its ca_file " + strangers
		f.advice = "whoever can change ca_file can read what is sent; make it yours or root's, and run chmod go-w on it"
	}
	if d.proxy, f.err = wire.ProxyFor(p.URL(), d.env.variable); f.err != nil {
		f.advice = "mend the variable, or name the host in NO_PROXY"
	}
	return f
}

func (d *diagnosis) credential(ctx context.Context) finding {
	api, err := open(ctx, d.profile, d.env)
	if err == nil {
		err = api.credential.wait(ctx, false)
		d.api = api
	}
	return finding{found: "from " + d.profile.Credential.String(), advice: "give the credential there, or name another place", err: err}
}

// resolve asks for the name that this machine has to know: the proxy's, where
// there is one.
func (d *diagnosis) resolve(ctx context.Context) finding {
	f := finding{advice: "check url, and the resolver of this machine"}
	name, whose := d.profile.URL().Hostname(), ""
	if d.proxy != nil {
		name, whose, f.advice = d.proxy.Hostname(), "the proxy: ", proxyAdvice
	}
	addresses, err := net.DefaultResolver.LookupHost(ctx, name)
	f.found, f.err = whose+strings.Join(addresses, ", "), wire.Plain(ctx, err)
	if d.proxy != nil {
		f.found += "; the system's own name is left to it"
	}
	return f
}

func (d *diagnosis) dial(ctx context.Context) finding {
	roots, err := wire.Roots(d.profile.CAFile)
	if err != nil {
		return finding{advice: "give ca_file a file with PEM certificates", err: err}
	}
	found, err := wire.Reach(ctx, d.profile.URL(), d.proxy, roots, d.own)
	return finding{found: found, advice: wayAdvice(err), err: err}
}

func (d *diagnosis) identity(ctx context.Context) finding {
	started := time.Now()
	user, err := d.api.WhoAmI(ctx)
	return finding{
		found:  fmt.Sprintf("%s, number %s, answered in %s", user.Username, user.ID, time.Since(started).Round(time.Millisecond)),
		advice: advice(err), err: err,
	}
}

func (d *diagnosis) rights(ctx context.Context) finding {
	page, err := d.api.Tokens(ctx, model.Query{Size: 1})
	f := finding{found: "may read the tokens", advice: advice(err), err: err}
	switch {
	case model.KindOf(err) == model.Forbidden && err != nil:
		f.advice = "ask an administrator of the system for the right to read tokens"
	case page.Note != "":
		f.found = "may read a list of " + strconv.Itoa(page.Total) + ": " + page.Note
	case page.Total != model.Uncounted:
		f.found += fmt.Sprintf(": %d of them", page.Total)
	}
	return f
}
