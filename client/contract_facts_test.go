package client_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"authdeck/model"
)

// fact is one thing that rows of the server say, and how the model says it. Both
// are in words that can be compared and shown: a key is never one of them.
type fact[T any] struct {
	at   []string // the members that it is read from, such as "user_obj.username"
	read func(row) string
	said func(T) string
}

// roll is a list of the server, read past the client, and what its rows say.
type roll[T any] struct {
	pages []string // their paths
	id    func(row) string
	only  func(row) bool // the rows of which the client makes something; none for all
	facts []fact[T]
}

// truth is what a system's rows say. Every member that its client reads of a row
// is in a fact, or unheld for the reason given.
type truth struct {
	tokens []roll[model.Token]
	users  []roll[model.User]
	unheld map[string]string
	// filled are the members that show what was filled into the field of that key.
	filled map[string]string
}

// told are the subjects whose rows are held against the server's.
func told(s subject) bool { return inEarnest(s) && s.dialect.truth != nil }

func TestWhatIsSaidOfATokenIsWhatTheServerSays(t *testing.T) {
	forThose(t, told, func(t *testing.T, w *world) {
		said := map[string]model.Token{}
		for _, token := range everyToken(t, w.api, model.Query{Size: 100, Fresh: true}) {
			said[token.ID] = token
		}
		for _, list := range w.subject.dialect.truth(w).tokens {
			holds(t, w, list, said)
		}
		if len(said) > 0 {
			t.Errorf("the server says nothing of the tokens %q", slices.Sorted(maps.Keys(said)))
		}
	})
}

func TestWhatIsSaidOfAUserIsWhatTheServerSays(t *testing.T) {
	forThose(t, told, func(t *testing.T, w *world) {
		said := map[string]model.User{}
		for _, user := range everyUser(t, w.api, model.Query{Size: 100}) {
			said[user.ID] = user
		}
		for _, list := range w.subject.dialect.truth(w).users {
			holds(t, w, list, said)
		}
		if len(said) > 0 {
			t.Errorf("the server says nothing of the users %q", slices.Sorted(maps.Keys(said)))
		}
	})
}

// holds compares every row with what is said of it, and takes that out. A member
// that changes nothing in any row is one that the server does not send, or that
// nobody would miss.
func holds[T any](t *testing.T, w *world, list roll[T], said map[string]T) {
	t.Helper()
	matters := map[string]bool{}
	for _, r := range w.rows(t, list.pages, list.only) {
		id := list.id(r)
		item, ok := said[id]
		if delete(said, id); !ok {
			t.Errorf("nothing is said of row %q", id)
			continue
		}
		for _, f := range list.facts {
			want := f.read(r)
			if got := f.said(item); got != want {
				t.Errorf("row %q: of %q it is said %q, and the server says %q", id, f.at, got, want)
			}
			for _, path := range f.at {
				matters[path] = matters[path] || f.read(r.without(path)) != want
			}
		}
	}
	for _, f := range list.facts {
		for _, path := range f.at {
			if !matters[path] {
				t.Errorf("no row would read otherwise without %q", path)
			}
		}
	}
}

func TestWhatIsFilledInIsWhatTheServerThenSays(t *testing.T) {
	sends := func(s subject) bool { return told(s) && len(s.dialect.truth(&world{}).filled) > 0 }
	forThose(t, sends, func(t *testing.T, w *world) {
		for _, a := range []model.Action{model.Create, model.Edit} {
			if !w.subject.offers(a) {
				continue
			}
			token := model.Token{}
			if a == model.Edit {
				token = w.creates(t).Token
			}
			o := w.order(t, w.api, a, token)
			for _, f := range must(w.api.Prepare(t.Context(), a, token))(t).Fields {
				_, filled := o.Values[f.Key]
				switch {
				case f.Kind == model.AskChoice: // what a field begins with, the server might choose too
					o.Values[f.Key] = otherChoice(f)
				case !filled && f.Kind != model.AskUser && f.Kind != model.AskSecret && f.Idles(o.Values) == "": // it counts beside the other choice
					o.Values[f.Key] = w.value(t, f)
				}
			}
			w.shows(t, must(w.carry(t, w.api, o))(t).Token.ID, o.Values)
		}
	})
}

// otherChoice is one that a field does not begin with.
func otherChoice(f model.Field) string {
	i := slices.IndexFunc(f.Choices, func(c model.Choice) bool { return c.Value != f.Value && c.Value != "" })
	if i < 0 {
		return f.Value
	}
	return f.Choices[i].Value
}

// shows wants the server's row of a token to have what was filled in.
func (w *world) shows(t *testing.T, id string, values map[string]string) {
	t.Helper()
	known, compared := w.subject.dialect.truth(w), 0
	for _, list := range known.tokens {
		for _, r := range w.rows(t, list.pages, list.only) {
			if list.id(r) != id {
				continue
			}
			for key, path := range known.filled {
				want, asked := values[key]
				if got := r.filled(path); asked && got != want {
					t.Errorf("%q was filled in as %q, and the server's %q is %q", key, want, path, got)
				}
				if asked {
					compared++
				}
			}
		}
	}
	if compared == 0 {
		t.Errorf("nothing that was filled in can be seen in token %s", id)
	}
}

func TestEveryMemberThatAClientReadsIsHeldAgainstTheServer(t *testing.T) {
	t.Parallel()
	held, unheld := map[string][]string{}, map[string]map[string]string{}
	for _, s := range slices.DeleteFunc(subjects(), func(s subject) bool { return !told(s) }) {
		kind, known := s.dialect.kind, s.dialect.truth(&world{})
		unheld[kind] = known.unheld
		held[kind] = slices.Concat(held[kind], members(known.tokens), members(known.users))
	}
	tag := regexp.MustCompile(`json:"(\w+)`)
	for kind := range held {
		source, err := os.ReadFile(filepath.Join(kind, "rows.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range tag.FindAllStringSubmatch(string(source), -1) {
			if _, spared := unheld[kind][found[1]]; spared == slices.Contains(held[kind], found[1]) {
				t.Errorf("%s: the member %q has to be in a fact or has a reason not to be: %t", kind, found[1], spared)
			}
		}
	}
}

// members are the names in the paths of the facts.
func members[T any](lists []roll[T]) []string {
	var names []string
	for _, list := range lists {
		for _, f := range list.facts {
			for _, path := range f.at {
				names = append(names, strings.Split(path, ".")...)
			}
		}
	}
	return names
}
