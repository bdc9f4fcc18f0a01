package client_test

import (
	"slices"
	"testing"

	"authdeck/model"
)

// source is a sort of token on which an action can be done: one of the list's, or
// one that has to be made first because others' cannot be acted on.
type source struct {
	kind string
	made bool
}

// sourcesOf are the sorts of token on which an action can be done.
func (w *world) sourcesOf(t *testing.T, a model.Action) []source {
	t.Helper()
	if found, known := w.sources[a]; known {
		return found
	}
	const enough = 3 // tokens that a kind has, for one to be left for every order
	var found []source
	if w.subject.dialect.tokens > 0 {
		tried := map[string]int{}
		for _, token := range w.othersTokens(t) {
			s := source{kind: token.Kind.String()}
			if tried[s.kind]++; tried[s.kind] <= enough && !slices.Contains(found, s) && w.possible(t, a, token) {
				found = append(found, s)
			}
		}
		found = slices.DeleteFunc(found, func(s source) bool { return tried[s.kind] < enough })
		slices.SortStableFunc(found, func(a, b source) int { return tried[b.kind] - tried[a.kind] }) // what there is most of is used up last
	}
	if w.subject.offers(model.Create) {
		made := w.creates(t).Token
		known := slices.Contains(found, source{kind: made.Kind.String()})
		if !known && w.possible(t, a, made) {
			found = append(found, source{kind: made.Kind.String(), made: true})
		}
	}
	if len(found) == 0 {
		t.Fatalf("there is no token on which %s is possible", a)
	}
	if w.sources == nil {
		w.sources = map[model.Action][]source{}
	}
	w.sources[a] = found
	return found
}

func (w *world) possible(t *testing.T, a model.Action, token model.Token) bool {
	t.Helper()
	if spared := w.subject.dialect.spared; spared != nil && spared(a, token) {
		return false
	}
	_, err := w.api.Prepare(t.Context(), a, token)
	return err == nil
}

// take is a token of a source that nothing was done to yet.
func (w *world) take(t *testing.T, a model.Action, s source) model.Token {
	t.Helper()
	token, ok := w.left(t, a, s)
	if !ok {
		t.Fatalf("there is no %q token left on which %s is possible", s.kind, a)
	}
	return token
}

// left is take, for sources that may run dry.
func (w *world) left(t *testing.T, a model.Action, s source) (model.Token, bool) {
	t.Helper()
	if s.made {
		return w.creates(t).Token, true
	}
	for range 2 {
		for i, token := range w.waiting {
			if token.Kind.String() == s.kind && w.possible(t, a, token) {
				w.waiting = slices.Delete(w.waiting, i, i+1)
				return token, true
			}
		}
		w.waiting = w.othersTokens(t)
	}
	return model.Token{}, false
}

// some is a token on which an action can be done.
func (w *world) some(t *testing.T, a model.Action) model.Token {
	t.Helper()
	return w.take(t, a, w.sourcesOf(t, a)[0])
}

// othersTokens are the usable tokens of people whom the demo does not sign in as.
func (w *world) othersTokens(t *testing.T) []model.Token {
	t.Helper()
	signedIn := []string{w.system.Username, w.system.WeakUsername}
	return slices.DeleteFunc(everyToken(t, w.api, model.Query{Size: 100, Fresh: true}), func(token model.Token) bool {
		name := token.Owner.Username
		return token.Own || !token.Managed.Empty() || token.State > model.Active || token.Owner.Active == model.No ||
			name.Changed() || slices.Contains(signedIn, name.String())
	})
}
