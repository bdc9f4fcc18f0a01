package client_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"authdeck/client"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

// A proxy stands between the console and a system that only it can find: the
// systems here are called example.com, as the certificates of the tests are.

// proxy is one that does with a request what a function says, and counts them.
type proxy struct {
	*httptest.Server
	asked atomic.Int32
}

func proxying(t *testing.T, answer http.HandlerFunc) *proxy {
	t.Helper()
	p := &proxy{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.asked.Add(1)
		answer(w, r)
	}))
	t.Cleanup(p.Close)
	return p
}

// leading takes every CONNECT to one address.
func leading(address string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect {
			saying(http.StatusOK, meJSON)(w, r)
			return
		}
		there, err := new(net.Dialer).DialContext(r.Context(), "tcp", address)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		here, read, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		_, _ = io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
		go func() { _, _ = io.Copy(there, read); _ = there.Close() }()
		go func() { _, _ = io.Copy(here, there); _ = here.Close() }()
	}
}

// behind is what a proxy is named by, with a password that is not to be shown.
func behind(p string) client.Env {
	e := env(&logBook{})
	address := strings.Replace(p, "://", "://sara:"+canary+"pw@", 1)
	e.Getenv = vars(map[string]string{"HTTPS_PROXY": address, "http_proxy": address, "NO_PROXY": "intranet.example.com"})
	return e
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	return u.Host
}

// faults are what a proxy can do wrong, with the words for it.
func proxyFaults(t *testing.T) map[string]struct{ address, says, advises string } {
	t.Helper()
	refusing := func(status int) string {
		return proxying(t, func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, canary+"said", status)
		}).URL
	}
	babbling := listening(t, func(c net.Conn) { _, _ = io.WriteString(c, canary+"said\r\n\r\n") })
	silent := listening(t, func(net.Conn) {})
	return map[string]struct{ address, says, advises string }{
		"dead":              {nowhere(t), "cannot be reached: nothing listens there", "HTTPS_PROXY"},
		"dead socks":        {strings.Replace(nowhere(t), "http", "socks5", 1), "cannot be reached: nothing listens there", "HTTPS_PROXY"},
		"no such name":      {"http://proxy.invalid:3128", "does not resolve", "HTTPS_PROXY"},
		"wants a sign-in":   {refusing(http.StatusProxyAuthRequired), "wants a sign-in of its own (407)", "user name and password"},
		"forbids":           {refusing(http.StatusForbidden), "does not let it through (403)", "HTTPS_PROXY"},
		"cannot find it":    {refusing(http.StatusBadGateway), "does not let it through (502)", "HTTPS_PROXY"},
		"speaks no HTTP":    {"http://" + babbling, "does not open the way", "HTTPS_PROXY"},
		"hangs up":          {"http://" + silent, "does not open the way", "HTTPS_PROXY"},
		"is no socks":       {"socks5://" + babbling, "does not open the way", "HTTPS_PROXY"},
		"no socks, silent":  {"socks5h://" + silent, "does not open the way", "HTTPS_PROXY"},
		"TLS where none is": {strings.Replace(refusing(http.StatusOK), "http", "https", 1), "cannot be reached", "HTTPS_PROXY"},
	}
}

// listening is something that is no HTTP server: it reads what comes first, answers
// and hangs up.
func listening(t *testing.T, answer func(net.Conn)) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = c.Read(make([]byte, 4096))
			answer(c)
			_ = c.Close()
		}
	}()
	return l.Addr().String()
}

func TestAProxyIsNamedWhereItIsWhatFailed(t *testing.T) {
	t.Parallel()
	for name, f := range proxyFaults(t) {
		e := behind(f.address)
		p := profile(t, "https://example.com", canary+"key")
		api := must(client.Open(t.Context(), p, e))(t)
		_, read := api.WhoAmI(t.Context())
		_, write := api.Do(t.Context(), creating("7"))
		for what, err := range map[string]error{"read": read, "write": write} {
			meets(t, name+", "+what, err, model.Unavailable, 0)
			for _, word := range []string{"the proxy " + host(f.address), f.says} {
				if !strings.Contains(fmt.Sprint(err), word) {
					t.Errorf("%s, %s does not say %q: %v", name, what, word, err)
				}
			}
		}
		checks := map[string]model.Check{}
		for _, c := range client.Diagnose(t.Context(), p, e) {
			checks[c.What] = c
		}
		showsNoKey(t, checks)
		failed := checks["connection"]
		if failed.Verdict == model.Skipped {
			failed = checks["name"]
		}
		if failed.Verdict != model.Failed || !strings.Contains(failed.Advice, f.advises) || strings.Contains(failed.Advice, "credential") {
			t.Errorf("%s: the doctor found %+v", name, failed)
		}
		if !strings.Contains(failed.Found.String(), strings.TrimPrefix(f.says, "cannot be reached: ")) {
			t.Errorf("%s: the doctor found %+v", name, failed)
		}
	}
}

func TestThroughAProxyThatWorksASystemIsReachedByANameThatOnlyItKnows(t *testing.T) {
	t.Parallel()
	address, caFile := secure(t)
	way := proxying(t, leading(host(address)))
	p := profile(t, "https://example.com", canary+"key")
	p.CAFile = caFile
	checks := map[string]model.Check{}
	for _, c := range client.Diagnose(t.Context(), p, behind(way.URL)) {
		checks[c.What] = c
	}
	showsNoKey(t, checks)
	if c := checks["connection"]; c.Verdict != model.OK || !strings.Contains(c.Found.String(), "through the proxy "+host(way.URL)) || !strings.Contains(c.Found.String(), "TLS 1.3") {
		t.Errorf("the connection: %+v", c)
	}
	if c := checks["name"]; c.Verdict != model.OK || !strings.Contains(c.Found.String(), "left to it") {
		t.Errorf("the name: %+v", c)
	}
	if checks["identity"].Verdict != model.OK || way.asked.Load() < 2 {
		t.Errorf("%+v, after %d requests", checks["identity"], way.asked.Load())
	}
}

func TestBehindAProxyACertificateIsStillTheSystemsFault(t *testing.T) {
	t.Parallel()
	address, _ := secure(t)
	way := proxying(t, leading(host(address)))
	_, err := must(client.Open(t.Context(), profile(t, "https://example.com", canary+"key"), behind(way.URL)))(t).WhoAmI(t.Context())
	if said := fmt.Sprint(err); !strings.Contains(said, "certificate is not trusted") || strings.Contains(said, "proxy") {
		t.Errorf("the error is %v", err)
	}
}

func TestAProxyOfALineInTheClearIsNamedWhenItWantsASignIn(t *testing.T) {
	t.Parallel()
	way := proxying(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusProxyAuthRequired) })
	p := profile(t, "http://example.com", canary+"key")
	api := must(client.Open(t.Context(), p, behind(way.URL)))(t)
	_, err := api.WhoAmI(t.Context())
	if said := fmt.Sprint(err); !strings.Contains(said, "the proxy "+host(way.URL)+" wants a sign-in") {
		t.Errorf("the error is %v", err)
	}
	_, err = api.Do(t.Context(), creating("7"))
	meets(t, "a write that left", err, model.Uncertain, 0)
}

func TestASystemThatTheProxyIsNotForIsReachedWithoutIt(t *testing.T) {
	t.Parallel()
	way := proxying(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
	server := answering(t, saying(http.StatusOK, meJSON))
	must(must(client.Open(t.Context(), profile(t, server.URL, canary+"key"), behind(way.URL)))(t).WhoAmI(t.Context()))(t)
	_, err := must(client.Open(t.Context(), profile(t, "https://intranet.example.com", canary+"key"), behind(way.URL)))(t).WhoAmI(t.Context())
	if way.asked.Load() != 0 || strings.Contains(fmt.Sprint(err), "proxy") {
		t.Errorf("the proxy was asked %d times: %v", way.asked.Load(), err)
	}
}

func TestAProxyWithoutAnAddressIsAnErrorAndNotADirectConnection(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"http://sara:" + canary + "%zz@127.0.0.1:1", "http://", "socks://127.0.0.1:1", "ftp://127.0.0.1:1", "http://127.0.0.1:" + canary, "://" + canary,
		"socks4://127.0.0.1:1", "http://[::1", ":1",
	} {
		e := env(&logBook{})
		e.Getenv = vars(map[string]string{"https_proxy": address})
		p := profile(t, "https://example.com", canary+"key")
		_, err := client.Open(t.Context(), p, e)
		redacttest.FailsAs(t, err, model.Unopened)
		if !strings.Contains(fmt.Sprint(err), "HTTPS_PROXY") {
			t.Errorf("%s: %v", address, err)
		}
		checks := client.Diagnose(t.Context(), p, e)
		showsNoKey(t, checks)
		if c := checks[0]; c.Verdict != model.Failed || !strings.Contains(c.Found.String(), "HTTPS_PROXY") || !strings.Contains(c.Advice, "NO_PROXY") {
			t.Errorf("%s: %+v", address, c)
		}
	}
	e := env(&logBook{})
	e.Getenv = vars(map[string]string{"https_proxy": "http://%zz", "no_proxy": "example.com"})
	must(client.Open(t.Context(), profile(t, "https://example.com", canary+"key"), e))(t) // it is not for this system
}

func TestAProxyMayBeNamedByHostAndPortAlone(t *testing.T) {
	t.Parallel()
	address, caFile := secure(t)
	way := proxying(t, leading(host(address)))
	e := env(&logBook{})
	e.Getenv = vars(map[string]string{"HTTPS_PROXY": host(way.URL)})
	p := profile(t, "https://example.com", canary+"key")
	p.CAFile = caFile
	must(must(client.Open(t.Context(), p, e))(t).WhoAmI(t.Context()))(t)
}
