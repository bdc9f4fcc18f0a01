package replay_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// feed is the network, but for one answer that was recorded.
type feed struct {
	method string
	path   *regexp.Regexp
	answer *recording
	given  bool
}

// RoundTrip implements [http.RoundTripper]. What was answered with yes is done here too,
// and what was not there is not there here: a client looks again.
func (f *feed) RoundTrip(r *http.Request) (*http.Response, error) {
	if f.answer == nil || f.given || r.Method != f.method || !f.path.MatchString(r.URL.EscapedPath()) {
		return http.DefaultTransport.RoundTrip(r)
	}
	f.given = true
	body := f.answer.body(r)
	switch {
	case r.Method == http.MethodGet:
	case f.answer.Status < http.StatusMultipleChoices:
		done, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			return nil, err
		}
		defer done.Body.Close()
		body = likened(body, done.Body)
	case f.answer.Status == http.StatusNotFound:
		return f.answer.response(r, body), gone(r)
	}
	return f.answer.response(r, body), nil
}

// gone deletes what a request is about.
func gone(r *http.Request) error {
	address := strings.TrimSuffix(r.URL.String(), "set_key/")
	removal, err := http.NewRequestWithContext(context.WithoutCancel(r.Context()), http.MethodDelete, address, http.NoBody)
	if err != nil {
		return err
	}
	removal.Header.Set("Authorization", r.Header.Get("Authorization"))
	answer, err := http.DefaultTransport.RoundTrip(removal)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// likened is a recorded answer that tells of what was done here: the keys and types are
// the real server's, and the values this one's.
func likened(body string, here io.Reader) string {
	var theirs, mirror any
	raw, _ := io.ReadAll(here) // from this machine
	if unmarshal([]byte(body), &theirs) != nil || unmarshal(raw, &mirror) != nil {
		return body
	}
	said, _ := json.Marshal(overlay(theirs, mirror))
	return string(said)
}

func overlay(theirs, mirror any) any {
	was, object := theirs.(map[string]any)
	is, same := mirror.(map[string]any)
	if object && same {
		for key, value := range was {
			if other, there := is[key]; there {
				was[key] = overlay(value, other)
			}
		}
		return was
	}
	if fmt.Sprintf("%T", theirs) == fmt.Sprintf("%T", mirror) || theirs == nil || mirror == nil {
		return mirror
	}
	return theirs
}

// body is what was answered. Pages are Django's own; authentik's for what is no GET is
// empty.
func (r *recording) body(request *http.Request) string {
	own := strings.HasPrefix(r.Server, "authentik") && request.Method != http.MethodGet
	if strings.HasPrefix(r.Type, "text/html") && r.Status >= http.StatusBadRequest && !own {
		return page(r.Status)
	}
	return string(r.Answer)
}

// response is the recorded answer as it came.
func (r *recording) response(request *http.Request, body string) *http.Response {
	header := http.Header{}
	for name, value := range map[string]string{"Content-Type": r.Type, "Location": r.Location} {
		if value != "" {
			header.Set(name, value)
		}
	}
	if r.Allow != nil {
		header.Set("Allow", *r.Allow)
	}
	var rows []any
	if json.Unmarshal(r.Answer, &rows) == nil && rows != nil {
		header.Set("X-Result-Count", strconv.Itoa(len(rows)))
	}
	return &http.Response{
		Status: strconv.Itoa(r.Status) + " " + http.StatusText(r.Status), StatusCode: r.Status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(bytes.NewReader([]byte(body))), ContentLength: int64(len(body)), Request: request,
	}
}

// page is Django's own (django/views/defaults.py), which the recordings leave out.
func page(status int) string {
	title, text := "Server Error (500)", ""
	if status == http.StatusNotFound {
		title, text = "Not Found", "The requested resource was not found on this server."
	}
	return fmt.Sprintf("\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>%s</title>\n</head>\n<body>\n  <h1>%[1]s</h1><p>%s</p>\n</body>\n</html>\n", title, text)
}
