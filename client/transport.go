package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/go-resty/resty/v2"

	"authdeck/model"
)

const (
	readPatience  = 20 * time.Second // for the whole of a read, its second try included
	writePatience = 30 * time.Second // longer: a write that is given up is an uncertain one
	answerLimit   = 16 << 20         // bytes; the largest page seen of any system is under one tenth
	retryPause    = 250 * time.Millisecond
)

// conn is the line to one system: a resty client with the traps of resty
// v2.17.2 closed, and the credential in use.
type conn struct {
	http *resty.Client
	key  *keeper
	log  *slog.Logger
	sign func(*resty.Request, model.Secret) // puts the key where the dialect wants it
}

// connect prepares the line. Nothing is sent.
func connect(ctx context.Context, p Profile, env Env) (*conn, error) {
	roots, err := certificates(p.CAFile)
	if err != nil {
		return nil, err
	}
	secret, err := p.Credential.Read(ctx, env.Getenv)
	if err == nil && p.Username == "" {
		err = sendable(secret)
	}
	if err != nil {
		return nil, err
	}
	c := &conn{log: env.Log.With("system", p.Name), key: newKeeper(p.Username, secret)}
	c.http = resty.NewWithClient(&http.Client{Transport: straight{roundTripper(roots)}}).
		SetBaseURL(p.url.String()).
		SetHeader("User-Agent", "authdeck/"+env.Version).
		SetHeader("Accept", "application/json").
		SetLogger(quiet{c.log}).
		SetResponseBodyLimit(answerLimit).
		SetContentLength(true). // or a write without a body goes out chunked, which simple servers misread
		SetRetryCount(1).
		SetRetryWaitTime(retryPause).
		SetRetryMaxWaitTime(retryPause).
		AddRetryCondition(worthAnotherTry)
	return c, nil
}

// roundTripper is the standard transport without cookies or a shared pool, with
// patience for each step shorter than that for the whole.
func roundTripper(roots *x509.CertPool) *http.Transport {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		TLSClientConfig:     &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout: 10 * time.Second,
		ForceAttemptHTTP2:   true,
		MaxIdleConnsPerHost: 2,
		IdleConnTimeout:     90 * time.Second,
	}
}

// certificates are the machine's roots and those of the file. resty's own
// setter drops the machine's roots and ignores a file that it cannot read.
func certificates(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil //nolint:nilnil // crypto/tls takes nil for the machine's roots
	}
	pem, err := os.ReadFile(file) //nolint:gosec // the operator names it
	if err != nil {
		return nil, model.Fail(model.Unopened, "ca_file: "+err.Error())
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, model.Fail(model.Unopened, "ca_file: there is no PEM certificate in "+file)
	}
	return roots, nil
}

// straight keeps redirects from net/http, which would follow them, and fails with
// an error that quotes the whole Location where it cannot parse it. What is left
// of a Location is the host, for the person who reads the error.
type straight struct{ http.RoundTripper }

// pointsTo is the header in which the host of a redirect is passed on.
const pointsTo = "X-Authdeck-Points-To"

// RoundTrip implements [http.RoundTripper].
func (s straight) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := s.RoundTripper.RoundTrip(r)
	if err != nil {
		return response, err
	}
	response.Header.Del(pointsTo) // only ours is believed
	if location := response.Header.Get("Location"); location != "" {
		response.Header.Set(pointsTo, hostOf(location))
		response.Header.Del("Location")
	}
	return response, nil
}

func hostOf(location string) string {
	u, err := url.Parse(location)
	if err != nil || u.Host == "" {
		return "another path"
	}
	return u.Scheme + "://" + u.Host
}

// worthAnotherTry is the one condition for a retry. resty would repeat a POST
// whose answer was lost; a write is sent once.
func worthAnotherTry(r *resty.Response, err error) bool {
	if r == nil || r.Request.Method != http.MethodGet || r.Request.Context().Err() != nil {
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

// quiet is resty's logger. resty writes to stderr, which is the screen, and puts
// URLs and headers into its arguments; only its fixed words are kept.
type quiet struct{ log *slog.Logger }

func (q quiet) Errorf(format string, _ ...any) { q.log.Debug("resty", "words", format) }
func (q quiet) Warnf(format string, _ ...any)  { q.log.Debug("resty", "words", format) }
func (q quiet) Debugf(format string, _ ...any) { q.log.Debug("resty", "words", format) }
