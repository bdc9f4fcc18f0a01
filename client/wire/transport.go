package wire

import (
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// lines are the two ways out to one system. net/http repeats by itself what it
// thinks was not handled: over HTTP/2 any request, also a write, that a server
// says it refused or names in no GOAWAY, up to seven times (seen: one DELETE came
// six times); over HTTP/1.1 what fails on a connection that served before. So a
// write goes by HTTP/1.1 on a connection that is made for it and used for nothing
// else, which the transport documents never to repeat; and no server that closes
// idle connections makes a write uncertain.
type lines struct{ reads, writes http.RoundTripper }

func newLines(proxy *url.URL, roots *x509.CertPool) lines {
	reads, writes := roundTripper(roots), roundTripper(roots)
	reads.ForceAttemptHTTP2 = true
	writes.DisableKeepAlives = true
	writes.Protocols = new(http.Protocols)
	writes.Protocols.SetHTTP1(true)
	writes.TLSClientConfig.NextProtos = []string{"http/1.1"} // who speaks HTTP/2 only refuses before anything is sent
	return lines{through(proxy, reads), through(proxy, writes)}
}

// RoundTrip implements [http.RoundTripper].
func (l lines) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return l.reads.RoundTrip(r)
	}
	return l.writes.RoundTrip(r)
}

// roundTripper is the standard transport without cookies or a shared pool, with
// patience for each step shorter than that for the whole.
func roundTripper(roots *x509.CertPool) *http.Transport {
	return &http.Transport{
		DialContext:         (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		TLSClientConfig:     secured(roots),
		TLSHandshakeTimeout: 10 * time.Second,
		MaxIdleConnsPerHost: 2,
		IdleConnTimeout:     90 * time.Second,
	}
}

// straight keeps redirects from net/http, which would follow them, and fails with
// an error that quotes the whole Location where it cannot parse it. What is left
// of a Location is the host, for the person who reads the error.
type straight struct{ http.RoundTripper }

// RoundTrip implements [http.RoundTripper].
func (s straight) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := s.RoundTripper.RoundTrip(r)
	if err != nil {
		return response, err
	}
	response.Header.Del(pointsTo) // only ours are believed
	response.Header.Del(pointsHere)
	if location := response.Header.Get("Location"); location != "" {
		response.Header.Set(pointsTo, hostOf(location))
		response.Header.Set(pointsHere, pathHere(r.URL, location))
		response.Header.Del("Location")
	}
	if response.StatusCode == http.StatusSwitchingProtocols {
		hangUp(response)
	}
	return response, nil
}

// hangUp ends a connection on which something else than HTTP is offered: its body
// would be read until the server ends it, which may be never.
func hangUp(response *http.Response) {
	_ = response.Body.Close()
	response.Body = io.NopCloser(http.NoBody)
}
