package authentik

import (
	"context"
	"crypto/rand"
	"regexp"
	"strconv"
	"strings"
	"time"

	"authdeck/model"
)

// replace makes a token like this one under a passing identifier, reads its key,
// deletes the old one and gives the new one its identifier. No two tokens share
// an identifier, so that deleting first would be a step shorter; but if the new
// one were then refused, or its answer lost, nothing would be left, and the
// console's own key would end before its successor is known. This way every step
// that fails leaves a key that works, and what is left to do is to delete or to
// rename.
func (a *authentik) replace(ctx context.Context, t model.Token) (model.Issued, error) {
	w, err := a.unchanged(ctx, t)
	if err == nil {
		err = a.replaceable(ctx, t)
	}
	if err != nil {
		return model.Issued{}, err
	}
	d := w.successor()
	a.memory.replacing(w, d.Identifier)
	made, err := a.post(ctx, d)
	if err != nil {
		return model.Issued{}, err
	}
	issued := model.Issued{Token: a.row(made)}
	if err := d.madeOtherwise(made); err != nil {
		return issued, half("token "+made.id()+" is made; "+t.ID+" is as it was; delete the one that you do not want", err)
	}
	if issued.Key, err = a.viewKey(ctx, made); err != nil {
		return issued, half("token "+made.id()+" is made, but its key could not be read; "+t.ID+
			" is as it was; delete the one that you do not want", err)
	}
	if issued.Notes, err = a.supersede(ctx, w, made, issued.Key); err != nil {
		return issued, half("token "+made.id()+" is made and v shows its key, but "+t.ID+
			" could not be deleted, or nobody knows; delete it when nothing uses it any more", err)
	}
	after, err := a.rename(ctx, made, d, w.id())
	if err != nil {
		issued.Token = a.row(made)
		return issued, half("token "+t.ID+" is deleted and "+made.id()+" is made in its place; "+notRenamed(err), err)
	}
	issued.Token = a.row(after)
	issued.Notes = append(issued.Notes, d.differences(token{}, after)...)
	if w.Description.Odd {
		issued.Notes = append(issued.Notes, "The description of the old token could not be read as a text; the new one has none.")
	}
	return issued, nil
}

// notRenamed says what the new token is called, where the last step failed.
func notRenamed(err error) string {
	if model.KindOf(err) == model.Uncertain {
		return "whether it has the old identifier by now is not known: it is one of the two in the list, and v shows its key"
	}
	return "v shows its key; but it could not be given the old identifier; edit does that"
}

// supersede deletes the old token, and goes on with the new key if the old one was
// the console's own.
func (a *authentik) supersede(ctx context.Context, old, made token, key model.Secret) (notes []string, err error) {
	row := a.row(old)
	mine := a.mayBeOwn(ctx, row) // afterwards nobody could tell
	taken, said := a.delete(ctx, old)
	if model.KindOf(said) == model.NotFound {
		return []string{"The old token was not found when it was to be deleted: deleted by this, or deleted or renamed by somebody else in this moment. " +
			"Look in the list; under another name its key still opens."}, nil
	}
	if err = old.inDoubt(said, mine); err != nil && model.KindOf(err) != model.Uncertain {
		return nil, err
	}
	went := stayed
	if mine {
		notes, went = a.follow(ctx, key, row, made)
	}
	switch {
	case went == moved: // the old key is dead, so it happened
		return notes, nil
	case !taken:
		return notes, err
	}
	more, err := a.gone(ctx, old, said, false)
	return append(notes, more...), err
}

// replaceable stops before anything is made.
func (a *authentik) replaceable(ctx context.Context, t model.Token) error {
	if why := fixed(t); why != "" {
		return model.Fail(model.Unsupported, why)
	}
	me, err := a.me(ctx)
	if err != nil {
		return err
	}
	return mayMakeFor(me, t.Owner.ID)
}

// successor is the draft of a token like this one. An app password's date goes
// along while it is to come.
func (w token) successor() draft {
	d := w.kept()
	d.Identifier = passing(w.id())
	description, _ := w.Description.Value.Original() // fixed has seen to it that it is whole
	d.Description = new(description)
	d.Expiring = new(w.Expiring.Answer != model.No)
	if at, dated := w.expires().Time(); dated && d.Intent == appPassword && at.After(time.Now()) {
		d.Expires = &at
	}
	return d
}

// passing is an identifier that nothing has yet, and by which a person knows what
// it was made for.
func passing(identifier string) string {
	const room = 255 - len("-new-xxxxxx")
	return identifier[:min(len(identifier), room)] + "-new-" + strings.ToLower(rand.Text()[:6])
}

// madeOtherwise stops before the old token goes for one that is another's, or of
// another kind.
func (d draft) madeOtherwise(made token) error {
	if owner := made.owner(); owner != 0 && owner != d.User {
		return model.Fail(model.Conflict, "the server gave it to another user")
	}
	if kind := made.Intent.Value.String(); kind != "" && kind != d.Intent {
		return model.Fail(model.Conflict, "the server made it of another kind")
	}
	return nil
}

// rename gives the new token the identifier of the old one.
func (a *authentik) rename(ctx context.Context, made token, d draft, identifier string) (token, error) {
	made.User, made.Intent.Value = d.User, model.Clean(d.Intent)
	change := made.kept()
	change.Identifier = identifier
	return a.patch(ctx, made, change)
}

// prepareLike is the form of a new token, filled in as an old one is that it is to stand
// beside. Rights that were given on the old token are not on the new one.
func (a *authentik) prepareLike(ctx context.Context, t model.Token) (model.Form, error) {
	if why := fixed(t); why != "" {
		return model.Form{}, model.Fail(model.Unsupported, why)
	}
	form, err := a.prepareCreate(ctx, t.Owner)
	if err != nil {
		return form, err
	}
	description, _ := t.Description.Original() // fixed has seen to it that it is whole
	values := map[string]string{"identifier": a.nextName(ctx, t.ID), "description": description, "intent": t.Kind.String(), "expiring": "yes", "expires": ""}
	if t.Expires.Knowledge() == model.Never {
		values["expiring"] = "no"
	}
	if at, dated := t.Expires.Time(); dated && t.Kind.String() == appPassword && at.After(time.Now()) {
		values["expires"] = prefilled(t)
	}
	for i, f := range form.Fields {
		form.Fields[i].Value = values[f.Key]
	}
	form.Warnings = append(form.Warnings, "Rights that were given on the old token itself are not given on the new one.")
	if !t.Managed.Empty() {
		form.Warnings = append(form.Warnings, "The old token is marked as managed by “"+t.Managed.String()+"”; the new one will not be.")
	}
	return form, nil
}

// namesTried is how many names are asked for before one is made of chance.
const namesTried = 4

// nextName is an identifier that no token has yet, as far as that can be asked, and by which a
// person knows which one it comes after: ci, ci-2, ci-3.
func (a *authentik) nextName(ctx context.Context, identifier string) string {
	base, number := identifier, 1
	if found := regexp.MustCompile(`^(.+)-([2-9]|[1-9][0-9])$`).FindStringSubmatch(identifier); found != nil {
		base = found[1]
		number, _ = strconv.Atoi(found[2])
	}
	const room = 255 - len("-100")
	base = base[:min(len(base), room)]
	for next := number + 1; next <= number+namesTried; next++ {
		name := base + "-" + strconv.Itoa(next)
		if _, absent, err := a.find(ctx, name); absent || err != nil {
			return name // one that is taken after all is refused before anything is made
		}
	}
	return base + "-" + strings.ToLower(rand.Text()[:6])
}
