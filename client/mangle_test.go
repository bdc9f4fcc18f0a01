package client_test

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// mangler is a proxy in front of a server that spoils the answers to some requests,
// byte by byte as it likes, and counts what came.
type mangler struct {
	net.Listener
	server *url.URL

	mu    sync.Mutex
	spoil *broken           // what becomes of an answer; nil for nothing
	of    func(string) bool // which methods are spoilt
	keys  []string          // some that are in use, for answers that give them away
	count map[string]int    // requests whose answers were spoilt, by method and path
}

// inFrontOf puts a proxy before a server.
func inFrontOf(t *testing.T, server string, keys ...string) *mangler {
	t.Helper()
	at := must(url.Parse(server))(t)
	l := must(new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0"))(t)
	m := &mangler{Listener: l, server: at, keys: keys}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go m.serve(c)
		}
	}()
	return m
}

// address is the server's, by way of the proxy.
func (m *mangler) address() string {
	at := *m.server
	at.Host = m.Addr().String()
	return at.String()
}

// arm spoils the answers to requests of some methods from now on.
func (m *mangler) arm(b *broken, of func(method string) bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.spoil, m.of, m.count = b, of, map[string]int{}
}

// disarm lets everything pass, and returns how often each was asked for meanwhile.
func (m *mangler) disarm() map[string]int {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.spoil = nil
	return m.count
}

func (m *mangler) armed(r *http.Request) *broken {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.spoil == nil || !m.of(r.Method) {
		return nil
	}
	m.count[r.Method+" "+r.URL.Path]++
	return m.spoil
}

func (m *mangler) serve(c net.Conn) {
	defer func() { _ = c.Close() }()
	in := bufio.NewReader(c)
	for {
		r, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		body, _ := io.ReadAll(r.Body)
		asked, _ := httputil.DumpRequest(r, false)
		b := m.armed(r)
		said := &exchange{asked: string(asked), keys: m.keys}
		if b == nil || b.done {
			said.answer(m.pass(r, body))
		}
		if b != nil {
			_, _ = io.WriteString(c, b.answer(said))
			return
		}
		if said.response == nil || said.response.Write(c) != nil {
			return
		}
	}
}

// pass sends a request on.
func (m *mangler) pass(r *http.Request, body []byte) (*http.Response, error) {
	on := r.Clone(r.Context())
	on.URL.Scheme, on.URL.Host, on.RequestURI = m.server.Scheme, m.server.Host, ""
	on.Body, on.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	if len(body) == 0 {
		on.Body = http.NoBody
	}
	return http.DefaultTransport.RoundTrip(on)
}

// exchange is what a broken answer can be made of.
type exchange struct {
	asked    string // the request, credential included
	response *http.Response
	body     string // of the real answer, if it was asked for
	keys     []string
}

func (e *exchange) answer(response *http.Response, err error) {
	if err != nil {
		return
	}
	content, _ := io.ReadAll(response.Body)
	_ = response.Body.Close()
	response.Body, response.ContentLength, response.TransferEncoding = io.NopCloser(bytes.NewReader(content)), int64(len(content)), nil
	response.Header.Del("Content-Length")
	e.response, e.body = response, string(content)
}

// leak is all that an answer could give away: the request, with the credential in
// it, a key of somebody else, and the real answer, with the new one. It is one line.
func (e *exchange) leak() string {
	all := e.asked + " " + strings.Join(e.keys, " ") + " " + e.body
	return strings.NewReplacer("\r", " ", "\n", " ").Replace(all)
}

// credential is the one that the request was signed with, as it was sent.
func (e *exchange) credential() string {
	for line := range strings.Lines(e.asked) {
		name, value, _ := strings.Cut(line, ":")
		if strings.EqualFold(name, "Authorization") || strings.EqualFold(name, "Cookie") {
			words := strings.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == '=' || r == '\r' || r == '\n' })
			return words[len(words)-1]
		}
	}
	if _, query, found := strings.Cut(e.asked, canary); found {
		end := strings.IndexAny(query, " &\r\n")
		return canary + query[:max(0, end)]
	}
	return "nobody-signed-this"
}
