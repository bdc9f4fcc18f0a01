package wire

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-resty/resty/v2"

	"authdeck/model"
)

// statusErrorOf is the error that a status code stands for; nil for a success.
func (c *Conn) statusErrorOf(r Request, response *resty.Response) error {
	status := response.StatusCode()
	if status >= 200 && status < 300 {
		return nil
	}
	explain := c.Explain
	if explain == nil {
		explain = ParseFieldErrors
	}
	hide := c.redactor(r.Secret)
	said := explain(response.Body()).redacted(hide)
	kind, words := c.kindOf(r, response), said.words()
	if stands, is := c.fromIntermediary(response, hide); is && len(words) == 0 {
		words = []string{stands.words}
		if kind != model.Uncertain {
			kind = stands.kind
		}
	}
	if len(words) == 0 {
		words = []string{wordless(response)}
	}
	return &model.Error{
		Kind:       kind,
		Message:    model.Clean(strings.Join(words, "; ")),
		RetryAfter: retryAfter(response),
		Cause:      &statusError{status: status, fields: said, fromSystem: c.fromSystem(response), waits: c.waits(response)},
		Sent:       r.write(),
	}
}

// wordless is what is said of an answer that gives no reason. A web page is none of an
// API: Django gives one for an address that no route of it matches.
func wordless(response *resty.Response) string {
	if status := response.StatusCode(); status != http.StatusNotFound || !isHTML(response.Header()) {
		return fmt.Sprintf("the server answered %d without a reason", status)
	}
	return "the server answered 404 with a web page: nothing of an API is at this address"
}

// statusError is the cause of an error that a server gave as an answer.
type statusError struct {
	status     int
	fields     FieldErrors
	fromSystem bool // in the form that the system itself gives to such an answer
	waits      bool // a redirect to where the system itself lets everybody wait
}

// FieldErrorsOf is what a server said for an error, or nothing.
func FieldErrorsOf(err error) FieldErrors {
	if a, ok := errors.AsType[*statusError](err); ok {
		return a.fields
	}
	return nil
}

func (a *statusError) Error() string { return "HTTP " + strconv.Itoa(a.status) }

// Status is the code that an error was answered with, or 0.
func Status(err error) int {
	if a, ok := errors.AsType[*statusError](err); ok {
		return a.status
	}
	return 0
}

// HasFieldError reports whether an error complains about a field by that name.
func HasFieldError(err error, field string) bool {
	a, ok := errors.AsType[*statusError](err)
	return ok && a.fields.has(field)
}

// FromSystem reports whether an error was answered by the system itself, in the form
// and with a status by which it is known to refuse; a proxy's own page is not.
func FromSystem(err error) bool {
	a, ok := errors.AsType[*statusError](err)
	return ok && a.fromSystem
}

// KeyRefused reports whether the system itself refuses the key that it was asked with.
// What a proxy refuses that wants a sign-in of its own says nothing of the key behind it.
func KeyRefused(err error) bool { return model.KindOf(err) == model.Unauthorized && FromSystem(err) }

// kindOf is what a status means. To a write only what the system is known to say
// before it changes anything means that nothing was changed.
func (c *Conn) kindOf(r Request, response *resty.Response) model.Kind {
	if r.write() && !c.fromSystem(response) {
		return model.Uncertain
	}
	switch status := response.StatusCode(); {
	case status == http.StatusUnauthorized:
		return model.Unauthorized
	case status == http.StatusForbidden:
		return model.Forbidden
	case status == http.StatusNotFound, status == http.StatusGone:
		return model.NotFound
	case status == http.StatusMethodNotAllowed, status == http.StatusNotImplemented:
		return model.Unsupported
	case status == http.StatusConflict:
		return model.Conflict
	case status == http.StatusTooManyRequests:
		return model.RateLimited
	case status >= 500, notHandled(status):
		return model.Unavailable
	case status < 400:
		return model.Malformed
	}
	return model.Invalid
}

// notHandled reports whether a status says nothing of what was asked for, but that
// it did not come to that: what a proxy or a connection made of it.
func notHandled(status int) bool {
	return slices.Contains([]int{
		http.StatusProxyAuthRequired, http.StatusRequestTimeout, http.StatusMisdirectedRequest, http.StatusTooEarly,
		444, 499, // nginx's own
	}, status)
}

// maxRetryAfter bounds what a server can ask for: an absurd number must not lock a
// list for the day.
const maxRetryAfter = time.Hour

// retryAfter reads the header of that name, in seconds or as a date.
func retryAfter(response *resty.Response) time.Duration {
	value := response.Header().Get("Retry-After")
	if seconds, err := strconv.Atoi(value); err == nil {
		return time.Duration(min(max(0, seconds), int(maxRetryAfter/time.Second))) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return min(max(0, time.Until(at).Round(time.Second)), maxRetryAfter)
	}
	return 0
}
