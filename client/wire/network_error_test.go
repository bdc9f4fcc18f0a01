package wire

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/http2"

	"authdeck/model"
)

// canary stands for whatever a server could send that is nobody's business: a key,
// a header, a name.
const canary = "canary0bird"

// silent wants an error, and all that it came from, without the canary.
func silent(t *testing.T, err error) {
	t.Helper()
	for ; err != nil; err = errors.Unwrap(err) {
		if shown := fmt.Sprintf("%v %+v %#v %q", err, err, err, err); strings.Contains(strings.ToLower(shown), canary) {
			t.Errorf("an error quotes what came: %.200s", shown)
		}
	}
}

// raw is a server that reads a request and answers with those bytes, then hangs up.
func raw(t *testing.T, answer string) string {
	t.Helper()
	at, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = at.Close() })
	go func() {
		for {
			c, err := at.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = c.Close() }()
				_, _ = c.Read(make([]byte, 4096))
				_, _ = io.WriteString(c, answer)
			}()
		}
	}()
	return at.Addr().String()
}

func TestWhatIsNoHTTPIsNotQuoted(t *testing.T) {
	t.Parallel()
	const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	const garbled, broken, unpackable = "does not speak HTTP", "broke off", "does not unpack"
	for name, c := range map[string]struct{ answer, says string }{
		"no status line":           {`{"results":[{"key":"` + canary + `"}]}` + "\r\n\r\n", garbled},
		"a status that is none":    {"HTTP/1.1 " + canary + " OK\r\n\r\n", garbled},
		"a version that is none":   {"HTTP/" + canary + " 200 OK\r\n\r\n", garbled},
		"one word":                 {canary + "\r\n\r\n", garbled},
		"SSH":                      {"SSH-2.0-" + canary + "\r\n", garbled},
		"a header without a colon": {head + "X Echo " + canary + "\r\n\r\n", garbled},
		"a header never ended":     {head + "X-Echo: " + canary, broken},
		"a length that is none":    {head + "Content-Length: " + canary + "\r\n\r\n{}", garbled},
		"two lengths":              {head + "Content-Length: 1\r\nContent-Length: 2" + canary + "\r\n\r\n{}", garbled},
		"an unknown encoding":      {head + "Transfer-Encoding: " + canary + "\r\n\r\n{}", garbled},
		"chunks that are none":     {head + "Transfer-Encoding: chunked\r\n\r\n" + canary + "\r\n{}\r\n", garbled},
		"a trailer that is none":   {head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n" + canary + "\r\n\r\n", garbled},
		"a length that is longer":  {head + "Content-Length: 99\r\n\r\n{\"a\":\"" + canary, broken},
		"chunks that are cut":      {head + "Transfer-Encoding: chunked\r\n\r\nff\r\n" + canary, broken},
		"no gzip":                  {head + "Content-Encoding: gzip\r\nContent-Length: 11\r\n\r\n" + canary, unpackable},
		"endless headers":          {"HTTP/1.1 200 OK\r\n" + strings.Repeat("X-A: "+canary+strings.Repeat("a", 8000)+"\r\n", 1400), garbled},
		"announced for ever":       {strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: "+canary+"\r\n\r\n", 50), garbled},
		"nothing":                  {"", broken},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := "http://" + raw(t, c.answer)
			_, write := Call[map[string]any](t.Context(), keyed(t, address, nil), Request{Method: http.MethodPost, Path: "/x"})
			_, read := Call[map[string]any](t.Context(), keyed(t, address, nil), Get("/x"))
			for _, err := range []error{read, write} {
				silent(t, err)
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("it says %v, want %q", err, c.says)
				}
			}
			if model.KindOf(write) != model.Uncertain || model.KindOf(read) == model.Uncertain {
				t.Errorf("the write is %v, the read %v", model.KindOf(write), model.KindOf(read))
			}
		})
	}
}

func TestWhatHTTP2SaysBesideItsAnswersIsNotQuoted(t *testing.T) {
	t.Parallel()
	for name, frames := range map[string]func(*http2.Framer, uint32){
		"GOAWAY": func(f *http2.Framer, s uint32) { _ = f.WriteGoAway(s, http2.ErrCodeInternal, []byte(canary)) },
		"no frame": func(f *http2.Framer, s uint32) {
			_ = f.WriteRawFrame(http2.FrameHeaders, http2.FlagHeadersEndHeaders, s, []byte(canary))
		},
		"a frame of another": func(f *http2.Framer, s uint32) { _ = f.WriteData(s+2, true, []byte(canary)) },
	} {
		m := (&mean{frames: frames}).start(t, "h2", "http/1.1")
		_, err := Call[Nothing](t.Context(), m.to(t), Get("/a"))
		if silent(t, err); err == nil || m.saw(http.MethodGet) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// keyed is a line whose credential is in hand.
func keyed(t *testing.T, address string, roots *x509.CertPool) *Conn {
	t.Helper()
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	c := Connect(Options{System: "x", URL: at, Roots: roots, Secret: model.NewSecret("key-of-the-console"), Log: slog.New(slog.DiscardHandler)})
	c.Sign = Bearer("Token")
	return c
}

// made is a certificate for a name, good from one time to another, which has
// the canary in every field, and the roots that trust it.
func made(t *testing.T, name string, from, until time.Time) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	one := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: canary, Organization: []string{canary}},
		NotBefore: from, NotAfter: until, DNSNames: []string{name, canary + ".invalid"}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, one, one, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, roots
}

func TestACertificateIsJudgedInWordsOfOurOwn(t *testing.T) {
	t.Parallel()
	now, day := time.Now(), 24*time.Hour
	good, trusted := made(t, "localhost", now.Add(-day), now.Add(day))
	other, otherTrusted := made(t, "elsewhere.invalid", now.Add(-day), now.Add(day))
	old, oldTrusted := made(t, "localhost", now.Add(-2*day), now.Add(-day))
	early, earlyTrusted := made(t, "localhost", now.Add(day), now.Add(2*day))
	for name, c := range map[string]struct {
		config *tls.Config
		roots  *x509.CertPool
		says   string
		sent   bool
	}{
		"an unknown signer":     {&tls.Config{Certificates: []tls.Certificate{good}}, x509.NewCertPool(), "nobody whom this machine or ca_file knows has signed it", false},
		"another name":          {&tls.Config{Certificates: []tls.Certificate{other}}, otherTrusted, "made out to another name than localhost", false},
		"expired":               {&tls.Config{Certificates: []tls.Certificate{old}}, oldTrusted, "it has expired", false},
		"not valid yet":         {&tls.Config{Certificates: []tls.Certificate{early}}, earlyTrusted, "it is not valid yet", false},
		"TLS that is too old":   {&tls.Config{Certificates: []tls.Certificate{good}, MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}, trusted, "no TLS that is still safe", false},
		"a certificate of ours": {&tls.Config{Certificates: []tls.Certificate{good}, ClientAuth: tls.RequireAnyClientCert}, trusted, "a certificate of authdeck's own", true},
		"mutual TLS 1.2":        {&tls.Config{Certificates: []tls.Certificate{good}, ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.VersionTLS12}, trusted, "may want a certificate of authdeck's own", false},
		"another protocol":      {&tls.Config{Certificates: []tls.Certificate{good}, NextProtos: []string{canary}}, trusted, "does not speak HTTP/1.1", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			listener, err := tls.Listen("tcp", "127.0.0.1:0", c.config)
			if err != nil {
				t.Fatal(err)
			}
			server := &http.Server{ErrorLog: slog.NewLogLogger(slog.DiscardHandler, 0), ReadHeaderTimeout: time.Minute}
			go func() { _ = server.Serve(listener) }()
			t.Cleanup(func() { _ = server.Close() })
			_, port, _ := net.SplitHostPort(listener.Addr().String())
			_, err = Call[Nothing](t.Context(), keyed(t, "https://localhost:"+port, c.roots), Request{Method: http.MethodDelete, Path: "/x"})
			silent(t, err)
			if err == nil || !strings.Contains(err.Error(), c.says) || model.KindOf(err) == model.Uncertain && !c.sent {
				t.Errorf("it says %v, want %q", err, c.says)
			}
		})
	}
}

func TestAServerWithoutTLSIsNotQuoted(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{"HTTP/1.1 400 Bad Request " + canary + "\r\n\r\n", "SSH-2.0-" + canary + "\r\n", canary} {
		_, err := Call[Nothing](t.Context(), keyed(t, "https://"+raw(t, answer), x509.NewCertPool()), Get("/x"))
		if silent(t, err); err == nil || !strings.Contains(err.Error(), "does not speak TLS") || model.KindOf(err) != model.Unavailable {
			t.Errorf("%q: %v", answer, err)
		}
	}
}

func TestATypeThatAServerMakesUpIsNotQuoted(t *testing.T) {
	t.Parallel()
	for made, says := range map[string]string{
		"text/" + canary: "of another type", "application/x-" + canary + "; charset=x": "of another type",
		"text/html; charset=" + canary: "text/html", canary: "of another type", "": "of no named type",
	} {
		address := raw(t, "HTTP/1.1 200 OK\r\nContent-Type: "+made+"\r\nContent-Length: 2\r\n\r\n{}")
		_, err := Call[map[string]any](t.Context(), keyed(t, "http://"+address, nil), Get("/x"))
		if silent(t, err); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", made, err)
		}
	}
}

// TestAReadThatIsGivenUpIsGivenUpWhateverItWasAt: the resolver, too, has its own word
// for that.
func TestAReadThatIsGivenUpIsGivenUpWhateverItWasAt(t *testing.T) {
	t.Parallel()
	for _, err := range []error{&net.DNSError{Name: "host.invalid", Err: "operation was canceled"}, syscall.ECONNREFUSED, io.EOF} {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if got := unanswered(ctx, Get("/a"), &progress{}, err); model.KindOf(got) != model.Cancelled {
			t.Errorf("%v: %v", err, got)
		}
	}
}

func TestNothingOfAnAnswerIsInTheLog(t *testing.T) {
	t.Parallel()
	var written bytes.Buffer
	at, err := url.Parse("http://" + raw(t, "HTTP/1.1 200 OK\r\nX Echo "+canary+"\r\n\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	c := Connect(Options{
		System: "x", URL: at, Secret: model.NewSecret("key-of-the-console"),
		Log: slog.New(slog.NewTextHandler(&written, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	c.Sign = Bearer("Token")
	_, _ = Call[Nothing](t.Context(), c, Get("/x"))
	if !strings.Contains(written.String(), "outcome=") || strings.Contains(written.String(), canary) {
		t.Errorf("the log is %s", &written)
	}
}
