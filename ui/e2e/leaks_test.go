package e2e_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"authdeck/client/demo"
)

// spoiler is a proxy before a server. While it is armed, the answer to a DELETE, or
// to everything, is its own: it says again what it was asked, credential included,
// and gives a key of somebody else away.
type spoiler struct {
	*httptest.Server
	turn  atomic.Int64
	armed atomic.Bool
	all   atomic.Bool
	wrote atomic.Int64
}

// spoilt is one answer of a spoiler, LEAK being what must not be seen, and what a
// person reads of it.
type spoilt struct{ answer, says string }

func spoiltAnswers() []spoilt {
	const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	page := func(status, header string) string {
		return "HTTP/1.1 " + status + "\r\nContent-Type: text/html\r\nConnection: close\r\n" + header + "\r\n<html>LEAK</html>"
	}
	return []spoilt{
		{"LEAK\r\n\r\n", "does not speak HTTP"},
		{"HTTP/1.1 LEAK\r\n\r\n", "does not speak HTTP"},
		{head + "X Echo LEAK\r\n\r\n{}", "does not speak HTTP"},
		{head + "Content-Length: LEAK\r\n\r\n{}", "does not speak HTTP"},
		{head + "Content-Length: 99999\r\n\r\n{\"detail\":\"LEAK", "broke off"},
		{head + "Content-Encoding: gzip\r\nConnection: close\r\n\r\nLEAK LEAK", "does not unpack"},
		{page("401 Unauthorized", "WWW-Authenticate: Basic realm=\"Staff only\"\r\n"), "“Staff only”"},
		{page("405 Not Allowed", "Retry-After: 0\r\n"), "down for maintenance"},
		{page("302 LEAK", "Location: https://sso.invalid/?next=LEAK\r\n"), "sso.invalid"},
		{page("504 LEAK", "X-Echo: LEAK\r\n"), "answered 504"},
		{"HTTP/1.1 500 X\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"detail\":\"LEAK\"}", "[secret]"},
		{"HTTP/1.1 101 LEAK\r\nUpgrade: LEAK\r\nConnection: Upgrade\r\n\r\nLEAK", "answered 101"},
	}
}

// spoiling puts the proxy before a server.
func spoiling(t *testing.T, server, key string) *spoiler {
	t.Helper()
	at, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	s := &spoiler{}
	on := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(&url.URL{Scheme: at.Scheme, Host: at.Host}) }}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.armed.Load() || r.Method != http.MethodDelete && !s.all.Load() {
			on.ServeHTTP(w, r)
			return
		}
		if r.Method == http.MethodDelete {
			s.wrote.Add(1)
		}
		asked, _ := httputil.DumpRequest(r, true)
		leak := strings.NewReplacer("\r", " ", "\n", " ", `"`, "'").Replace(string(asked)) + strings.ToUpper(key) + key[:20] + "\u200b" + key[20:]
		c, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			_, _ = io.WriteString(c, strings.ReplaceAll(spoiltAnswers()[s.turn.Load()].answer, "LEAK", leak))
			_ = c.Close()
		}
	}))
	t.Cleanup(s.Close)
	s.URL += at.Path
	return s
}

// TestNothingOfABrokenAnswerIsOnTheScreenInTheLogOrInDoctor is the end of what the
// client promises of broken answers: what a person sees of them.
func TestNothingOfABrokenAnswerIsOnTheScreenInTheLogOrInDoctor(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{KeyPrefix: sings})
	system := server.Systems()[0]
	proxy := spoiling(t, system.URL, system.Weak)
	l := against(t, proxy.URL, system.Token)
	log := filepath.Join(l.home, "log")
	l.args = []string{"--log", log}
	c := l.start(t)
	c.waitFor("170 tokens")
	var told strings.Builder
	for i, one := range spoiltAnswers() {
		proxy.turn.Store(int64(i))
		proxy.armed.Store(true)
		c.press("d")
		c.confirm("Delete token")
		c.waitTold("nobody knows", one.says, "enter understood")
		proxy.armed.Store(false)
		c.press(enter)
		c.waitGone("enter understood")
		if wrote := proxy.wrote.Swap(0); wrote != 1 {
			t.Errorf("%q: the deletion came %d times", one.says, wrote)
		}
	}
	proxy.armed.Store(true)
	proxy.all.Store(true)
	for i := range spoiltAnswers() {
		proxy.turn.Store(int64(i))
		check := l
		check.args = []string{"doctor", "--log", log}
		stdout, stderr, _ := check.plain(t)
		_, _ = fmt.Fprintln(&told, stdout, stderr)
	}
	c.press("q")
	c.exit()
	for place, text := range map[string]string{
		"the screen": c.shown(0), "stderr": c.stderr.String(), "the log": read(t, log), "doctor": told.String(),
	} {
		if at := strings.Index(strings.ToLower(text), sings[:7]); at >= 0 || place != "stderr" && len(text) < 100 {
			t.Errorf("%s has %d letters, and a key at %d", place, len(text), at)
		}
	}
}
