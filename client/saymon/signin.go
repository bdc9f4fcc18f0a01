package saymon

import (
	"context"
	"net/http"

	"github.com/go-resty/resty/v2"

	"authdeck/client/wire"
	"authdeck/model"
)

// inQuery signs as create-authentication-token documents it; no header form is
// known. Errors and logs hold no query.
func inQuery(r *resty.Request, key model.Secret) { r.SetQueryParam("api-token", key.Reveal()) }

// session is one that the console opened. Newer servers hand out a csrf cookie
// with it, which their clients send back twice.
type session struct{ id, csrf model.Secret }

// signIn opens a session (create-new-session).
func (s *saymon) signIn(ctx context.Context, username string, password model.Secret) (model.Secret, error) {
	reply, err := wire.Ask[word](ctx, s.conn, wire.Request{
		Method: http.MethodPost, Path: "/node/api/users/session", Anonymous: true,
		Body: map[string]string{"login": username, "password": password.Reveal()},
	})
	switch {
	case err != nil && reply.Status/100 == 2:
		return model.Secret{}, wire.Reword(err, model.Malformed, "the server answered the sign-in with something that is no session id")
	case err != nil:
		return model.Secret{}, err
	}
	opened := session{id: reply.Value.Secret}
	for _, cookie := range (&http.Response{Header: reply.Header}).Cookies() {
		if cookie.Name == "csrf" {
			opened.csrf = model.NewSecret(cookie.Value)
		}
	}
	s.session.Store(&opened)
	return opened.id, nil
}

// beside is the second secret of a session.
func (s *saymon) beside() []model.Secret {
	if opened := s.session.Load(); opened != nil {
		return []model.Secret{opened.csrf}
	}
	return nil
}

// withSession signs with the cookies of a session.
func (s *saymon) withSession(r *resty.Request, id model.Secret) {
	cookies := "sid=" + id.Reveal()
	if opened := s.session.Load(); opened != nil && opened.id.Equal(id) && !opened.csrf.Empty() {
		cookies += "; csrf=" + opened.csrf.Reveal()
		r.SetHeader("X-Csrf-Token", opened.csrf.Reveal())
	}
	r.SetHeader("Cookie", cookies)
}

// Close implements [model.API]: it ends the session that the console opened
// (delete-current-session). One that the server does not know any more has ended.
func (s *saymon) Close(ctx context.Context) error {
	if err := s.conn.StopSignIns(ctx); err != nil {
		return err
	}
	if _, open := s.conn.SessionKey(); !open {
		return nil
	}
	_, err := wire.Call[done](ctx, s.conn, wire.Request{Method: http.MethodDelete, Path: "/node/api/users/session"})
	if err == nil || model.KindOf(err) == model.Unauthorized {
		s.conn.Forget()
		s.session.Store(nil)
		return nil
	}
	return err
}
