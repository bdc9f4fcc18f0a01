package wire

import (
	"crypto/x509"
	"net"
	"net/http"
	"net/url"
	"time"
)

// transports are the two ways out to one system. net/http repeats by itself what it
// thinks was not handled: over HTTP/2 any request, also a write, that a server
// says it refused or names in no GOAWAY, up to seven times (seen: one DELETE came
// six times); over HTTP/1.1 what fails on a connection that served before. So a
// write goes by HTTP/1.1 on a connection that is made for it and used for nothing
// else, which the transport documents never to repeat; and no server that closes
// idle connections makes a write uncertain. So does what asks whose a key is: it is
// somebody else's key.
type transports struct{ reads, writes http.RoundTripper }

func newTransports(proxy *url.URL, roots *x509.CertPool, own *Certificate) transports {
	reads, writes := newTransport(roots, own), newTransport(roots, own)
	reads.ForceAttemptHTTP2 = true
	writes.DisableKeepAlives = true
	writes.Protocols = new(http.Protocols)
	writes.Protocols.SetHTTP1(true)
	writes.TLSClientConfig.NextProtos = []string{"http/1.1"} // who speaks HTTP/2 only refuses before anything is sent
	return transports{present(own, throughProxy(proxy, reads)), present(own, throughProxy(proxy, writes))}
}

// RoundTrip implements [http.RoundTripper].
func (l transports) RoundTrip(r *http.Request) (*http.Response, error) {
	if (r.Method == http.MethodGet || r.Method == http.MethodHead) && !isOnce(r.Context()) {
		return l.reads.RoundTrip(r)
	}
	return l.writes.RoundTrip(r)
}

// newTransport is the standard transport without cookies or a shared pool, with
// patience for each step shorter than that for the whole.
func newTransport(roots *x509.CertPool, own *Certificate) *http.Transport {
	return &http.Transport{
		DialContext:         (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		TLSClientConfig:     tlsConfig(roots, own),
		TLSHandshakeTimeout: 10 * time.Second,
		MaxIdleConnsPerHost: 2,
		IdleConnTimeout:     90 * time.Second,
	}
}
