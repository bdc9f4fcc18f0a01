package client

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"authdeck/model"
)

// Diagnose looks at one system from the configuration to the rights of the
// credential. After a failure, what depends on it is skipped and says so.
func Diagnose(ctx context.Context, p Profile, env Env) []model.Check {
	d := &diagnosis{profile: p, env: env}
	steps := []struct {
		what string
		look func(context.Context) (found, advice string, err error)
	}{
		{"configuration", d.configuration},
		{"credential", d.credential},
		{"name", d.resolve},
		{"connection", d.dial},
		{"identity", d.identity},
		{"rights", d.rights},
	}
	var checks []model.Check
	verdict := model.OK
	for _, step := range steps {
		check := model.Check{Subject: p.Name, What: step.what, Verdict: model.Skipped, Found: model.Clean("not looked at")}
		if verdict != model.Failed {
			found, advice, err := step.look(ctx)
			check.Found, check.Verdict = model.Clean(found), model.OK
			if err != nil {
				check.Found, check.Verdict, check.Advice = model.Clean(err.Error()), model.Failed, advice
			}
		}
		if check.Verdict == model.Failed {
			verdict = model.Failed
		}
		checks = append(checks, check)
	}
	return checks
}

type diagnosis struct {
	profile Profile
	env     Env
	api     model.API
}

func (d *diagnosis) configuration(context.Context) (found, advice string, err error) {
	_, err = certificates(d.profile.CAFile)
	return d.profile.Kind + " at " + d.profile.url.String(), "give ca_file a file with PEM certificates", err
}

func (d *diagnosis) credential(ctx context.Context) (found, advice string, err error) {
	d.api, err = Open(ctx, d.profile, d.env)
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
	ctx, cancel := context.WithTimeout(ctx, readPatience)
	defer cancel()
	if d.profile.url.Scheme == "http" {
		c, err := (&net.Dialer{}).DialContext(ctx, "tcp", d.host("80"))
		if err != nil {
			return "", advice, err
		}
		return "connected, without TLS", advice, c.Close()
	}
	roots, err := certificates(d.profile.CAFile)
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
	if page.Total != model.Uncounted {
		found += fmt.Sprintf(": %d of them", page.Total)
	}
	return found, "ask an administrator of the system for the right to read tokens", err
}
