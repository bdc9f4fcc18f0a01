package client_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers/legacy"

	"authdeck/client/demo"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

// document is a schema that a vendor publishes, and the part of it that is held
// against what goes over the line: to take in all of it takes half a minute.
type document struct {
	files  string // a pattern; each file is a release
	server string // under the system's address
	paths  []string
	played func(version string) []demo.Quirk // as which server the demo is held against it
}

func documents() map[string]document {
	return map[string]document{
		"authentik": {
			files: "authentik*.yml", server: "/api/v3",
			paths: []string{"/core/tokens/", "/core/users/", "/admin/version/", "/admin/settings/"},
			played: func(version string) []demo.Quirk {
				if version >= "2026.8" {
					return []demo.Quirk{demo.AuthentikNewest}
				}
				return nil
			},
		},
		"waldur": {
			files: "waldur.yaml",
			paths: []string{"/api/auth-tokens/", "/api/users/", "/api/personal-access-tokens/", "/api/configuration/", "/api/version/", "/api-auth/password/"},
		},
	}
}

func TestEveryExchangeIsAsThePublishedSchemaSays(t *testing.T) {
	folder := os.Getenv("AUTHDECK_OPENAPI")
	if folder == "" {
		t.Skip("AUTHDECK_OPENAPI names no folder with authentik*.yml and waldur.yaml, so the schemas that the vendors publish are not at hand")
	}
	t.Parallel()
	published := func(s subject) bool { return inEarnest(s) && documents()[s.dialect.kind].files != "" }
	for _, s := range slices.DeleteFunc(subjects(), func(s subject) bool { return !published(s) }) {
		d := documents()[s.dialect.kind]
		files, _ := filepath.Glob(filepath.Join(folder, d.files))
		if len(files) == 0 {
			t.Errorf("there is no %s in %s", d.files, folder)
		}
		for _, file := range files {
			t.Run(s.name+" "+filepath.Base(file), func(t *testing.T) {
				t.Parallel()
				d.heldAgainst(t, s, file)
			})
		}
	}
}

// heldAgainst has a subject do everything, played as the release that a file describes.
func (d document) heldAgainst(t *testing.T, s subject, file string) {
	t.Helper()
	doc := d.load(t, file)
	if d.played != nil {
		s.options.Quirks = append(slices.Clone(s.options.Quirks), d.played(doc.Info.Version)...)
	}
	w := s.start(t)
	doc.Servers = openapi3.Servers{{URL: w.system.URL + d.server}}
	lenient := []openapi3.ValidationOption{openapi3.DisableExamplesValidation(), openapi3.DisableSchemaDefaultsValidation()}
	seen := newWitness(t, must(legacy.NewRouter(doc, lenient...))(t))
	w.api = openThrough(t, seen, s.enter(t, w.system), w.log)
	w.goesThrough(t)
	seen.testify(t, s.dialect.kind, doc.Info.Version)
}

// load reads the document.
func (d document) load(t *testing.T, file string) *openapi3.T {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData([]byte(d.cut(string(raw))))
	if err != nil {
		t.Fatal(err)
	}
	return doc
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
	redacttest.FailsAs(t, err, model.NotFound)
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
