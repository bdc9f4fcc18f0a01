package authentik

import (
	"cmp"
	"fmt"
	"strconv"
	"time"

	"authdeck/model"
)

// draft is what a create or an edit sends (schema, TokenRequest). User and intent
// are in every one: an edit without the first moves the token to whoever sends
// it, one without the second makes an API token of it (core/api/tokens.py,
// validate). What is nil stays as it is, an app password's date too (seen on
// 2025.12.4 and 2026.5.0-rc1); a null would fail before 2025.12.3, and a date that is
// sent back unchanged is refused where it is later than the server allows by now, as
// that of every service account's password is.
type draft struct {
	Identifier  string     `json:"identifier,omitempty"`
	Intent      string     `json:"intent"`
	User        number     `json:"user,omitempty"`
	Description *string    `json:"description,omitempty"`
	Expiring    *bool      `json:"expiring,omitempty"`
	Expires     *time.Time `json:"expires,omitempty"`
}

// created is the draft of a new token, of what was filled in.
func created(o model.Order) (draft, error) {
	values := o.Values
	d := draft{
		Identifier: values["identifier"], Intent: cmp.Or(values["intent"], apiToken),
		Description: new(values["description"]), Expiring: new(true),
	}
	if err := identifier(d.Identifier); err != nil {
		return d, wrong("identifier", err)
	}
	if err := yesNo(values, d.Expiring); err != nil {
		return d, err
	}
	if d.Intent != apiToken && d.Intent != appPassword {
		return d, model.Fail(model.Invalid, "kind: authentik lets people make API tokens and app passwords only")
	}
	var err error
	if d.User, err = userNumber(cmp.Or(o.Owner.ID, o.Token.Owner.ID)); err != nil {
		return d, err
	}
	d.Expires, err = expiry(values["expires"], *d.Expiring)
	return d, err
}

// changed is the draft of an edit: the owner and the intent as they are, and what
// is to be different.
func (w token) changed(t model.Token, values map[string]string) (draft, error) {
	d := w.kept()
	if id, given := values["identifier"]; given && id != w.id() {
		if err := identifier(id); err != nil {
			return d, wrong("identifier", err)
		}
		d.Identifier = id
	}
	before, _ := w.Description.Value.Original()
	if text, given := values["description"]; given && text != before {
		d.Description = &text
	}
	expiring := w.Expiring.Answer != model.No
	if err := yesNo(values, &expiring); err != nil {
		return d, err
	}
	if expiring != (w.Expiring.Answer != model.No) {
		d.Expiring = &expiring
	}
	if d.Intent != appPassword {
		return d, nil
	}
	return d, d.redate(prefilled(t), values, expiring, w.Expires.When())
}

// redate puts the date of a form into the draft of an app password, where it is
// another than the form began with. One that did not expire and now does may hold
// an old date, with which it would end at once.
func (d *draft) redate(before string, values map[string]string, expiring bool, held model.When) error {
	if after, given := values["expires"]; given && after != before {
		at, err := expiry(after, expiring)
		switch {
		case err != nil:
			return err
		case at == nil && expiring:
			return model.Fail(model.Invalid, "expires on: an app password that expires keeps a date; say which")
		}
		d.Expires = at
	}
	if at, known := held.Time(); d.Expiring != nil && expiring && d.Expires == nil && (!known || !at.After(time.Now())) {
		return model.Fail(model.Invalid, "expires on: say when the app password is to expire")
	}
	return nil
}

// yesNo reads whether a token expires, where a form says so.
func yesNo(values map[string]string, expiring *bool) error {
	switch values["expiring"] {
	case "":
	case "yes":
		*expiring = true
	case "no":
		*expiring = false
	default:
		return model.Fail(model.Invalid, "expires: it is yes or no")
	}
	return nil
}

// kept is an edit that changes nothing of an app password; of an API token the server
// starts the date anew all the same.
func (w token) kept() draft { return draft{Intent: w.Intent.Value.String(), User: w.owner()} }

// prefilled is a token's date as the form begins with it.
func prefilled(t model.Token) string {
	if at, known := t.Expires.Time(); known {
		return at.Format(time.RFC3339)
	}
	return ""
}

func userNumber(id string) (number, error) {
	if id == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n < 1 {
		return 0, model.Fail(model.Invalid, "user: authentik's users are called by numbers")
	}
	return number(n), nil
}

// expiry reads the date of a form.
func expiry(value string, expiring bool) (*time.Time, error) {
	if value == "" {
		return nil, nil //nolint:nilnil // no date is a valid answer
	}
	if !expiring {
		return nil, model.Fail(model.Invalid, "expires on: a token that does not expire has no date; clear it, or say that it expires")
	}
	if err := future(value); err != nil {
		return nil, wrong("expires on", err)
	}
	at, err := time.Parse(time.RFC3339, value)
	return &at, err
}

func wrong(label string, err error) error {
	return model.Fail(model.Invalid, label+": "+err.Error())
}

// differences says what the server made of a draft. It is silent itself: core/
// api/tokens.py sets the date of every API token, and a non-superuser's owner and
// flag. Before is the token that was edited; a new one had none.
func (d draft) differences(before, got token) []string {
	var notes []string
	if owner := got.owner(); d.User != 0 && owner != 0 && owner != d.User {
		notes = append(notes, fmt.Sprintf("The server gave the token to user %d and not to %d: it acts as that one.", owner, d.User))
	}
	if kind := got.Intent.Value.String(); kind != "" && kind != d.Intent {
		notes = append(notes, "The server made it "+kind+" and not "+d.Intent+".")
	}
	if d.Expiring != nil && got.Expiring.Answer != model.Unsaid && got.Expiring.Answer != model.AnswerOf(*d.Expiring) {
		notes = append(notes, map[model.Answer]string{
			model.Yes: "The server decided that the token expires, although it should not.",
			model.No:  "The server decided that the token does not expire, although it should.",
		}[got.Expiring.Answer])
	}
	if d.Description != nil && got.Description.Value != model.Clean(*d.Description) {
		notes = append(notes, "The server keeps another description than was sent.")
	}
	return append(notes, d.dated(before, got)...)
}

// dated says which date a token got, where it is neither the one that was sent nor the
// one that it showed before.
func (d draft) dated(before, got token) []string {
	at, known := got.expires().Time()
	switch {
	case !known, d.Expires == nil && before.expires().Equal(got.expires()):
		return nil
	case d.Expires == nil && before.Expires.When().Equal(got.expires()):
		return []string{"It expires on " + date(at) + ": the date that it had while it did not expire."}
	case d.Expires == nil && !at.After(time.Now()):
		return []string{"It expired on " + date(at) + ", as it was made: the server sets this date itself, and the key opens nothing."}
	case d.Expires == nil:
		return []string{"It expires on " + date(at) + ": the server sets this date itself."}
	case !at.Truncate(time.Microsecond).Equal(d.Expires.Truncate(time.Microsecond)):
		return []string{"It expires on " + date(at) + " and not on " + date(*d.Expires) + ": the server sets this date itself."}
	}
	return nil
}
