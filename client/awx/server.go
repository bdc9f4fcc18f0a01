package awx

import (
	"context"
	"net/http"
	"regexp"
	"strconv"
	"sync/atomic"

	"authdeck/client/wire"
	"authdeck/model"
)

// server is what all generations share: the connection, where the API stands, and what
// was learned on the way.
type server struct {
	conn    *wire.Conn
	base    []string
	saysWhy bool                       // a password that it does not accept (django-ansible-base of 2024 and 2026; AWX says the same to all)
	product atomic.Pointer[string]     // its version, if an answer told it
	me      atomic.Pointer[model.User] // who asks, once that is known
}

// path is one under the API's place, with the slash without which it is
// redirected.
func (s *server) path(parts ...string) (string, error) {
	return wire.Slashed(append(append([]string{}, s.base...), parts...)...)
}

// numbered is the path of one object. Its id must be a number: some versions take
// a name there too, and would find another object by it.
func (s *server) numbered(list, id string, parts ...string) (string, error) {
	if n, err := strconv.ParseInt(id, 10, 64); err != nil || n < 1 || strconv.FormatInt(n, 10) != id {
		return "", model.Fail(model.Invalid, strconv.Quote(id)+" is no number of an object here")
	}
	return s.path(append([]string{list, id}, parts...)...)
}

// ask makes one exchange and remembers what its headers tell.
func ask[T any](ctx context.Context, s *server, r wire.Request) (T, error) {
	reply, err := wire.Ask[T](ctx, s.conn, r)
	s.learn(reply.Header)
	return reply.Value, err
}

// learn reads the product's version (AWX, from 11.1.0 on). What does not look
// like one is not shown.
func (s *server) learn(h http.Header) {
	version := h.Get("X-API-Product-Version")
	if regexp.MustCompile(`^[0-9][0-9A-Za-z.+-]{0,29}$`).MatchString(version) {
		s.product.Store(&version)
	}
}

// called is a generation's name with the version, if that is known.
func (s *server) called(name string) string {
	if version := s.product.Load(); version != nil {
		return name + " (" + *version + ")"
	}
	return name
}

// asker is who the credential is; the server is asked once.
func (s *server) asker(ctx context.Context) (model.User, error) {
	if me := s.me.Load(); me != nil {
		return *me, nil
	}
	return s.WhoAmI(ctx)
}

// WhoAmI implements [model.API]. The answer is a list of one (AWX, UserMeList).
func (s *server) WhoAmI(ctx context.Context) (model.User, error) {
	path, err := s.path("me")
	if err != nil {
		return model.User{}, err
	}
	me, err := s.whose(ctx, wire.Get(path), "who we are; is this an AWX, a Tower or an automation platform?")
	if err != nil {
		return model.User{}, err
	}
	s.me.Store(&me)
	return me, nil
}

// whose is the one user that is the answer to a request.
func (s *server) whose(ctx context.Context, r wire.Request, question string) (model.User, error) {
	answer, err := ask[envelope[user]](ctx, s, r)
	switch {
	case err != nil:
		return model.User{}, err
	case len(answer.Results) != 1 || answer.Results[0].ID == 0:
		return model.User{}, model.Fail(model.Malformed, "the server answered without saying "+question)
	}
	return answer.Results[0].user(), nil
}

// sign puts the credential on every request: the token, or user name and password.
func (s *server) sign() {
	s.conn.Judge = s.judge
	s.conn.OnNewKey = func() { s.me.Store(nil) }
	s.conn.Sign = wire.Bearer("Bearer")
	if s.conn.Way == wire.ByBasic {
		s.conn.Sign = s.conn.Basic
	}
}
