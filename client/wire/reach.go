package wire

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

// reachTimeout is for the connection alone.
const reachTimeout = 20 * time.Second

// Reach tries the way to an address, and says what was tried and found. Without a
// proxy it connects; through one it has to send a request, which asks for nothing
// and carries no credential, or nobody would know that the proxy opens the way.
func Reach(ctx context.Context, target, proxy *url.URL, roots *x509.CertPool, own *Certificate) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, reachTimeout)
	defer cancel()
	try := func() (string, error) { return connect(ctx, target, roots, own) }
	if proxy != nil {
		try = func() (string, error) { return connectThrough(ctx, target, proxy, roots, own) }
	}
	found, err := try()
	return found, Plain(ctx, own.refused(err))
}

func connect(ctx context.Context, target *url.URL, roots *x509.CertPool, own *Certificate) (string, error) {
	port := target.Port()
	if port == "" {
		port = target.Scheme // "https" names its port
	}
	address := net.JoinHostPort(target.Hostname(), port)
	if target.Scheme == "http" {
		c, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
		if err != nil {
			return "", err
		}
		return "connected, without TLS", c.Close()
	}
	c, err := (&tls.Dialer{Config: tlsConfig(roots, own)}).DialContext(ctx, "tcp", address)
	if err != nil {
		return "", err
	}
	found := "connected"
	if line, ok := c.(*tls.Conn); ok {
		state := line.ConnectionState()
		found = describeTLS(&state)
	}
	return found, c.Close()
}

func connectThrough(ctx context.Context, target, proxy *url.URL, roots *x509.CertPool, own *Certificate) (string, error) {
	transport := newTransport(roots, own)
	defer transport.CloseIdleConnections()
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, target.String(), http.NoBody)
	if err != nil {
		return "", err
	}
	response, err := throughProxy(proxy, transport).RoundTrip(request)
	if err != nil {
		return "", err
	}
	_ = response.Body.Close()
	return "through the proxy " + proxyName(proxy) + ": " + describeTLS(response.TLS), nil
}

func describeTLS(state *tls.ConnectionState) string {
	if state == nil {
		return "connected, without TLS"
	}
	until := state.PeerCertificates[0].NotAfter
	return fmt.Sprintf("%s, certificate good until %s", tls.VersionName(state.Version), until.Format(time.DateOnly))
}

// Plain is an error of the network in a sentence, with nothing of what came. nil
// stays nil.
func Plain(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	return networkFailure(causeOf(ctx, err, unknownFault))
}
