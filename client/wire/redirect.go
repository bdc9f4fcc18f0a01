package wire

import (
	"errors"
	"net/url"
	"strings"

	"github.com/go-resty/resty/v2"
)

// The headers in which what is left of a Location is passed on: the host, for the
// person who reads the error, and the path where it stays on the same host, which is
// compared with [Conn.Waiting] and goes no further.
const (
	pointsTo   = "X-Authdeck-Points-To"
	pointsHere = "X-Authdeck-Points-Here"
)

// waits reports whether a redirect is the system's own to the page of who waits for
// it; a hop to https or to somebody's sign-in has another path.
func (c *Conn) waits(response *resty.Response) bool {
	return c.Waiting != "" && strings.HasSuffix(response.Header().Get(pointsHere), c.Waiting)
}

// Waits reports whether an error is a redirect to [Conn.Waiting].
func Waits(err error) bool {
	a, ok := errors.AsType[*answered](err)
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
