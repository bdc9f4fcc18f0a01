package saymon

import (
	"context"

	"authdeck/client/page"
	"authdeck/model"
)

// What users can be narrowed to.
const (
	withToken    = "with"
	withoutToken = "without"
	neverHad     = "never"
	hadOnce      = "cleared"
	lockedOut    = "blocked"
)

// blindNote is for a list that comes to a caller without the right.
const blindNote = "This credential lacks the right " + right + ": the server shows display names in place of logins, and does not say who has a token."

// Users implements [model.API].
func (s *saymon) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	if err := checkQuery(q, s.info.UserSorts, s.info.UserFilters); err != nil {
		return model.Page[model.User]{}, err
	}
	list := s.users
	if only := q.Filter.Only.ID; only != "" {
		list = userList(func(ctx context.Context) ([]model.User, string, error) { return s.readUser(ctx, only) })
	}
	return list.Page(ctx, q)
}

func userList(read func(context.Context) ([]model.User, string, error)) *page.InMemory[model.User] {
	return &page.InMemory[model.User]{
		Read: read, Text: words, Keep: lets, Order: byLogin, Lasts: page.Awhile,
		ID:    func(u model.User) string { return u.ID },
		Sorts: sorts(func(u model.User) model.User { return u }),
	}
}

func (s *saymon) readUsers(ctx context.Context) ([]model.User, string, error) {
	list, err := s.all(ctx)
	if err != nil {
		return nil, "", err
	}
	defer list.wipe()
	var users []model.User
	for _, w := range list.rows {
		users = append(users, w.user(w.visible(list.blind())))
	}
	if list.blind() {
		return users, blindNote, nil
	}
	return users, list.note(), nil
}

func (s *saymon) readUser(ctx context.Context, id string) ([]model.User, string, error) {
	w, err := s.one(ctx, id)
	if err != nil {
		return nil, "", err
	}
	defer w.Token.value.Wipe()
	note := blindNote
	visible := w.visible(s.seen() == model.No)
	switch {
	case visible:
		note = ""
	case s.seen() == model.Yes:
		note = "The server does not say whether this user has a token."
	}
	return []model.User{w.user(visible)}, note, nil
}

// lets reports whether a user passes a filter.
func lets(u model.User, f model.Filter) bool {
	switch f.Choice {
	case withToken:
		return u.HasToken == model.Yes
	case withoutToken:
		return u.HasToken == model.No
	case neverHad:
		return u.TokenWord.String() == neverSet
	case hadOnce:
		return u.TokenWord.String() == cleared
	case lockedOut:
		return u.Active == model.No
	}
	return true
}
