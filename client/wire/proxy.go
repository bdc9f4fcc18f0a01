package wire

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/net/http/httpproxy"

	"authdeck/model"
)

// ProxyFor is the proxy that an environment names for an address, by the rules
// of net/http: HTTPS_PROXY and HTTP_PROXY, NO_PROXY, and none to this machine. It
// is nil where there is none. An address that is none is an error: net/http passes
// it over in silence and goes to the host directly.
func ProxyFor(target *url.URL, getenv func(string) string) (*url.URL, error) {
	variable := strings.ToUpper(target.Scheme) + "_PROXY"
	address := cmp.Or(getenv(variable), getenv(strings.ToLower(variable)))
	if address == "" {
		return nil, nil //nolint:nilnil // net/http takes nil for no proxy
	}
	const some = "http://proxy.invalid"
	rules := httpproxy.Config{HTTPProxy: some, HTTPSProxy: some, NoProxy: cmp.Or(getenv("NO_PROXY"), getenv("no_proxy"))}
	if through, err := rules.ProxyFunc()(target); err != nil || through == nil {
		return nil, err
	}
	if !strings.Contains(address, "://") {
		address = "http://" + address // as net/http reads host:port
	}
	proxy, err := url.Parse(address)
	known := []string{"http", "https", "socks5", "socks5h"}
	if err != nil || proxy.Hostname() == "" || !slices.Contains(known, proxy.Scheme) { // which may hold a password
		return nil, model.Fail(model.Unopened, variable+" names no proxy that can be used; it looks like http://host:port or socks5://host:port")
	}
	return proxy, nil
}

// ProxyError is a failure of the proxy on the way to a system, which did not get
// the request. It holds nothing that the proxy said but a number.
type ProxyError struct {
	Proxy  string // its host and port, clean; never its user and password
	Status int    // what it answered; 0 if it did not
	Cause  error  // why it could not be reached, a [NetworkError]; nil if it could
}

// Error implements error.
func (e *ProxyError) Error() string {
	switch {
	case e.Status == http.StatusProxyAuthRequired:
		return "the proxy " + e.Proxy + " wants a sign-in of its own (407)"
	case e.Status != 0:
		return fmt.Sprintf("the proxy %s does not let it through (%d)", e.Proxy, e.Status)
	case e.Cause != nil:
		return "the proxy " + e.Proxy + " cannot be reached: " + e.Cause.Error()
	}
	return "the proxy " + e.Proxy + " does not open the way to the system"
}

// Unwrap gives the cause.
func (e *ProxyError) Unwrap() error { return e.Cause }

// proxyTransport is a transport through a proxy. It tells the proxy's failures from
// the system's, as net/http does for some of them only.
type proxyTransport struct {
	http.RoundTripper
	name string
}

// throughProxy makes a transport go through a proxy; nil for none.
func throughProxy(proxy *url.URL, transport *http.Transport) http.RoundTripper {
	if proxy == nil {
		return transport
	}
	p := proxyTransport{transport, proxyName(proxy)}
	transport.Proxy = http.ProxyURL(proxy)
	transport.OnProxyConnectResponse = func(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
		if answer.StatusCode == http.StatusOK {
			return nil
		}
		return &ProxyError{Proxy: p.name, Status: answer.StatusCode} // net/http would make an error of the proxy's own words
	}
	return p
}

// proxyName is a proxy without its user and password.
func proxyName(proxy *url.URL) string { return model.Clean(proxy.Host).String() }

// RoundTrip implements [http.RoundTripper].
func (p proxyTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	var open atomic.Bool // the way to the system, on which only the system speaks
	opened := func() { open.Store(true) }
	response, err := p.RoundTripper.RoundTrip(r.WithContext(httptrace.WithClientTrace(r.Context(), &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { opened() }, TLSHandshakeStart: opened,
	})))
	failed, dialling := errors.AsType[*net.OpError](err)
	_, said := errors.AsType[*ProxyError](err)
	switch {
	case said:
		return nil, err
	case dialling && failed.Op == "proxyconnect": // net/http's mark for the way to a proxy
		return nil, &ProxyError{Proxy: p.name, Cause: networkErrorOf(r.Context(), failed.Err)}
	case err != nil && !open.Load() && r.Context().Err() == nil:
		return nil, &ProxyError{Proxy: p.name}
	case err == nil && response.StatusCode == http.StatusProxyAuthRequired && r.URL.Scheme == "http":
		_ = response.Body.Close() // without TLS the proxy speaks in the system's place; a system has no such answer
		return nil, &ProxyError{Proxy: p.name, Status: response.StatusCode}
	}
	return response, err
}
