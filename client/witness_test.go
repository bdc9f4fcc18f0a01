package client_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// witness is a network that holds every exchange against a document.
type witness struct {
	http.RoundTripper
	router routers.Router

	mu        sync.Mutex
	exchanges int
	found     []difference
}

// difference is something that is not as a document says.
type difference struct{ operation, says string }

func newWitness(t *testing.T, router routers.Router) *witness {
	t.Helper()
	network := &http.Transport{}
	t.Cleanup(network.CloseIdleConnections)
	return &witness{RoundTripper: network, router: router}
}

// RoundTrip implements [http.RoundTripper].
func (w *witness) RoundTrip(r *http.Request) (*http.Response, error) {
	sent, err := drained(&r.Body)
	if err != nil {
		return nil, err
	}
	response, err := w.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	came, err := drained(&response.Body)
	if err != nil {
		return nil, err
	}
	w.compare(r.Context(), r, response, sent, came)
	return response, nil
}

// drained reads a body and puts another one of the same bytes in its place.
func drained(body *io.ReadCloser) ([]byte, error) {
	if *body == nil || *body == http.NoBody {
		return nil, nil
	}
	content, err := io.ReadAll(*body)
	if err != nil {
		return nil, err
	}
	err = (*body).Close()
	*body = io.NopCloser(bytes.NewReader(content))
	return content, err
}

// compare notes what is not as the document says.
func (w *witness) compare(ctx context.Context, r *http.Request, response *http.Response, sent, came []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.exchanges++
	route, values, err := w.router.FindRoute(r)
	if err != nil {
		w.found = append(w.found, difference{r.Method + " " + r.URL.Path, "no such operation"})
		return
	}
	operation := r.Method + " " + route.Path
	for _, what := range undocumented(route, r.URL.Query(), sent) {
		w.found = append(w.found, difference{operation, what})
	}
	r = r.Clone(ctx)
	r.Body = io.NopCloser(bytes.NewReader(sent))
	asked := &openapi3filter.RequestValidationInput{
		Request: r, PathParams: values, Route: route,
		Options: &openapi3filter.Options{
			AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, MultiError: true,
		},
	}
	w.note(operation, openapi3filter.ValidateRequest(ctx, asked))
	if route.Operation.Responses.Status(response.StatusCode) == nil {
		w.found = append(w.found, difference{operation, fmt.Sprintf("status %d", response.StatusCode)})
		return
	}
	w.note(operation, openapi3filter.ValidateResponse(ctx, &openapi3filter.ResponseValidationInput{
		RequestValidationInput: asked, Status: response.StatusCode, Header: response.Header,
		Body: io.NopCloser(bytes.NewReader(came)), Options: asked.Options,
	}))
}

// undocumented are the parameters and the members of a body that a schema does not
// forbid and does not know either, such as misspelt ones.
func undocumented(route *routers.Route, query url.Values, body []byte) []string {
	var unknown []string
	for name := range query {
		is := func(p *openapi3.ParameterRef) bool {
			return p.Value.In == openapi3.ParameterInQuery && p.Value.Name == name
		}
		if !slices.ContainsFunc(route.Operation.Parameters, is) && !slices.ContainsFunc(route.PathItem.Parameters, is) {
			unknown = append(unknown, "query "+name)
		}
	}
	var members map[string]any
	if json.Unmarshal(body, &members) != nil || route.Operation.RequestBody == nil {
		return unknown
	}
	described := route.Operation.RequestBody.Value.Content.Get("application/json").Schema.Value
	for name := range members {
		if described.Properties[name] == nil {
			unknown = append(unknown, "member "+name)
		}
	}
	return unknown
}

// note takes an error apart, so that each thing that is wrong stands alone.
func (w *witness) note(operation string, err error) {
	var many openapi3.MultiError
	var field *openapi3.SchemaError
	switch {
	case err == nil:
	case errors.As(err, &field) && !errors.As(err, &many):
		reason, _, _ := strings.Cut(field.Reason, " [")
		if field.SchemaField == "enum" {
			reason += fmt.Sprintf(" (%v)", field.Value)
		}
		w.found = append(w.found, difference{operation, strings.Join(field.JSONPointer(), ".") + ": " + reason})
	case errors.As(err, &many):
		for _, one := range many {
			w.note(operation, one)
		}
	default:
		first, _, _ := strings.Cut(err.Error(), "\n")
		w.found = append(w.found, difference{operation, first})
	}
}

// testify fails for what nobody knew of, and for what is not so any more.
func (w *witness) testify(t *testing.T, kind, version string) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.exchanges == 0 {
		t.Fatal("nothing was exchanged, so nothing was held against the schema")
	}
	used, told := map[known]int{}, map[string]bool{}
	meant := slices.DeleteFunc(knownDifferences()[kind], func(k known) bool { return !k.holds(version) })
	for _, d := range w.found {
		i := slices.IndexFunc(meant, d.is)
		if i >= 0 {
			used[meant[i]]++
			continue
		}
		if line := fmt.Sprintf("%s: %s", d.operation, d.says); !told[line] {
			told[line] = true
			t.Error(line)
		}
	}
	for _, k := range meant {
		if used[k] == 0 {
			t.Errorf("%s: %q is no difference any more (%s)", k.operation, k.says, k.why)
		}
	}
	t.Logf("%d exchanges were held against the schema of %s", w.exchanges, version)
}
