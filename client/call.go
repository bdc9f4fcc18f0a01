package client

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
	"sync/atomic"
	"time"

	"github.com/go-resty/resty/v2"

	"authdeck/model"
)

// request is one exchange with a system.
type request struct {
	method string
	path   string // under the system's URL, built by [join]
	query  url.Values
	body   any  // marshalled to JSON; nil for none
	open   bool // goes without a credential, as a sign-in does
}

// write reports whether the request changes something that a person asked to
// change. A sign-in does not, and is no less sent once.
func (r request) write() bool { return r.method != http.MethodGet && !r.open }

// nothing is the answer of a call that has none.
type nothing struct{}

// join builds a path of fixed words and identifiers, with the trailing slash
// that Django's routes want. An identifier that would change the path, such as
// "..", is refused: resty would send DELETE /tokens//.
func join(parts ...string) (string, error) {
	var path strings.Builder
	for _, part := range parts {
		if part == "" || part == "." || part == ".." || strings.ContainsAny(part, `/\`) {
			return "", model.Fail(model.Invalid, fmt.Sprintf("%q is no identifier", part))
		}
		path.WriteString("/" + url.PathEscape(part))
	}
	return path.String() + "/", nil
}

// call makes one exchange. It is the only place that looks at a status code,
// and everything that can go wrong comes out of it as a *model.Error.
func call[T any](ctx context.Context, c *conn, r request) (T, error) {
	var answer T
	patience := readPatience
	if r.write() {
		patience = writePatience
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	started := time.Now()
	response, sent, err := c.send(ctx, r)
	if err != nil {
		err = unanswered(ctx, r, sent, err)
	} else {
		err = c.read(r, response, &answer)
	}
	if model.KindOf(err) == model.Unauthorized {
		c.key.expire()
	}
	c.record(r, response, time.Since(started), err)
	return answer, err
}

// send does the exchange; sent says whether any of the request may have left.
func (c *conn) send(ctx context.Context, r request) (_ *resty.Response, sent bool, _ error) {
	var left atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { left.Store(true) },
	})
	req := c.http.R().SetContext(ctx).SetQueryParamsFromValues(r.query)
	if !r.open {
		key, err := c.key.get(ctx)
		if err != nil {
			return nil, false, err
		}
		c.sign(req, key)
	}
	if r.body != nil {
		body, err := json.Marshal(r.body)
		if err != nil {
			return nil, false, err
		}
		req.SetHeader("Content-Type", "application/json").SetBody(body)
	}
	response, err := req.Execute(r.method, r.path)
	return response, left.Load(), err
}

// record writes a line of the log: never a query, a header, a body or a URL.
func (c *conn) record(r request, response *resty.Response, took time.Duration, err error) {
	status := 0
	if response != nil {
		status = response.StatusCode()
	}
	outcome := "ok"
	if err != nil {
		outcome = model.KindOf(err).String()
	}
	c.log.Debug("request", "method", r.method, "path", r.path, "status", status,
		"took", took.Round(time.Millisecond), "outcome", outcome)
}

// read turns an answer into its value or its error.
func (c *conn) read(r request, response *resty.Response, answer any) error {
	if err := c.refused(r, response); err != nil {
		return err
	}
	if r.write() && response.StatusCode() == http.StatusAccepted {
		return model.Fail(model.Uncertain, "the server has accepted it, but not said that it is done")
	}
	if _, none := answer.(*nothing); none && len(response.Body()) == 0 {
		return nil
	}
	if err := decode(response, answer); err != nil {
		return c.unreadable(r, response, err)
	}
	return nil
}

// unreadable is a success whose answer cannot be read. Of a write it is
// uncertain: it most likely happened, and its key is lost.
func (c *conn) unreadable(r request, response *resty.Response, err error) error {
	kind := model.Malformed
	if r.write() {
		kind = model.Uncertain
	}
	return &model.Error{
		Kind:    kind,
		Message: model.Clean(c.key.redact(fmt.Sprintf("the server answered %d, but %s", response.StatusCode(), err))),
	}
}

// decode reads JSON and nothing else: a login page with 200 is no empty list.
func decode(response *resty.Response, answer any) error {
	kind, _, _ := mime.ParseMediaType(response.Header().Get("Content-Type"))
	switch {
	case len(response.Body()) == 0:
		return errors.New("there was nothing in the answer")
	case kind != "application/json":
		return fmt.Errorf("what came is %s and not JSON; is this the right address?", described(kind))
	}
	if err := json.Unmarshal(response.Body(), answer); err != nil {
		return errors.New("its JSON cannot be read") // the decoder quotes what it read, keys included
	}
	return nil
}

func described(kind string) string {
	if kind == "" {
		return "of no named type"
	}
	return kind
}
