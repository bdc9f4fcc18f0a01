package awx

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"authdeck/client/wire"
	"authdeck/model"
)

// Do implements [model.API].
func (i *issuer) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	switch o.Action {
	case model.Create:
		return i.create(ctx, o)
	case model.Edit:
		return i.edit(ctx, o)
	case model.Regenerate:
		return i.regenerate(ctx, o)
	case model.Delete:
		return i.end(ctx, o.Token)
	default:
		return model.Issued{}, model.Fail(model.Unsupported, i.missing()[o.Action])
	}
}

// draft is what a server lets choose of a token; the rest is read-only. A scope
// that is left out is the server's own choice.
type draft struct {
	Description string `json:"description"`
	Scope       string `json:"scope,omitempty"`
	Application number `json:"application,omitempty"`
}

func (i *issuer) create(ctx context.Context, o model.Order) (model.Issued, error) {
	owner := o.Owner
	if owner.ID == "" {
		owner = o.Token.Owner
	}
	d, err := drafted(o)
	if err != nil {
		return model.Issued{}, err
	}
	if owner.ID != "" {
		me, err := i.asker(ctx)
		if err != nil {
			return model.Issued{}, err
		}
		if owner.ID != me.ID {
			return model.Issued{}, notForOthers(me)
		}
	}
	since := orderedAt(o)
	w, err := i.post(ctx, d)
	switch {
	case model.KindOf(err) == model.Uncertain:
		return model.Issued{}, wire.Reword(err, model.Uncertain, model.Reason(err)+"; if a token comes of it, nobody has its key: delete it then")
	case err != nil:
		return model.Issued{}, err
	}
	issued := i.issued(w, d, model.When{})
	i.tellDuplicates(ctx, &issued, duplicateOf{since: since}.of(w), "made")
	return issued, nil
}

// drafted is what an order asks for.
func drafted(o model.Order) (draft, error) {
	d := draft{Description: o.Values[descriptionKey], Scope: o.Values[scopeKey]}
	if err := checkScope(d.Scope, model.Text{}); err != nil {
		return draft{}, err
	}
	if chosen := o.Values[applicationKey]; chosen != "" {
		n, err := strconv.ParseInt(chosen, 10, 64)
		if err != nil || n < 1 {
			return draft{}, model.Fail(model.Invalid, "application: this is none of those to choose from")
		}
		d.Application = number(n)
	}
	return d, nil
}

// checkScope takes what every version knows, and what the token has already.
func checkScope(scope string, now model.Text) error {
	words := strings.Fields(scope)
	if before, _ := now.Original(); scope == before || len(words) == 0 {
		return nil
	}
	slices.Sort(words)
	given, known := len(words), []string{"read", "write"}
	foreign := slices.ContainsFunc(words, func(word string) bool { return !slices.Contains(known, word) })
	if foreign || len(slices.Compact(words)) < given {
		return model.Fail(model.Invalid, "scope: it is read or write, or both")
	}
	return nil
}

// post makes a token. Its key is in this answer and in no other.
func (i *issuer) post(ctx context.Context, d draft) (token, error) {
	path, err := i.path("tokens")
	if err != nil {
		return token{}, err
	}
	w, err := ask[token](ctx, i.server, wire.Request{Method: http.MethodPost, Path: path, Body: d})
	switch {
	case err != nil:
	case i.conn.InUse(w.Key.Value):
		err = model.Fail(model.Uncertain, "the server said yes, but answered with the key that authdeck itself signs in with, which is no new one; look for a new token in the list")
	case masked(w.Key.Value) && w.ID == 0:
		err = model.Fail(model.Uncertain, "the server said yes, but its answer holds neither a key nor a number; look for a new token in the list")
	case masked(w.Key.Value):
		err = model.Fail(model.Partial, "token #"+w.ID.id()+" was made, but the server did not show its key: nobody can use it; delete it and create another")
	}
	return w, err
}

// issued is what is handed out of a token that was made, in place of one that had an
// end if there was one.
func (i *issuer) issued(w token, d draft, before model.When) model.Issued {
	return model.Issued{Token: i.token(w), Key: w.Key.Value, Notes: append(expiryNotes(w, before), i.differences(w, d)...)}
}

// masked reports whether a key is not there or hidden: asterisks, of which
// versions write different numbers, or the gateway's word.
func masked(key model.Secret) bool {
	plain := key.Reveal()
	return strings.Trim(plain, "*") == "" || plain == "$encrypted$"
}

// differences are sentences about what the server made of a draft.
func (i *issuer) differences(w token, d draft) []string {
	var notes []string
	if w.ID == 0 {
		notes = append(notes, "The server did not say which number the token has; look for it in the list.")
	}
	owner := w.token().Owner
	if me := i.me.Load(); me != nil && owner.ID != "" && owner.ID != me.ID {
		notes = append(notes, "The token is not for "+me.Username.String()+", whom authdeck signs in as, but for user "+owned(owner)+"; an application can have a user of its own.")
	}
	switch {
	case w.Application == nil && d.Application != 0:
		notes = append(notes, "The server made a personal token, and not one for the application.")
	case w.Application != nil && *w.Application != d.Application:
		notes = append(notes, "The server made the token for the application "+w.named().String()+", which was not asked for.")
	}
	if !masked(w.Refresh.Value) {
		notes = append(notes, "The server gave a refresh token beside the key, which authdeck does not show.")
	}
	return append(notes, worded(w, d.Description, d.Scope)...)
}

// worded are sentences about the two things that can be edited.
func worded(w token, description, scope string) []string {
	var notes []string
	if now := w.Description.Value; now != model.Clean(description) {
		notes = append(notes, "The server made the description: "+orNone(now))
	}
	if now := w.Scope.Value; scope != "" && now != model.Clean(scope) {
		notes = append(notes, "The server made the scope: "+orNone(now))
	}
	return notes
}

func orNone(t model.Text) string {
	if t.Empty() {
		return "none."
	}
	return t.String() + "."
}

func owned(u model.User) string {
	if u.Username.Empty() {
		return "number " + u.ID
	}
	return u.Username.String()
}

// end deletes a token that the person saw.
func (i *issuer) end(ctx context.Context, t model.Token) (model.Issued, error) {
	if _, err := i.unchanged(ctx, t); err != nil {
		return model.Issued{}, err
	}
	if i.conn.Way == wire.ByToken {
		_, _ = i.asker(ctx) // afterwards nobody could tell
	}
	gone, err := i.remove(ctx, t)
	if err != nil {
		return model.Issued{}, err
	}
	issued := model.Issued{Token: t, Notes: gone.notes}
	if i.maybeOwn(t) {
		if _, err := i.WhoAmI(ctx); keyRefused(err) {
			issued.Notes = append(issued.Notes, "The token is deleted. authdeck itself signed in with it and is signed out: give its configuration another.")
		}
	}
	return issued, nil
}
