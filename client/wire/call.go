// Package wire is one exchange with a remote system, for every dialect: the
// connection, the credential on it, the one place that looks at status codes, and what
// an answer may look like. It must not know a system by name, a configuration or a
// screen.
package wire

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"time"

	"github.com/go-resty/resty/v2"

	"authdeck/model"
)

// Request is one exchange with a system.
type Request struct {
	Method    string
	Path      string // under the system's URL, built by [Path] or [Slashed] where it holds an identifier
	Query     url.Values
	Header    http.Header  // beside the connection's own; may be nil
	Body      any          // marshalled to JSON; nil for none
	Secret    model.Secret // a secret in the body, which no error may quote
	Anonymous bool         // goes without a credential, as a sign-in does
	Asked     bool         // of an open one: a person asked for the change, so that it is a write all the same
	Once      bool         // a read that is not made again, and goes on a connection of its own, as a write does
}

// Get is a request that changes nothing.
func Get(path string) Request { return Request{Method: http.MethodGet, Path: path} }

// write reports whether the request changes something that a person asked to
// change. A sign-in does not, and is no less sent once.
func (r Request) write() bool {
	return r.Method != http.MethodGet && r.Method != http.MethodHead && (!r.Anonymous || r.Asked)
}

// Nothing is the answer of a call that has none.
type Nothing struct{}

// Reply is an answer with what came around it.
type Reply[T any] struct {
	Value  T
	Header http.Header
	Status int
}

// BodyUnmarshaler is an answer that is read from the body as it is, whatever its type
// is said to be: some servers answer with a bare text. Its errors are shown, and are
// in words of ours alone.
type BodyUnmarshaler interface{ UnmarshalBody(body []byte) error }

// Path builds a path of fixed words and identifiers. An identifier that would
// change the path, such as "..", is refused: resty would send DELETE /tokens//.
func Path(parts ...string) (string, error) {
	var path strings.Builder
	for _, part := range parts {
		if part == "" || part == "." || part == ".." || strings.ContainsAny(part, `/\`) {
			return "", model.Fail(model.Invalid, fmt.Sprintf("%q is no identifier", part))
		}
		path.WriteString("/" + url.PathEscape(part))
	}
	return path.String(), nil
}

// Slashed is a [Path] with the slash at its end that Django's routes want.
func Slashed(parts ...string) (string, error) {
	path, err := Path(parts...)
	return path + "/", err
}

// Call makes one exchange and gives its answer.
func Call[T any](ctx context.Context, c *Conn, r Request) (T, error) {
	reply, err := Ask[T](ctx, c, r)
	return reply.Value, err
}

// Ask makes one exchange. It is the only place that looks at a status code, and
// everything that can go wrong comes out of it as a *model.Error. A read whose key
// is refused is made once more if there is another key by then.
func Ask[T any](ctx context.Context, c *Conn, r Request) (Reply[T], error) {
	reply, used, err := exchange[T](ctx, c, r)
	if r.Anonymous || model.KindOf(err) != model.Unauthorized {
		return reply, err
	}
	again, err := c.renewed(ctx, used, err)
	if again && !r.write() {
		reply, _, err = exchange[T](ctx, c, r)
		err = refusedToo(err)
	}
	return reply, err
}

func exchange[T any](ctx context.Context, c *Conn, r Request) (Reply[T], signingKey, error) {
	var reply Reply[T]
	timeout := readTimeout
	if r.write() {
		timeout = writeTimeout
	}
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var came progress
	made := account{begun: time.Now()}
	response, used, err := c.send(limited, r, &came, &made)
	if err != nil {
		err = unanswered(limited, r, &came, err)
	} else {
		reply.Header, reply.Status = response.Header(), response.StatusCode()
		c.note(ctx, r, reply.Header)
		err = c.read(r, response, &reply.Value)
	}
	c.logRequest(r, response, time.Since(made.begun), err)
	if err != nil && c.Judge != nil && !r.Anonymous && !model.Lasts(err) { // that one has its words
		err = c.Judge(withPinnedKey(ctx, used), r, err)
	}
	if model.KindOf(err) == model.Unauthorized && !r.Anonymous {
		c.credentials.refused(used.key)
	}
	c.keep(ctx, r, &made, response, err)
	return reply, used, err
}

// send does the exchange, and notes how far it comes and what it is made of.
func (c *Conn) send(ctx context.Context, r Request, p *progress, a *account) (_ *resty.Response, used signingKey, _ error) {
	req := c.http.R().SetQueryParamsFromValues(r.Query)
	if !r.Anonymous {
		key, err := c.keyFor(ctx)
		if err != nil {
			return nil, signingKey{}, err
		}
		used = key
		c.Sign(req, key.key)
		a.signed(c, req, r.Query, key.key)
	}
	if r.Once {
		ctx = withOnce(ctx)
	}
	req.SetContext(httptrace.WithClientTrace(ctx, p.trace())) // after the sign-in, whose headers are not this request's
	req.SetHeaderMultiValues(r.Header)
	if r.Body != nil {
		body, err := json.Marshal(r.Body)
		if err != nil {
			return nil, used, model.Fail(model.Internal, "the request cannot be written down")
		}
		req.SetHeader("Content-Type", "application/json").SetBody(body)
		a.carries(c, body, r.Secret)
	}
	a.sent = true
	response, err := req.Execute(r.Method, r.Path)
	return response, used, err
}

// logRequest writes a line of the log: never a query, a header, a body or a URL. Why
// there was no answer is in words of ours.
func (c *Conn) logRequest(r Request, response *resty.Response, took time.Duration, err error) {
	status := 0
	if response != nil {
		status = response.StatusCode()
	}
	outcome := "ok"
	if err != nil {
		outcome = model.KindOf(err).String()
	}
	line := []any{"method", r.Method, "path", r.Path, "status", status, "took", took.Round(time.Millisecond), "outcome", outcome}
	if network, ok := errors.AsType[NetworkError](err); ok {
		line = append(line, "why", model.Clean(network.Error()).String())
	}
	c.log.Debug("request", line...)
}

// read turns an answer into its value or its error.
func (c *Conn) read(r Request, response *resty.Response, answer any) error {
	if err := c.statusErrorOf(r, response); err != nil {
		return err
	}
	if r.write() && response.StatusCode() == http.StatusAccepted {
		return &model.Error{Kind: model.Uncertain, Message: model.Clean("the server has accepted it, but not said that it is done"), Sent: true}
	}
	if _, none := answer.(*Nothing); none && len(response.Body()) == 0 {
		return nil
	}
	err := decode(response, answer)
	if err != nil {
		return unreadable(r, response, err)
	}
	return nil
}

// unreadable is a success whose answer cannot be read. Of a write it is
// uncertain: it most likely happened, and its key is lost.
func unreadable(r Request, response *resty.Response, err error) error {
	kind := model.Malformed
	if r.write() {
		kind = model.Uncertain
	}
	return &model.Error{
		Kind:    kind,
		Message: model.Clean(fmt.Sprintf("the server answered %d, but %s", response.StatusCode(), err)),
		Sent:    r.write(),
	}
}

// decode reads JSON, and nothing else unless it is asked to: a login page with 200 is
// no empty list.
func decode(response *resty.Response, answer any) error {
	kind, _, _ := mime.ParseMediaType(response.Header().Get("Content-Type"))
	if text, ok := answer.(BodyUnmarshaler); ok {
		return text.UnmarshalBody(response.Body())
	}
	switch {
	case len(response.Body()) == 0:
		return errors.New("there was nothing in the answer")
	case kind != "application/json":
		return errors.New("what came is " + described(kind) + " and not JSON; is this the right address?")
	}
	if err := Unmarshal(response.Body(), answer); err != nil {
		return errors.New("its JSON cannot be read") // the decoder quotes what it read, keys included
	}
	return nil
}

// described is a type of content, in the server's words where everybody has them.
func described(kind string) string {
	switch kind {
	case "text/html", "text/plain", "text/xml", "application/xml", "application/xhtml+xml":
		return kind
	case "":
		return "of no named type"
	}
	return "of another type"
}
