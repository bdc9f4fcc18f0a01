package wire

import (
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/go-resty/resty/v2"

	"authdeck/client/redact"
	"authdeck/model"
)

// intermediaryAnswer is what an answer means that is not the system's own: a proxy
// stands in front of it and speaks in its place.
type intermediaryAnswer struct {
	kind  model.Kind // to a read; a write is uncertain whoever speaks
	words string
}

// fromIntermediary says whether an answer is such a one, and what it means.
func (c *Conn) fromIntermediary(response *resty.Response, hide redact.Redactor) (intermediaryAnswer, bool) {
	header, status := response.Header(), response.StatusCode()
	realm, basic := challenge(header)
	switch page := isHTML(header); {
	case c.fromSystem(response):
		return intermediaryAnswer{}, false
	case status == http.StatusUnauthorized && (basic || page): // the credential may be good, and nothing is said of it
		return intermediaryAnswer{model.Unavailable, "a proxy in front wants a sign-in of its own" + realmIn(realm, hide)}, true
	case status == http.StatusProxyAuthRequired:
		return intermediaryAnswer{model.Unavailable, "a proxy in between wants a sign-in of its own (407)"}, true
	case underMaintenance(status, header):
		return intermediaryAnswer{model.Unavailable, "it is down for maintenance, says a page in front of it"}, true
	case status == http.StatusRequestEntityTooLarge:
		return intermediaryAnswer{model.Invalid, "what was sent is too long for a proxy in between (413)"}, true
	case header.Get(redirectHost) != "":
		return intermediaryAnswer{model.Malformed, moved(response, hide)}, true
	}
	return intermediaryAnswer{}, false
}

// isHTML reports whether an answer is for a browser.
func isHTML(header http.Header) bool {
	kind, _, _ := mime.ParseMediaType(header.Get("Content-Type"))
	return kind == "text/html"
}

// underMaintenance tells nginx's page for a pause: 503, or 405 to whatever is no
// GET where the page is a file of a named location (nginx 1.22.1; every 405 of a
// system says in Allow what there is instead, and never when to come again).
func underMaintenance(status int, header http.Header) bool {
	if !isHTML(header) || header.Get("Retry-After") == "" {
		return false
	}
	return status == http.StatusServiceUnavailable || status == http.StatusMethodNotAllowed && header.Get("Allow") == ""
}

var basicRealm = regexp.MustCompile(`(?i)^\s*basic\b(?:.*?\brealm=(?:"([^"]*)"|([^\s,"]+)))?`)

// challenge is the realm of a Basic sign-in, and whether one is asked for.
func challenge(header http.Header) (realm string, basic bool) {
	for _, one := range header.Values("WWW-Authenticate") {
		if found := basicRealm.FindStringSubmatch(one); found != nil {
			return found[1] + found[2], true
		}
	}
	return "", false
}

// longestRealm is enough to tell one sign-in from another by.
const longestRealm = 60

func realmIn(realm string, hide redact.Redactor) string {
	shown, fit := hide.Redact(realm)
	if !fit || shown == "" || len(shown) > longestRealm {
		return ""
	}
	return " (realm “" + shown + "”)"
}

// moved says where a redirect points, of which no more than the host is known.
func moved(response *resty.Response, hide redact.Redactor) string {
	to, status := response.Header().Get(redirectHost), response.StatusCode()
	from := response.Request.RawRequest.URL
	if target, err := url.Parse(to); err == nil && from.Scheme == "http" && target.Scheme == "https" && target.Hostname() == from.Hostname() {
		return fmt.Sprintf("the address has to begin with https: the server answered %d and points there", status)
	}
	words := fmt.Sprintf("the server answered %d and points to %s; it was not followed", status, hide.Text(to))
	if !strings.EqualFold(to, from.Scheme+"://"+from.Host) {
		words += " (it may be a sign-in page)"
	}
	return words
}
