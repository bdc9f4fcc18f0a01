package wire

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-resty/resty/v2"

	"authdeck/client/file"
	"authdeck/client/redact"
	"authdeck/model"
	"authdeck/model/traffic"
)

const (
	readTimeout  = 20 * time.Second // for the whole of a read, its second try included
	writeTimeout = 30 * time.Second // longer: a write that is given up is an uncertain one
	rootsLimit   = 4 << 20          // bytes; the roots of a whole machine are under a tenth
	answerLimit  = 16 << 20         // bytes; the largest page seen of any system is under one tenth
	retryDivisor = 4                // of the recheck delay, which is waited before a failed read is tried once more
)

// Conn is the connection to one system: a resty client with the traps of resty
// v2.17.2 closed, and the credential in use. A dialect sets its functions before
// the first request.
type Conn struct {
	// Way is how this system is signed in to.
	Way Way
	// Sign puts the key where the dialect wants it.
	Sign func(*resty.Request, model.Secret)
	// SignIn trades a user name and a password for a key. Without it the password
	// itself is what Sign is given.
	SignIn func(ctx context.Context, username string, password model.Secret) (model.Secret, error)
	// ExtraSecrets are those that go with the key, such as a second one of a session;
	// nil for none.
	ExtraSecrets func() []model.Secret
	// Explain reads the body of an error; nil for the manner of Django's REST
	// framework.
	Explain func(body []byte) FieldErrors
	// Refusals prove that a write changed nothing; nil for those of Django's REST
	// framework.
	Refusals Refusals
	// WaitingPath ends the path to which the system itself sends every request while it
	// is not ready; empty where there is no such thing.
	WaitingPath string
	// Judge may see more in a failure than its status says, and may ask the
	// server to find out; nil takes every failure as it is.
	Judge func(ctx context.Context, r Request, failure error) error

	// OnNewKey is told that another key was read where the key comes from: it may be
	// another account's. nil where nothing depends on that.
	OnNewKey func()

	http         *resty.Client
	credentials  *credentialCache
	log          *slog.Logger
	traffic      *traffic.Ring
	system, base string        // its name and its address, as they are shown
	recheckDelay time.Duration // see [Conn.Pause]
}

// Options are what a connection is made of.
type Options struct {
	System       string // its name, for the log
	URL          *url.URL
	Roots        *x509.CertPool // nil for the machine's own
	Own          *Certificate   // of authdeck's own, for who wants one; nil for none
	Proxy        *url.URL       // as [ProxyFor] finds it; nil for none
	Way          Way
	Username     string       // where the way wants one
	Secret       model.Secret // the token, or the password; absent where it comes by [Conn.Enter]
	Origin       Origin       // of a token
	Version      string       // of authdeck, for the User-Agent
	Log          *slog.Logger
	Traffic      *traffic.Ring     // keeps what is asked, without secrets; nil for nobody
	Network      http.RoundTripper // in place of the network, for tests; nil for the network
	RecheckDelay time.Duration     // how long a server is given before it is asked again; zero for a second
}

// Connect prepares the connection. Nothing is sent.
func Connect(o Options) *Conn {
	network := o.Network
	if network == nil {
		network = newTransports(o.Proxy, o.Roots, o.Own)
	}
	c := &Conn{
		Way: o.Way, log: o.Log.With("system", o.System), credentials: newCredentialCache(o.Username, o.Secret, o.Origin),
		recheckDelay: cmp.Or(o.RecheckDelay, defaultRecheckDelay),
		traffic:      o.Traffic, system: o.System, base: addressOf(o.URL),
	}
	c.http = resty.NewWithClient(&http.Client{Transport: noRedirects{network}}).
		SetBaseURL(o.URL.String()).
		SetHeader("User-Agent", "authdeck/"+o.Version).
		SetHeader("Accept", "application/json").
		SetHeader("Accept-Language", "en"). // what servers say is shown, beside sentences of ours
		SetLogger(restyLogger{c.log}).
		SetResponseBodyLimit(answerLimit).
		SetContentLength(true). // or a write without a body goes out chunked, which simple servers misread
		SetRetryCount(1).
		SetRetryWaitTime(c.recheckDelay / retryDivisor).
		SetRetryMaxWaitTime(c.recheckDelay / retryDivisor).
		AddRetryCondition(shouldRetry).
		AddRetryHook(c.retried)
	return c
}

// Roots are the machine's roots and those of the file; nil without a file.
// resty's own setter drops the machine's roots and ignores a file that it cannot
// read.
func Roots(path string) (*x509.CertPool, error) {
	if path == "" {
		return nil, nil //nolint:nilnil // crypto/tls takes nil for the machine's roots
	}
	shown := "ca_file " + path
	if redact.LooksLikeKey(path) {
		shown = "ca_file"
	}
	pem, err := file.Read(path, rootsLimit)
	if err != nil {
		return nil, model.Fail(model.Unopened, shown+": "+err.Error())
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, model.Fail(model.Unopened, shown+": there is no PEM certificate in it")
	}
	return roots, nil
}

// shouldRetry is the one condition for a retry. resty would repeat a POST
// whose answer was lost; a write is sent once.
func shouldRetry(r *resty.Response, err error) bool {
	if r == nil || r.Request.Method != http.MethodGet || r.Request.Context().Err() != nil || isOnce(r.Request.Context()) {
		return false
	}
	if err != nil {
		return !errors.Is(err, resty.ErrResponseBodyTooLarge)
	}
	switch r.StatusCode() {
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return r.Header().Get("Retry-After") == "" // a server that names a time is waited for by the person
	}
	return false
}

// retried writes to the log that a read is made once more, and why: not a word of what
// the error quotes, and no URL.
func (c *Conn) retried(response *resty.Response, err error) {
	if response == nil || response.Request.Attempt > 1 { // resty calls its hook after the last try too
		return
	}
	why := fmt.Sprintf("answered %d", response.StatusCode())
	if err != nil {
		why = causeOf(response.Request.Context(), err, notConnected).Error()
	}
	c.log.Debug("asked once more", "why", model.Clean(why).String())
}

// restyLogger is resty's logger. resty writes to stderr, which is the screen, and puts
// URLs and headers into its arguments; only its fixed words are kept, and a line that
// has none, but for verbs, says nothing and is dropped.
type restyLogger struct{ log *slog.Logger }

func (q restyLogger) Errorf(format string, _ ...any) { q.words(format) }
func (q restyLogger) Warnf(format string, _ ...any)  { q.words(format) }
func (q restyLogger) Debugf(format string, _ ...any) { q.words(format) }

func (q restyLogger) words(format string) {
	if !strings.Contains(format, "%") {
		q.log.Debug("resty", "words", format)
	}
}
