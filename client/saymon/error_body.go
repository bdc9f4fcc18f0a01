package saymon

import (
	"context"
	"encoding/json"
	"regexp"

	"authdeck/client/wire"
	"authdeck/model"
)

// explain reads an error's body (response errors): {"code", "message"}, where the
// message of a 401 is itself JSON. Which error it is, the status alone says: the
// names of many are not documented.
func (s *saymon) explain(body []byte) wire.FieldErrors {
	var outer struct {
		Code    optional[string] `json:"code"`
		Message json.RawMessage  `json:"message"`
	}
	if json.Unmarshal(body, &outer) != nil {
		return s.withoutKeys(wire.ParseFieldErrors(body))
	}
	text, code := said(outer.Message, 3), outer.Code.value
	switch {
	case text == "" && code == "":
		return s.withoutKeys(wire.ParseFieldErrors(body))
	case text == "":
		text = code
	case code != "":
		text += " (" + code + ")"
	}
	return s.withoutKeys(wire.FieldErrors{"": {text}})
}

// said is the text in a message, which may be a text, an object with a message,
// or a text that holds such an object.
func said(message []byte, depth int) string {
	var text string
	if json.Unmarshal(message, &text) == nil {
		if inner := said([]byte(text), depth-1); depth > 0 && inner != "" {
			return inner
		}
		return text
	}
	var nested struct {
		Message json.RawMessage `json:"message"`
	}
	if depth <= 0 || json.Unmarshal(message, &nested) != nil {
		return ""
	}
	return said(nested.Message, depth-1)
}

// withoutKeys takes out what the connection does not know of: an address with a key in
// it, in whatever spelling.
func (s *saymon) withoutKeys(c wire.FieldErrors) wire.FieldErrors {
	address := regexp.MustCompile(`(?i)api-token(=|%3d)[^&\s"']*`)
	for _, texts := range c {
		for i := range texts {
			texts[i] = address.ReplaceAllString(texts[i], "api-token=[secret]")
		}
	}
	return c
}

// judge adds to a refused sign-in what a person would have to know of this
// system. The pages say that a server can have sign-in by token switched off, and
// that accounts come from LDAP and Keycloak too.
func (s *saymon) judge(_ context.Context, _ wire.Request, failure error) error {
	if model.KindOf(failure) != model.Unauthorized {
		return failure
	}
	hint := map[wire.Way]string{
		wire.ByToken:   "if the key is right, sign-in by token may be switched off on this server: use a user name and a password",
		wire.ByBasic:   "if the password is right, an account of LDAP or Keycloak may have to sign in in another way",
		wire.BySession: "if the session has ended, the next request signs in again",
	}[s.conn.Way]
	return wire.Reword(failure, model.Unauthorized, model.Reason(failure)+"; "+hint)
}
