package client

import (
	"strconv"

	"authdeck/model"
)

// hamgamToken is a token on the wire (auth_token/retrieve, field table).
type hamgamToken struct {
	ID        int64        `json:"id"`
	Key       model.Secret `json:"key"`
	User      hamgamUser   `json:"user_data"`
	CreatedAt stamp        `json:"created_at"`
	UpdatedAt stamp        `json:"updated_at"`
}

// hamgamUser is a user on the wire, whole (user/retrieve) or as a token's owner,
// where two generations of the pages name different members: all but the id are
// optional.
type hamgamUser struct {
	ID        int64      `json:"id"`
	Username  model.Text `json:"username"`
	Mobile    model.Text `json:"mobile_number"`
	Email     model.Text `json:"email"`
	FirstName model.Text `json:"first_name"`
	LastName  model.Text `json:"last_name"`
	FullName  model.Text `json:"full_name"`
	Active    answer     `json:"is_active"`
	Staff     answer     `json:"is_staff"`
	Admin     answer     `json:"is_admin"`
	LastLogin stamp      `json:"last_login"`
	CreatedAt stamp      `json:"created_at"`
}

// hamgamPage is the envelope of the lists. Results is a pointer so that an
// object without any is told from an empty list.
type hamgamPage[T any] struct {
	Count   *int `json:"count"`
	Results *[]T `json:"results"`
}

func (p hamgamPage[T]) total() int {
	if p.Count == nil || *p.Count < 0 {
		return model.Uncounted
	}
	return *p.Count
}

func (w hamgamToken) token(key *keeper) model.Token {
	owner := w.User.user()
	owner.HasToken = model.Yes
	return model.Token{
		ID:       strconv.FormatInt(w.ID, 10),
		Name:     model.Clean("#" + strconv.FormatInt(w.ID, 10)),
		Owner:    owner,
		Created:  w.CreatedAt.when(),
		Updated:  w.UpdatedAt.when(),
		Expires:  model.Not(model.Never), // no expiry is documented anywhere
		LastUsed: model.Not(model.Unknown),
		State:    model.Active,
		Own:      key.owns(w.Key),
	}
}

func (w hamgamUser) user() model.User {
	name := w.FullName
	if name.Empty() {
		name = model.Join(" ", w.FirstName, w.LastName)
	}
	return model.User{
		ID: strconv.FormatInt(w.ID, 10), Username: w.Username, FullName: name,
		Mobile: w.Mobile, Email: w.Email,
		Active: w.Active.Answer, Staff: w.Staff.Answer, Admin: w.Admin.Answer,
		LastLogin: w.LastLogin.orNever(), Created: w.CreatedAt.when(),
	}
}
