package wire

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"authdeck/model"
)

// mean is a server that speaks HTTP/1.1 and HTTP/2, counts every request by its
// method, and lets each come to nothing in one way.
type mean struct {
	*httptest.Server
	frames func(*http2.Framer, uint32) // what becomes of a stream; its connection then ends
	bytes  func(net.Conn)              // what becomes of an HTTP/1.1 connection whose request was read

	mu   sync.Mutex
	seen map[string]int
}

func (m *mean) count(method string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.seen[method]++
}

func (m *mean) saw(method string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.seen[method]
}

// start serves over TLS and offers those protocols.
func (m *mean) start(t *testing.T, protocols ...string) *mean {
	t.Helper()
	m.seen = map[string]int{}
	m.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		m.count(r.Method)
		if m.bytes == nil {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, "{}")
			return
		}
		connection, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			m.bytes(connection)
			_ = connection.Close()
		}
	}))
	m.TLS = &tls.Config{NextProtos: protocols}
	m.Config.ErrorLog = log.New(io.Discard, "", 0)
	m.Config.TLSNextProto = map[string]func(*http.Server, *tls.Conn, http.Handler){
		"h2": func(_ *http.Server, c *tls.Conn, _ http.Handler) { m.speak(c) },
	}
	m.StartTLS()
	t.Cleanup(func() {
		m.CloseClientConnections()
		m.Close()
	})
	return m
}

// speak is the least of HTTP/2 that a client believes.
func (m *mean) speak(c net.Conn) {
	defer func() { _ = c.Close() }()
	if _, err := io.ReadFull(c, make([]byte, len(http2.ClientPreface))); err != nil {
		return
	}
	f := http2.NewFramer(c, c)
	f.ReadMetaHeaders = hpack.NewDecoder(4096, nil)
	_ = f.WriteSettings()
	for {
		frame, err := f.ReadFrame()
		if err != nil {
			return
		}
		switch frame := frame.(type) {
		case *http2.SettingsFrame:
			if !frame.IsAck() {
				_ = f.WriteSettingsAck()
			}
		case *http2.MetaHeadersFrame:
			m.count(frame.PseudoValue("method"))
			if m.frames == nil {
				fine(f, frame.StreamID)
				continue
			}
			m.frames(f, frame.StreamID)
			return
		}
	}
}

// fine is an answer over HTTP/2.
func fine(f *http2.Framer, stream uint32) {
	var head bytes.Buffer
	h := hpack.NewEncoder(&head)
	_ = h.WriteField(hpack.HeaderField{Name: ":status", Value: "200"})
	_ = h.WriteField(hpack.HeaderField{Name: "content-type", Value: "application/json"})
	_ = f.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: head.Bytes(), EndHeaders: true})
	_ = f.WriteData(stream, true, []byte("{}"))
}

// to is a line to the server as it is used in earnest.
func (m *mean) to(t *testing.T) *Conn {
	t.Helper()
	roots := x509.NewCertPool()
	roots.AddCert(m.Certificate())
	return keyed(t, m.URL, roots)
}

// changes are every way in which something is changed or signed in to.
func changes() []Request {
	var all []Request
	for _, method := range []string{http.MethodPost, http.MethodPatch, http.MethodPut, http.MethodDelete} {
		for _, body := range []any{nil, map[string]string{"a": "b"}} {
			all = append(all, Request{Method: method, Path: "/x", Body: body})
			all = append(all, Request{Method: method, Path: "/signin", Body: body, Anonymous: true})
		}
	}
	return all
}

func reset(c net.Conn) {
	if raw, ok := c.(*tls.Conn).NetConn().(*net.TCPConn); ok {
		_ = raw.SetLinger(0)
		_ = raw.Close()
	}
}

func TestOneYesIsOneWriteWhateverTheServerDoesToTheConnection(t *testing.T) {
	t.Parallel()
	goAway := func(below uint32, code http2.ErrCode) func(*http2.Framer, uint32) {
		return func(f *http2.Framer, stream uint32) { _ = f.WriteGoAway(stream-below, code, []byte("go")) }
	}
	rst := func(code http2.ErrCode) func(*http2.Framer, uint32) {
		return func(f *http2.Framer, stream uint32) { _ = f.WriteRSTStream(stream, code) }
	}
	write := func(said string) func(net.Conn) {
		return func(c net.Conn) { _, _ = io.WriteString(c, said) }
	}
	for name, m := range map[string]*mean{
		"the stream is refused":          {frames: rst(http2.ErrCodeRefusedStream)},
		"the stream is a protocol error": {frames: rst(http2.ErrCodeProtocol)},
		"the stream is cancelled":        {frames: rst(http2.ErrCodeCancel)},
		"GOAWAY that does not know it":   {frames: goAway(1, http2.ErrCodeNo)},
		"GOAWAY that knows it":           {frames: goAway(0, http2.ErrCodeNo)},
		"GOAWAY for too much":            {frames: goAway(1, http2.ErrCodeEnhanceYourCalm)},
		"closed":                         {},
		"reset":                          {bytes: reset},
		"half closed":                    {bytes: func(c net.Conn) { _ = c.(*tls.Conn).CloseWrite() }},
		"408":                            {bytes: write("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n")},
		"421":                            {bytes: write("HTTP/1.1 421 Misdirected Request\r\nContent-Length: 0\r\n\r\n")},
		"425":                            {bytes: write("HTTP/1.1 425 Too Early\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n")},
		"503 for no time":                {bytes: write("HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n")},
		"100 and no more":                {bytes: write("HTTP/1.1 100 Continue\r\n\r\n")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if m.bytes == nil {
				m.bytes = func(net.Conn) {}
			}
			m.start(t, "h2", "http/1.1")
			for _, r := range changes() {
				before := m.saw(r.Method)
				limited, cancel := context.WithTimeout(t.Context(), 5*time.Second) // what repeats, repeats for long
				_, err := Call[Nothing](limited, m.to(t), r)
				cancel()
				if n := m.saw(r.Method) - before; n != 1 {
					t.Fatalf("%s %s (body: %t) came %d times", r.Method, r.Path, r.Body != nil, n)
				}
				if r.write() && model.KindOf(err) != model.Uncertain {
					t.Errorf("%s %s: %v", r.Method, r.Path, err)
				}
			}
		})
	}
}

func TestAWriteThatNobodyCouldReadIsKnownNotToHaveHappened(t *testing.T) {
	t.Parallel()
	m := (&mean{}).start(t, "h3") // what authdeck does not speak
	for _, r := range changes() {
		_, err := Call[Nothing](t.Context(), m.to(t), r)
		if n := m.saw(r.Method); n != 0 || model.KindOf(err) != model.Unavailable {
			t.Errorf("%s %s came %d times: %v", r.Method, r.Path, n, err)
		}
	}
}

// TestNoWriteMeetsAConnectionThatIsClosedForBeingIdle: such a write would be lost,
// and nobody would know.
func TestNoWriteMeetsAConnectionThatIsClosedForBeingIdle(t *testing.T) {
	t.Parallel()
	m := (&mean{}).start(t, "h2", "http/1.1")
	var from []string
	m.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from = append(from, r.RemoteAddr)
		w.WriteHeader(http.StatusNoContent)
	})
	c := m.to(t)
	for range 3 {
		if _, err := Call[Nothing](t.Context(), c, Request{Method: http.MethodDelete, Path: "/x"}); err != nil {
			t.Fatal(err)
		}
	}
	if slices.Sort(from); len(slices.Compact(from)) != 3 {
		t.Errorf("three writes came from %q", from)
	}
}

func TestAWriteWithoutABodyIsNotSentInChunks(t *testing.T) {
	t.Parallel()
	seen := make(chan *http.Request, 1)
	address := serve(t, func(_ http.ResponseWriter, r *http.Request) { seen <- r })
	for _, r := range changes() {
		c := connection(t, address, nil)
		c.SignIn = func(context.Context, string, model.Secret) (model.Secret, error) { return model.NewSecret("s"), nil }
		_, _ = Call[Nothing](t.Context(), c, r)
		if came := <-seen; len(came.TransferEncoding) > 0 || came.Header.Get("Expect") != "" {
			t.Errorf("%s came with %v and %q", r.Method, came.TransferEncoding, came.Header.Get("Expect"))
		}
	}
}

func TestAReadThatAServerRefusesOverHTTP2IsAskedAgain(t *testing.T) {
	t.Parallel()
	refused := false
	m := (&mean{frames: func(f *http2.Framer, stream uint32) {
		if refused {
			fine(f, stream)
			return
		}
		refused = true
		_ = f.WriteRSTStream(stream, http2.ErrCodeRefusedStream)
	}}).start(t, "h2", "http/1.1")
	if _, err := Call[Nothing](t.Context(), m.to(t), Get("/a")); err != nil || m.saw(http.MethodGet) != 2 {
		t.Errorf("asked %d times: %v", m.saw(http.MethodGet), err)
	}
}

// TestAnAnswerThatOffersAnotherProtocolIsNotWaitedFor ends only with the test's
// time if it is.
func TestAnAnswerThatOffersAnotherProtocolIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	over := make(chan struct{})
	m := (&mean{bytes: func(c net.Conn) {
		_, _ = io.WriteString(c, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n")
		_, _ = io.Copy(io.Discard, c) // until the console hangs up
		close(over)
	}}).start(t, "http/1.1")
	_, err := Call[Nothing](t.Context(), m.to(t), Request{Method: http.MethodPost, Path: "/x"})
	if model.KindOf(err) != model.Uncertain || m.saw(http.MethodPost) != 1 {
		t.Errorf("came %d times: %v", m.saw(http.MethodPost), err)
	}
	<-over
}
