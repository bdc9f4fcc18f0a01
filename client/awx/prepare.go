package awx

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"

	"authdeck/client/wire"
	"authdeck/model"
)

// Prepare implements [model.API].
func (i *issuer) Prepare(ctx context.Context, a model.Action, t model.Token) (model.Form, error) {
	switch a {
	case model.Create:
		if t.ID != "" {
			return i.likeForm(ctx, t)
		}
		return i.createForm(ctx, t.Owner)
	case model.Edit:
		return i.editForm(ctx, t)
	case model.Regenerate:
		return i.regenerateForm(ctx, t)
	case model.Delete:
		return i.deleteForm(ctx, t)
	default:
		return model.Form{}, model.Fail(model.Unsupported, i.missing()[a])
	}
}

// The keys of the fields, which are the server's.
const (
	descriptionKey = "description"
	scopeKey       = "scope"
	applicationKey = "application"
)

// editForm asks for what can be different. A text that could not be given back as it
// came is not asked for.
func (i *issuer) editForm(ctx context.Context, t model.Token) (model.Form, error) {
	doubt, err := i.rightOver(ctx, t)
	form := editFields(t)
	form.Warnings = append(doubt, form.Warnings...)
	return form, err
}

// noEnd is why nobody sets when a token ends (AWX 24.6.2, "expires" is read-only).
const noEnd = "the server alone sets when a token ends, as it is made, and changes it for nobody"

// editFields are what can be different of a token.
func editFields(t model.Token) model.Form {
	form := model.Form{NoEnd: noEnd, Fields: []model.Field{descriptionField(t.Description), scopeField(t.Scope)}}
	if _, whole := t.Description.Original(); !whole {
		form.Fields = form.Fields[1:]
		form.Warnings = []string{"Its description is longer than authdeck could give back as it came: it stays as it is."}
	}
	return form
}

func descriptionField(now model.Text) model.Field {
	text, _ := now.Original()
	return model.Field{
		Key: descriptionKey, Label: "description", Value: text, Optional: true, Lines: true,
		Help: "what it is for, and who to ask",
	}
}

// scopeField offers what the server has today beside what every version has, so
// that an edit does not take a scope away. What a scope permits is up to the version:
// django-ansible-base limited it in another way in October 2024 than in 2026.
func scopeField(now model.Text) model.Field {
	text, _ := now.Original()
	f := model.Field{
		Key: scopeKey, Label: "scope", Kind: model.AskChoice, Value: text, Optional: now.Empty(),
		Choices: []model.Choice{{Value: "read", Label: "read: meant for reading"}, {Value: "write", Label: "write: meant for reading and changing"}},
	}
	if now.String() != "read" && now.String() != "write" {
		f.Choices = append(f.Choices, model.Choice{Value: text, Label: cmp.Or(now.String(), "none, as it is")})
	}
	return f
}

// createForm asks nobody for whom: a server makes a token for whoever asks, even
// for a superuser (awx issue 1653).
func (i *issuer) createForm(ctx context.Context, owner model.User) (model.Form, error) {
	me, err := i.asker(ctx)
	if err == nil && owner.ID != "" && owner.ID != me.ID {
		return model.Form{}, notForOthers(me)
	}
	form := model.Form{
		Fields:   []model.Field{descriptionField(model.Text{}), scopeField(model.Clean("write"))},
		Warnings: []string{forWhom(me, err)},
		Review:   model.Whatever(i.expiryAhead(ctx, me)),
	}
	if external(me) {
		form.Warnings = append(form.Warnings, "This account is not the server's own ("+me.Kind.String()+"): unless ALLOW_OAUTH2_FOR_EXTERNAL_USERS is on, the server refuses to make tokens for it.")
	}
	if i.superuserApplications && me.Admin == model.No {
		return form, nil
	}
	choices, warning := i.applications(ctx)
	if warning != "" {
		form.Warnings = append(form.Warnings, warning)
	}
	if len(choices) > 0 {
		form.Fields = append(form.Fields, model.Field{
			Key: applicationKey, Label: "application", Kind: model.AskChoice, Optional: true,
			Choices: append([]model.Choice{{Label: "none: a personal token"}}, choices...),
		})
	}
	return form, nil
}

func forWhom(me model.User, err error) string {
	if err != nil {
		return "The token will be for the account that authdeck signs in with; who that is could not be asked: " + model.Reason(err) + "."
	}
	return "The token will be for " + me.Username.String() + ", whom authdeck signs in as, and can do within its scope whatever that account can; one for an application that has a user of its own will be for that user."
}

func notForOthers(me model.User) error {
	return model.Fail(model.Unsupported, "the server makes a token for whoever asks, superuser or not: this one would be "+me.Username.String()+
		"'s. Its owner can make one, or on the server itself: awx-manage (aap-gateway-manage) create_oauth2_token --user")
}

// applications are those that the credential may read, of one page. None are
// nothing to speak of.
func (i *issuer) applications(ctx context.Context) ([]model.Choice, string) {
	path, err := i.path("applications")
	if err != nil {
		return nil, ""
	}
	query := url.Values{"order_by": {"name,id"}, "page_size": {strconv.Itoa(largestPage)}}
	answer, err := ask[envelope[description]](ctx, i.server, wire.Request{Method: http.MethodGet, Path: path, Query: query})
	switch {
	case model.KindOf(err) == model.Forbidden || model.KindOf(err) == model.NotFound:
		return nil, ""
	case err != nil:
		return nil, "The applications could not be read, so that only a personal token can be made: " + model.Reason(err) + "."
	case answer.Results == nil:
		return nil, "The applications could not be read, so that only a personal token can be made."
	}
	var choices []model.Choice
	for _, one := range answer.Results {
		if id := one.ID.id(); id != "" {
			choices = append(choices, model.Choice{Value: id, Label: model.Join(" ", one.Name.Value, model.Clean("#"+id)).String()})
		}
	}
	if answer.Next {
		return choices, "Only the first " + strconv.Itoa(len(choices)) + " applications can be chosen from."
	}
	return choices, ""
}

// rightOver says whether the account may change or delete a token, and fails where it
// certainly may not: to see everybody's is not to change them. Whoever administers an
// application's organization changes its tokens, which the account does not tell
// (seen on AWX 24.6.2.dev0 and on django-ansible-base of October 2024 and 2026.10.26).
func (i *issuer) rightOver(ctx context.Context, t model.Token) (doubt []string, _ error) {
	me, _ := i.asker(ctx) // who cannot be asked is refused by nobody here
	switch {
	case me.Admin != model.No || t.Owner.ID == "" || t.Owner.ID == me.ID:
		return nil, nil
	case t.Kind.String() != application:
		return nil, model.Fail(model.Unsupported, "token "+t.Name.String()+" is "+owned(t.Owner)+"'s: this account may look at it, and only its owner or a superuser may change it")
	}
	return []string{"It is " + owned(t.Owner) + "'s, and this account is no superuser: the server takes the change only if the account administers the organization of the application."}, nil
}

func (i *issuer) regenerateForm(ctx context.Context, t model.Token) (model.Form, error) {
	me, err := i.asker(ctx)
	if err == nil && t.Owner.ID != me.ID {
		return model.Form{}, i.notAnothers(t)
	}
	form := model.Form{Danger: true, Warnings: append(
		i.ownWarning(t, ownRenewed, "authdeck then goes on with the new one."),
		"The server gives a token no other key: a successor with the same description, scope and application is made, under a number of its own, and then this one is deleted.",
		i.expiryAnew(ctx, me, t.Expires),
		orExpired(t, "The old key stops working at once: whatever uses it is signed out until it gets the new one."),
	)}
	if t.Kind.String() == application {
		form.Warnings = append(form.Warnings, "Its refresh token ends with it, and authdeck does not show the successor's: a program that lives by refreshing is cut off until it signs in anew.")
	}
	if err != nil {
		form.Warnings = append(form.Warnings, "Who authdeck signs in as could not be asked; if the token is not that account's, nothing will be done: "+model.Reason(err)+".")
	}
	return form, nil
}

func (i *issuer) notAnothers(t model.Token) error {
	return model.Fail(model.Unsupported, "token "+t.Name.String()+" is not of the account that authdeck signs in with, and the server makes tokens for no other: "+
		"its successor would not be its owner's. Its owner can make another, and then this one can be deleted")
}

// orExpired is a sentence about a key that works, or one about a key that does not.
func orExpired(t model.Token, works string) string {
	if t.State == model.Expired {
		return "Its date has passed, so that the server refuses the key already."
	}
	return works
}

func (i *issuer) deleteForm(ctx context.Context, t model.Token) (model.Form, error) {
	doubt, no := i.rightOver(ctx, t)
	if no != nil {
		return model.Form{}, no
	}
	_, err := i.asker(ctx)
	form := model.Form{Danger: true, Warnings: append(
		i.ownWarning(t, ownEnded, "authdeck is then locked out until its configuration has another."),
		orExpired(t, "The key stops working at once and does not come back: whatever uses it is signed out."),
	)}
	if t.Kind.String() == application {
		form.Warnings = append(form.Warnings, "Its refresh token ends with it: a program that lives by refreshing is cut off until it signs in anew.")
	}
	form.Warnings = append(form.Warnings, doubt...)
	if err != nil {
		form.Warnings = append(form.Warnings, "Whether it is of the account that authdeck signs in with could not be asked: "+model.Reason(err)+".")
	}
	return form, nil
}
