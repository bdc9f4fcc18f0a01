package saymon

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"authdeck/client/wire"
	"authdeck/model"
)

// allUsers is the answer of get-all-users: an array in the examples and the
// newest pages, a member "users" in the tables of the older ones.
type allUsers wire.Rows[user]

// UnmarshalJSON implements [json.Unmarshaler].
func (l *allUsers) UnmarshalJSON(data []byte) error {
	var bare wire.Rows[user]
	if json.Unmarshal(data, &bare) == nil && bare != nil {
		*l = allUsers(bare)
		return nil
	}
	var boxed struct {
		Users wire.Rows[user] `json:"users"`
	}
	if json.Unmarshal(data, &boxed) == nil && boxed.Users != nil {
		*l = allUsers(boxed.Users)
		return nil
	}
	return errors.New("this is no list of users")
}

// oneUser is the answer of get-user-by-id. The newest page shows it, for callers
// with few rights, in an array.
type oneUser user

// UnmarshalJSON implements [json.Unmarshaler].
func (o *oneUser) UnmarshalJSON(data []byte) error {
	var many wire.Rows[user]
	if json.Unmarshal(data, &many) == nil && len(many) == 1 {
		*o = oneUser(many[0])
		return nil
	}
	return json.Unmarshal(data, (*user)(o))
}

// longestKey is far more than the 36 letters of every example.
const longestKey = 512

// word is the answer to a new token or session: a JSON string in the newer pages,
// the bare text in an older one, of a type that none of them names.
type word struct{ model.Secret }

// UnmarshalBody implements [wire.BodyUnmarshaler].
func (w *word) UnmarshalBody(body []byte) error {
	text := strings.TrimSpace(string(body))
	if json.Valid(body) {
		if err := json.Unmarshal(body, &text); err != nil {
			return errors.New("what came is no key")
		}
	}
	if err := wordy(text); err != nil {
		return err
	}
	w.Secret = model.NewSecret(text)
	return nil
}

// wordy refuses what is no key and no session id: what a header or an address
// would not hold, a page of HTML, and half an answer.
func wordy(text string) error {
	switch {
	case text == "" || text == "null":
		return errors.New("there is no key in the answer")
	case len(text) > longestKey:
		return errors.New("what came is too long for a key")
	case strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"<>\{}[],;`, r) }):
		return errors.New("what came is no key")
	}
	return nil
}

// done is the answer of a deletion: none, by the pages. What becomes of the object
// is read afterwards, so that any JSON is as good; a page of HTML is not.
type done struct{}

// UnmarshalBody implements [wire.BodyUnmarshaler].
func (*done) UnmarshalBody(body []byte) error {
	if len(bytes.TrimSpace(body)) > 0 && !json.Valid(body) {
		return errors.New("what came is no JSON")
	}
	return nil
}
