package fleet

import (
	"cmp"
	"slices"

	"authdeck/model"
	"authdeck/model/query"
)

// field is one by which people are told, as model/query names it.
type field string

// The fields.
const (
	byUser  field = "user"
	byEmail field = "email"
	byPhone field = "mobile"
)

// fields are all of them.
func fields() []field { return []field{byEmail, byPhone, byUser} }

// searched are the words that systems have for it where their own search looks at it
// ([model.Info.UserSearch]).
func (f field) searched() []string {
	return map[field][]string{byUser: {"username", "login", "names"}, byEmail: {"e-mail"}, byPhone: {"mobile", "phone"}}[f]
}

// singular is what a person calls it, and plural all that are in it.
func (f field) singular() string {
	return map[field]string{byUser: "user name", byEmail: "e-mail", byPhone: "phone"}[f]
}

func (f field) plural() string {
	return map[field]string{byUser: "user names", byEmail: "e-mail addresses", byPhone: "phone numbers"}[f]
}

// wanted is something to ask a system for.
type wanted struct {
	field field
	value string
}

// wants are what is known by now and was not asked for yet.
func (s *search) wants(h *hunt) []wanted {
	var all []wanted
	for _, f := range fields() {
		for _, value := range s.values(f) {
			if w := (wanted{f, value}); !h.asked[w] {
				all = append(all, w)
			}
		}
	}
	return all
}

// values are what is known of a field.
func (s *search) values(f field) []string {
	return map[field][]string{byEmail: s.known.Emails(), byPhone: s.known.Phones(), byUser: s.known.Users()}[f]
}

// more reports whether there is anything that a system was not asked for.
func (s *search) more(h *hunt) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.wants(h)) > 0
}

// take are the wants of a system, which it is asked for now.
func (s *search) take(h *hunt) []wanted {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.wants(h)
	for _, w := range all {
		h.asked[w] = true
	}
	return all
}

// look asks a system for whatever is known and was not asked for: by its own search where
// that looks there, else through its whole list.
func (s *search) look(h *hunt, learn func(model.User)) error {
	info := h.of.api.Info()
	var through query.Any
	var refused error // of one thing that was asked for; the others may be told
	for _, w := range s.take(h) {
		switch {
		case slices.Contains(info.Silent, string(w.field)):
			s.keep(func() { h.dumb = noted(h.dumb, w.field) })
		case slices.ContainsFunc(w.field.searched(), func(word string) bool { return slices.Contains(info.UserSearch, word) }):
			err := s.read(h, model.Query{Search: w.value}, learn)
			if kind := model.KindOf(err); err != nil && kind != model.Invalid && kind != model.Unsupported {
				return err
			}
			refused = cmp.Or(refused, err)
		default:
			through = append(through, test(w))
		}
	}
	if len(through) == 0 {
		return refused
	}
	s.keep(func() { h.whole = true })
	return cmp.Or(s.read(h, model.Query{Where: query.Query{Where: through}.String()}, learn), refused)
}

// test is a question for a whole list. Of a phone number its end is known.
func test(w wanted) query.Test {
	if w.field == byPhone {
		return query.Test{Field: string(w.field), Op: query.Has, Values: []query.Value{{Text: w.value}}}
	}
	return query.Test{Field: string(w.field), Op: query.Equal, Values: []query.Value{{Text: w.value}}}
}

// noted are things, each once, and none that says nothing.
func noted[T ~string](all []T, one T) []T {
	if one == "" || slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}

// read goes through what a system answers, and keeps whom it may be about.
func (s *search) read(h *hunt, q model.Query, learn func(model.User)) error {
	note, err := h.of.lists.EachUser(s.ctx, q, func(users []model.User, _ model.Sifted) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, u := range users {
			if _, is := s.known.Tie(h.of.name, u); !is || u.ID == "" {
				continue
			}
			i := slices.IndexFunc(h.found, func(one model.User) bool { return one.ID == u.ID })
			if i < 0 {
				h.found = append(h.found, u)
			} else {
				h.found[i] = u
			}
			learn(u)
		}
		return nil
	})
	s.keep(func() { h.notes = noted(h.notes, note) })
	return err
}
