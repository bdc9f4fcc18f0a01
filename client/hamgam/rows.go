package hamgam

import (
	"strconv"

	"authdeck/client/wire"
	"authdeck/model"
)

// token is one on the wire (auth_token/retrieve, field table).
type token struct {
	ID        int64        `json:"id"`
	Key       model.Secret `json:"key"`
	User      user         `json:"user_data"`
	CreatedAt wire.Time    `json:"created_at"`
	UpdatedAt wire.Time    `json:"updated_at"`
}

// user is one on the wire, whole (user/retrieve) or as a token's owner,
// where two generations of the pages name different members: all but the id are
// optional.
type user struct {
	ID        int64      `json:"id"`
	Username  model.Text `json:"username"`
	Mobile    model.Text `json:"mobile_number"`
	Email     model.Text `json:"email"`
	FirstName model.Text `json:"first_name"`
	LastName  model.Text `json:"last_name"`
	FullName  model.Text `json:"full_name"`
	Active    wire.Bool  `json:"is_active"`
	Staff     wire.Bool  `json:"is_staff"`
	Admin     wire.Bool  `json:"is_admin"`
	LastLogin wire.Time  `json:"last_login"`
	CreatedAt wire.Time  `json:"created_at"`
}

// envelope is what stands around a page of the lists. Without results it is none.
type envelope[T any] struct {
	Count   *int         `json:"count"`
	Results wire.Rows[T] `json:"results"`
}

func (p envelope[T]) total() int {
	if p.Count == nil || *p.Count < 0 {
		return model.Uncounted
	}
	return *p.Count
}

func (w token) token(conn *wire.Conn) model.Token {
	owner := w.User.user()
	owner.HasToken = model.Yes
	return model.Token{
		ID:       strconv.FormatInt(w.ID, 10),
		Name:     model.Clean("#" + strconv.FormatInt(w.ID, 10)),
		Owner:    owner,
		Created:  w.CreatedAt.When(),
		Updated:  w.UpdatedAt.When(),
		Expires:  model.Not(model.Never), // no expiry is documented anywhere
		LastUsed: model.Not(model.Unknown),
		State:    model.Active,
		Own:      conn.InUse(w.Key),
	}
}

func (w user) user() model.User {
	name := w.FullName
	if name.Empty() {
		name = model.Join(" ", w.FirstName, w.LastName)
	}
	return model.User{
		ID: strconv.FormatInt(w.ID, 10), Username: w.Username, FullName: name,
		Mobile: w.Mobile, Email: w.Email,
		Active: w.Active.Answer, Staff: w.Staff.Answer, Admin: w.Admin.Answer,
		LastLogin: w.LastLogin.OrNever(), Created: w.CreatedAt.When(),
	}
}
