package waldur

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"authdeck/client/wire"
	"authdeck/model"
)

const (
	nameLimit    = 150                  // letters; core/models.py, PersonalAccessToken.name
	longestLife  = 365 * 24 * time.Hour // PAT_MAX_LIFETIME_DAYS, as it is delivered
	proposedLife = 90 * 24 * time.Hour
)

// scope is one right that the caller may hand on.
type scope struct {
	Permission  model.Text `json:"permission"`
	Description model.Text `json:"description"`
}

// prepareCreate asks for a personal access token of our own: it is the only kind
// that can be made, and only for oneself.
func (w *waldur) prepareCreate(ctx context.Context, owner model.User) (model.Form, error) {
	me, err := w.me(ctx)
	if err == nil {
		err = mine(owner, me)
	}
	if err != nil {
		return model.Form{}, err
	}
	form := model.Form{}
	scopes, err := wire.Call[wire.Rows[scope]](ctx, w.conn, wire.Get(personalPath+"available_scopes/"))
	switch {
	case w.knowsNone(ctx, err):
		return model.Form{}, model.Fail(model.Unsupported, personalMissing)
	case err != nil:
		form.Warnings = append(form.Warnings, "The scopes that you may choose from did not come ("+model.Reason(err)+"); their names have to be typed.")
	case len(scopes) == 0:
		return model.Form{}, model.Fail(model.Unsupported, "this account has no right that it could hand on to a personal access token")
	}
	form.Fields = fields(scopes)
	form.Warnings = append(form.Warnings, w.usable(ctx, me)...)
	return form, nil
}

// mine refuses to make a token for somebody else.
func mine(owner model.User, me account) error {
	if owner.ID == "" || owner.ID == me.user.ID {
		return nil
	}
	return model.Fail(model.Unsupported, "nobody can make a token for "+named(owner)+
		": a session begins only when they sign in, and personal access tokens everybody makes for themselves")
}

// knowsNone reports whether a 404 means that the server has no personal access
// tokens at all, and learns it. A proxy may answer so for a moment, and a single
// page be missing: a server that has them says whether they are switched on.
func (w *waldur) knowsNone(ctx context.Context, err error) bool {
	if wire.Status(err) != http.StatusNotFound {
		return false
	}
	c, err := w.configuration(ctx)
	if err == nil && c.hasNone() {
		w.noPersonal.Store(true)
		return true
	}
	return false
}

// usable warns of a token that could be made and not be used.
func (w *waldur) usable(ctx context.Context, me account) (warnings []string) {
	if me.personal == model.No {
		warnings = append(warnings, "Your account is not allowed to use personal access tokens: the key will be refused until staff allow it.")
	}
	if c, err := w.configuration(ctx); err == nil && c.personal() == model.No {
		warnings = append(warnings, "This server has personal access tokens switched off: the key will be refused until they are switched on.")
	}
	return warnings
}

// fields are the questions for a new token. Without scopes to choose from their
// names are asked for.
func fields(scopes []scope) []model.Field {
	scope := model.Field{
		Key: "scopes", Label: "scopes", Kind: model.AskText, Check: checkScopes,
		Help: "names of permissions, with blanks between; STAFF.ACCESS is all that staff may do",
	}
	if len(scopes) > 0 {
		scope.Kind, scope.Help = model.AskChoices, "what the token may do; at least one"
	}
	for _, s := range scopes {
		scope.Choices = append(scope.Choices, model.Choice{
			Value: s.Permission.String(), Label: model.Join(": ", s.Permission, s.Description).String(),
		})
	}
	return []model.Field{
		{Key: "name", Label: "name", Kind: model.AskText, Check: checkName, Help: "what it is for"},
		scope,
		{
			Key: "expires", Label: "expires", Kind: model.AskTime, Check: checkExpires,
			Value: time.Now().Add(proposedLife).UTC().Truncate(time.Hour).Format(time.RFC3339),
			Help:  "at most a year from now",
		},
	}
}

func checkName(value string) error {
	if strings.TrimSpace(value) == "" {
		return errors.New("it needs one")
	}
	if n := utf8.RuneCountInString(value); n > nameLimit {
		return fmt.Errorf("it has %d letters, and Waldur keeps %d", n, nameLimit)
	}
	return nil
}

func checkScopes(value string) error {
	if len(strings.Fields(value)) == 0 {
		return errors.New("it needs at least one")
	}
	return nil
}

func checkExpires(value string) error {
	at, err := time.Parse(time.RFC3339, value)
	switch left := time.Until(at); {
	case err != nil:
		return errors.New("a date is needed: Waldur makes none that lasts for ever")
	case left <= 0:
		return errors.New("it lies in the past")
	case left > longestLife:
		return errors.New("it is more than a year away, which is the most that Waldur allows")
	}
	return nil
}

// create makes a personal access token for ourselves.
func (w *waldur) create(ctx context.Context, d model.Draft) (model.Issued, error) {
	for _, f := range fields(nil) {
		if err := f.Check(d.Values[f.Key]); err != nil {
			return model.Issued{}, model.Fail(model.Invalid, f.Label+": "+err.Error())
		}
	}
	me, err := w.me(ctx)
	if err == nil {
		err = mine(d.Owner, me)
	}
	if err != nil {
		return model.Issued{}, err
	}
	expires, err := time.Parse(time.RFC3339, d.Values["expires"])
	if err != nil {
		return model.Issued{}, model.Fail(model.Invalid, "expires: this is no date")
	}
	meant := model.Token{
		Name: model.Clean(strings.TrimSpace(d.Values["name"])), Owner: me.user,
		Scope: model.Clean(strings.Join(strings.Fields(d.Values["scopes"]), " ")), Expires: model.At(expires),
	}
	if err = w.remember(ctx, meant.Name); err != nil {
		return model.Issued{}, err
	}
	answer, err := wire.Call[personal](ctx, w.conn, wire.Request{Method: http.MethodPost, Path: personalPath, Body: map[string]any{
		"name": strings.TrimSpace(d.Values["name"]), "scopes": strings.Fields(d.Values["scopes"]),
		"expires_at": expires.UTC().Format(time.RFC3339),
	}})
	if err != nil {
		return model.Issued{}, w.refusedCreation(ctx, meant, err)
	}
	issued, err := issue(answer, meant)
	if err == nil {
		w.tellDuplicates(ctx, &issued)
	}
	return issued, err
}

// words are the parts of a scope in one order.
func words(scope model.Text) []string { return slices.Sorted(strings.FieldsSeq(scope.String())) }
