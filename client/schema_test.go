package client_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"authdeck/model"
)

// document is a schema that a vendor publishes, and the part of it that is held
// against what goes over the line: to take in all of it takes half a minute.
type document struct {
	file   string
	server string // under the system's address
	paths  []string
}

func documents() map[string]document {
	return map[string]document{
		"authentik": {
			file: "authentik.yml", server: "/api/v3",
			paths: []string{"/core/tokens/", "/core/users/", "/admin/version/", "/admin/settings/"},
		},
		"waldur": {
			file:  "waldur.yaml",
			paths: []string{"/api/auth-tokens/", "/api/users/", "/api/personal-access-tokens/", "/api/configuration/", "/api/version/", "/api-auth/password/"},
		},
	}
}

func TestEveryExchangeIsAsThePublishedSchemaSays(t *testing.T) {
	folder := os.Getenv("AUTHDECK_OPENAPI")
	if folder == "" {
		t.Skip("AUTHDECK_OPENAPI names no folder with authentik.yml and waldur.yaml, so the schemas that the vendors publish are not at hand")
	}
	published := func(s subject) bool { return documents()[s.dialect.kind].file != "" && inEarnest(s) }
	forThose(t, published, func(t *testing.T, w *world) {
		seen := newWitness(t, documents()[w.subject.dialect.kind].router(t, folder, w.system.URL))
		w.api = openThrough(t, seen, w.subject.enter(t, w.system), w.log)
		w.goesThrough(t)
		seen.testify(t, w.subject.dialect.kind)
	})
}

// router finds the operation of a request in the document.
func (d document) router(t *testing.T, folder, address string) routers.Router {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(folder, d.file))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData([]byte(d.cut(string(raw))))
	if err != nil {
		t.Fatal(err)
	}
	doc.Servers = openapi3.Servers{{URL: address + d.server}}
	lenient := []openapi3.ValidationOption{openapi3.DisableExamplesValidation(), openapi3.DisableSchemaDefaultsValidation()}
	return must(legacy.NewRouter(doc, lenient...))(t)
}

// cut leaves out the paths that are not asked for, line by line: to parse them is
// what takes the time.
func (d document) cut(doc string) string {
	var b strings.Builder
	inPaths, keep := false, true
	for line := range strings.Lines(doc) {
		if line[0] != ' ' && line[0] != '-' && line[0] != '\n' {
			inPaths, keep = strings.HasPrefix(line, "paths:"), true
		}
		if path, ok := strings.CutPrefix(line, "  /"); ok && inPaths {
			keep = slices.ContainsFunc(d.paths, func(wanted string) bool { return strings.HasPrefix("/"+path, wanted) })
		}
		if keep {
			b.WriteString(line)
		}
	}
	return b.String()
}

// goesThrough does everything once that a system offers.
func (w *world) goesThrough(t *testing.T) {
	t.Helper()
	must(w.api.WhoAmI(t.Context()))(t)
	w.readsThrough(t)
	for _, a := range model.Actions() {
		if !w.subject.offers(a) {
			continue
		}
		for _, s := range w.targets(t, a) {
			o, _ := w.target(t, a, s)
			must(w.carry(t, w.api, o))(t)
			if a == model.Delete {
				_, err := w.carry(t, w.api, o) // it is gone, or over
				if err == nil {
					t.Error("a token was deleted twice")
				}
			}
		}
	}
	_, err := w.api.Users(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: model.User{ID: "987654"}}})
	failsAs(t, err, model.NotFound)
}

// readsThrough asks for both lists in every way.
func (w *world) readsThrough(t *testing.T) {
	t.Helper()
	info := w.api.Info()
	for _, s := range info.TokenSorts {
		must(w.api.Tokens(t.Context(), model.Query{Size: 7, Sort: s.Key, Fresh: true}))(t)
	}
	for _, s := range info.UserSorts {
		must(w.api.Users(t.Context(), model.Query{Size: 7, Sort: s.Key}))(t)
	}
	for _, f := range info.TokenFilters {
		must(w.api.Tokens(t.Context(), model.Query{Size: 7, Filter: model.Filter{Choice: f.Value}}))(t)
	}
	for _, f := range info.UserFilters {
		must(w.api.Users(t.Context(), model.Query{Size: 7, Filter: model.Filter{Choice: f.Value}}))(t)
	}
	tokens := everyToken(t, w.api, model.Query{Size: 100})
	users := everyUser(t, w.api, model.Query{Size: 100})
	owner := w.plainlyNamed(t, tokens).Owner
	must(w.api.Tokens(t.Context(), model.Query{Size: 7, Search: owner.Username.String()}))(t)
	must(w.api.Users(t.Context(), model.Query{Size: 7, Search: owner.Username.String()}))(t)
	must(w.api.Tokens(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: owner}}))(t)
	must(w.api.Users(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: users[0]}}))(t)
}
