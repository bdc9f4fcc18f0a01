package plan

import (
	"context"
	"strings"
	"time"

	"authdeck/model"
)

// differenceNow reads a token again, among those of its owner, and says what is different, or
// why that cannot be told.
func differenceNow(ctx context.Context, api model.API, before *model.Token) string {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	switch _, now := readingOf(ctx, api, before.Owner).compared(before); {
	case now.Changed != "":
		return now.Changed
	case now.Unread != "":
		return "what is different could not be read: " + now.Unread
	}
	return "what is different is nothing that the list of its owner's tokens shows"
}

// Difference says in words what of a token is not as it was. That it was used since makes it no
// other one, and is a risk by itself. What one of the two readings does not tell is no
// difference: another credential may see less. Of a state that no field tells
// the system's own client made the version, which is the same for the same state.
func Difference(was, is *model.Token) string {
	var d differences
	d.text("the name", was.Name, is.Name)
	d.owner(was.Owner, is.Owner)
	d.text("the kind", was.Kind, is.Kind)
	d.text("the description", was.Description, is.Description)
	d.text("the scope", was.Scope, is.Scope)
	d.text("the application", was.App, is.App)
	d.text("managed", was.Managed, is.Managed)
	d.when("its beginning", "", was.Created, is.Created)
	d.when("its end", "", was.Expires, is.Expires)
	d.when("its key", "of ", was.Updated, is.Updated)
	if was.State != is.State && was.State != model.Unclear && is.State != model.Unclear {
		d.note("the state", stateWord(was.State), stateWord(is.State))
	}
	if len(d) == 0 && was.Version != is.Version {
		d = append(d, "it is in another state on the server")
	}
	if is.Own && !was.Own {
		d = append(d, "authdeck itself signs in with it now")
	}
	return strings.Join(d, "; ")
}

// differences are what is different, a clause each.
type differences []string

func (d *differences) note(what, before, after string) {
	*d = append(*d, what+" was "+orNone(before)+" and is "+orNone(after))
}

func (d *differences) text(what string, was, is model.Text) {
	if was.String() != is.String() {
		d.note(what, was.String(), is.String())
	}
}

// when notes a moment that is another one, as far as its digits as is needed to see it.
func (d *differences) when(what, before string, was, is model.When) {
	if was.Equal(is) || was.Knowledge() == model.Unknown || is.Knowledge() == model.Unknown {
		return
	}
	a, b := dayOf(was), dayOf(is)
	if a == b {
		a, b = whenWord(was), whenWord(is)
	}
	d.note(what, before+a, before+b)
}

// owner notes another account, or the same one under another name.
func (d *differences) owner(was, is model.User) {
	switch a, b := owner(was), owner(is); {
	case was.ID != "" && is.ID != "" && was.ID != is.ID && a == b:
		d.note("the owner", numbered(was), numbered(is))
	case was.ID != "" && is.ID != "" && was.ID != is.ID:
		d.note("the owner", a, b)
	case !was.Username.Empty() && !is.Username.Empty() && a != b:
		d.note("the name of its owner", a, b)
	}
}

func owner(u model.User) string {
	if u.Username.Empty() {
		return model.Clean(u.ID).String()
	}
	return u.Username.String()
}

// numbered is an account among others of its name.
func numbered(u model.User) string { return owner(u) + " (" + model.Clean(u.ID).String() + ")" }

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func dayOf(w model.When) string {
	at, known := w.Time()
	if !known {
		return whenWord(w)
	}
	return at.Format("2006-01-02 15:04:05")
}

func stateWord(of model.State) string {
	for word, is := range states() {
		if is == of {
			return word
		}
	}
	return unknown
}

const lookTimeout = 15 * time.Second // for a look at what is different
