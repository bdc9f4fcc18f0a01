package wire

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-resty/resty/v2"
)

// The headers in which what is left of a Location is passed on: the host, for the
// person who reads the error, and the path where it stays on the same host, which is
// compared with [Conn.WaitingPath] and goes no further.
const (
	redirectHost = "X-Authdeck-Points-To"
	redirectPath = "X-Authdeck-Points-Here"
)

// noRedirects keeps redirects from net/http, which would follow them, and fails with
// an error that quotes the whole Location where it cannot parse it. What is left
// of a Location is the host, for the person who reads the error.
type noRedirects struct{ http.RoundTripper }

// RoundTrip implements [http.RoundTripper].
func (s noRedirects) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := s.RoundTripper.RoundTrip(r)
	if err != nil {
		return response, err
	}
	response.Header.Del(redirectHost) // only ours are believed
	response.Header.Del(redirectPath)
	if location := response.Header.Get("Location"); location != "" {
		response.Header.Set(redirectHost, hostOf(location))
		response.Header.Set(redirectPath, pathHere(r.URL, location))
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

// waits reports whether a redirect is the system's own to the page of who waits for
// it; a hop to https or to somebody's sign-in has another path.
func (c *Conn) waits(response *resty.Response) bool {
	return c.WaitingPath != "" && strings.HasSuffix(response.Header().Get(redirectPath), c.WaitingPath)
}

// Waits reports whether an error is a redirect to [Conn.WaitingPath].
func Waits(err error) bool {
	a, ok := errors.AsType[*statusError](err)
	return ok && a.waits
}

func hostOf(location string) string {
	u, err := url.Parse(location)
	if err != nil || u.Host == "" {
		return "another path"
	}
	return u.Scheme + "://" + u.Host
}

// pathHere is the path of a Location, empty for one of another host.
func pathHere(asked *url.URL, location string) string {
	u, err := url.Parse(location)
	if err != nil || u.Host != "" && u.Hostname() != asked.Hostname() {
		return ""
	}
	return u.EscapedPath()
}
