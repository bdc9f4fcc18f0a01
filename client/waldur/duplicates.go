package waldur

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"authdeck/client/wire"
	"authdeck/model"
)

// recentPersonal are our own personal access tokens, newest first: a page of them.
func (w *waldur) recentPersonal(ctx context.Context) ([]personal, error) {
	page, err := fetchPage[personal](ctx, w, personalPath, 1, maxPageSize, nil)
	return page.rows, err
}

// remember notes which tokens there are before a new one of that name is asked for:
// what is there afterwards and was not before came of this, or of somebody else in
// the same moment.
func (w *waldur) remember(ctx context.Context, name model.Text) error {
	rows, err := w.recentPersonal(ctx)
	if w.knowsNone(ctx, err) {
		return wire.Reword(err, model.Unsupported, personalMissing)
	}
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, row := range rows {
		there[row.id()] = true
	}
	w.made.Store(name.String(), there)
	return nil
}

// newTokens are the tokens like one that is meant which were not there before it was
// asked for; never remembered says that nobody looked before.
func (w *waldur) newTokens(ctx context.Context, meant model.Token) (found []personal, remembered bool, _ error) {
	before, remembered := w.made.Load(meant.Name.String())
	there, _ := before.(map[string]bool)
	rows, err := w.recentPersonal(ctx)
	for _, row := range rows {
		like := row.Name == meant.Name && slices.Equal(words(model.Join(" ", row.Scopes...)), words(meant.Scope))
		if like && !there[row.id()] {
			found = append(found, row)
		}
	}
	return found, remembered, err
}

// tellDuplicates says whether a token was made more than once: authdeck sends a write
// once, and something in between may have sent it again.
func (w *waldur) tellDuplicates(ctx context.Context, issued *model.Issued) {
	ctx, cancel := wire.WithProofTimeout(ctx)
	defer cancel()
	found, _, err := w.newTokens(ctx, issued.Token)
	if err != nil {
		issued.Notes = append(issued.Notes, "Whether it was made once only could not be read afterwards: "+model.Reason(err)+".")
		return
	}
	found = slices.DeleteFunc(found, func(row personal) bool { return personalID+row.id() == issued.Token.ID })
	if len(found) == 0 {
		return
	}
	for _, row := range found {
		issued.Alike = append(issued.Alike, row.token(issued.Token.Owner))
	}
	issued.Notes = append(issued.Notes, fmt.Sprintf("%d more like it came in the same moment, and nobody has seen their keys: something between authdeck and the server "+
		"may have sent this again. Look at the tokens named %s, and revoke those that nobody made.", len(found), issued.Token.Name))
}

// refusedCreation is a refusal of a new token. The server may have said so to a
// second sending of the same, when the first one had filled the last place.
func (w *waldur) refusedCreation(ctx context.Context, meant model.Token, err error) error {
	switch {
	case w.knowsNone(ctx, err):
		return wire.Reword(err, model.Unsupported, personalMissing)
	case !wire.FromSystem(err) || wire.Status(err) != http.StatusBadRequest && wire.Status(err) != http.StatusConflict:
		return err
	}
	found, _, unread := w.newTokens(ctx, meant)
	if unread == nil && len(found) == 0 {
		return err
	}
	return wire.ErrMayBeDuplicate(err, madeAfterAll(found), unread)
}

// madeAfterAll is what is found of a new token whose answer did not come.
func madeAfterAll(found []personal) model.Finding {
	if len(found) == 0 {
		return model.Finding{End: model.Unseen, Words: "No new token of that name is there."}
	}
	row, only := found[0], model.Token{}
	if len(found) == 1 {
		only = row.token(model.User{})
	}
	return model.Finding{End: model.Visible, Token: only, Words: fmt.Sprintf("A token named %s is there that was not before, made on %s: this may be the one. "+
		"Its key is shown to nobody any more; revoke it, and make another.", row.Name, day(row.Created.When()))}
}
