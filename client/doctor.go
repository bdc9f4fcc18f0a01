package client

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// dialPatience is for the connection alone.
const dialPatience = 20 * time.Second

// step is one check, and the checks that it makes no sense without.
type step struct {
	what  string
	needs []string
	look  func(context.Context) (found, advice string, err error)
}

// Diagnose looks at one system from the configuration to the rights of the
// credential. What depends on a check that failed is skipped and says so.
func Diagnose(ctx context.Context, p Profile, env Env) []model.Check {
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
		passed[s.what] = check.Verdict == model.OK
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
	found, advice, err := s.look(ctx)
	switch {
	case model.KindOf(err) == model.Unsupported: // nobody can give what a system does not have
		return model.Check{What: s.what, Verdict: model.Skipped, Found: model.Clean(model.Reason(err))}
	case err != nil:
		return model.Check{What: s.what, Verdict: model.Failed, Found: model.Clean(model.Reason(err)), Advice: advice}
	}
	return model.Check{What: s.what, Verdict: model.OK, Found: model.Clean(found)}
}

type diagnosis struct {
	profile Profile
	env     Env
	api     model.API
}

func (d *diagnosis) configuration(context.Context) (found, advice string, err error) {
	_, err = wire.Roots(d.profile.CAFile)
	return d.profile.Kind + " at " + d.profile.url.String(), "give ca_file a file with PEM certificates", err
}

func (d *diagnosis) credential(ctx context.Context) (found, advice string, err error) {
	api, err := open(ctx, d.profile, d.env)
	if err == nil {
		d.api = offered{api}
	}
	return "from " + d.profile.Credential.String(), "give the credential there, or name another place", err
}

func (d *diagnosis) resolve(ctx context.Context) (found, advice string, err error) {
	if proxy, ok := d.proxy(); ok {
		return "left to the proxy " + proxy, "", nil
	}
	addresses, err := net.DefaultResolver.LookupHost(ctx, d.profile.url.Hostname())
	return strings.Join(addresses, ", "), "check url, and the resolver of this machine", err
}

func (d *diagnosis) proxy() (string, bool) {
	u, err := http.ProxyFromEnvironment(&http.Request{URL: &url.URL{Scheme: d.profile.url.Scheme, Host: d.profile.url.Host}})
	if err != nil || u == nil {
		return "", false
	}
	return u.Host, true
}

func (d *diagnosis) dial(ctx context.Context) (found, advice string, err error) {
	advice = "check url, the firewall, and ca_file"
	if proxy, ok := d.proxy(); ok {
		return "through the proxy " + proxy, advice, nil
	}
	ctx, cancel := context.WithTimeout(ctx, dialPatience)
	defer cancel()
	if d.profile.url.Scheme == "http" {
		c, err := (&net.Dialer{}).DialContext(ctx, "tcp", d.host("80"))
		if err != nil {
			return "", advice, err
		}
		return "connected, without TLS", advice, c.Close()
	}
	roots, err := wire.Roots(d.profile.CAFile)
	if err != nil {
		return "", advice, err
	}
	c, err := (&tls.Dialer{Config: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}).DialContext(ctx, "tcp", d.host("443"))
	if err != nil {
		return "", advice, err
	}
	found = secured(c)
	return found, advice, c.Close()
}

func (d *diagnosis) host(port string) string {
	if named := d.profile.url.Port(); named != "" {
		port = named
	}
	return net.JoinHostPort(d.profile.url.Hostname(), port)
}

func secured(c net.Conn) string {
	line, ok := c.(*tls.Conn)
	if !ok {
		return "connected"
	}
	state := line.ConnectionState()
	until := state.PeerCertificates[0].NotAfter
	return fmt.Sprintf("%s, certificate good until %s", tls.VersionName(state.Version), until.Format(time.DateOnly))
}

func (d *diagnosis) identity(ctx context.Context) (found, advice string, err error) {
	started := time.Now()
	user, err := d.api.WhoAmI(ctx)
	return fmt.Sprintf("%s, number %s, answered in %s", user.Username, user.ID, time.Since(started).Round(time.Millisecond)),
		"is the credential still good, and the address the right one?", err
}

func (d *diagnosis) rights(ctx context.Context) (found, advice string, err error) {
	page, err := d.api.Tokens(ctx, model.Query{Size: 1})
	found = "may read the tokens"
	if page.Note != "" {
		return "may read a list of " + strconv.Itoa(page.Total) + ": " + page.Note, "", err
	}
	if page.Total != model.Uncounted {
		found += fmt.Sprintf(": %d of them", page.Total)
	}
	return found, "ask an administrator of the system for the right to read tokens", err
}
