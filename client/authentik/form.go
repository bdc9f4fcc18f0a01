package authentik

import (
	"errors"
	"regexp"
	"strings"
	"time"

	"authdeck/model"
)

// identifier says what is wrong with an identifier (schema, TokenRequest).
func identifier(value string) error {
	switch {
	case value == "":
		return errors.New("a token needs one")
	case len(value) > 255:
		return errors.New("at most 255 letters")
	case !regexp.MustCompile(`^[-a-zA-Z0-9_]+$`).MatchString(value):
		return errors.New("only letters A-Z a-z, digits, - and _")
	}
	return nil
}

// future says what is wrong with a date. authentik would take one in the past,
// and the token would end at once.
func future(value string) error {
	if value == "" {
		return nil
	}
	at, err := time.Parse(time.RFC3339, value)
	switch {
	case err != nil:
		return errors.New("this is no date")
	case !at.After(time.Now()):
		return errors.New("this is in the past")
	}
	return nil
}

func identifierField(value string) model.Field {
	return model.Field{
		Key: "identifier", Label: "identifier", Value: value, Check: identifier,
		Help: "its name; no two tokens of the server share one",
	}
}

func descriptionField(value string) model.Field {
	return model.Field{Key: "description", Label: "description", Value: value, Optional: true, Lines: true}
}

func expiringField(value, help string) model.Field {
	return model.Field{Key: "expiring", Label: "expires", Kind: model.AskYesNo, Means: model.MeansEnds, Value: value, Help: help}
}

func expiresField(value, help string) model.Field {
	return model.Field{
		Key: "expires", Label: "expires on", Kind: model.AskTime, Means: model.MeansEnd, Value: value, Optional: true, Check: future, Help: help,
	}
}

func intentField() model.Field {
	return model.Field{
		Key: "intent", Label: "kind", Kind: model.AskChoice, Value: apiToken,
		Choices: []model.Choice{
			{Value: apiToken, Label: "API token: opens the API"},
			{Value: appPassword, Label: "app password: for LDAP and flows, not for the API"},
		},
	}
}

// ownerField is for superusers: of anybody else the server makes the token of
// whoever asks, whatever is sent (core/api/tokens.py, perform_create).
func ownerField() model.Field {
	return model.Field{
		Key: "user", Label: "user", Kind: model.AskUser, Optional: true,
		Help: "whom the token acts as; tab for yourself",
	}
}

// createFields are what a new token is asked. Duration is the server's default,
// where that may be read.
func createFields(superuser bool, duration string) []model.Field {
	flag := ""
	if !superuser {
		flag = "the server heeds this only of superusers"
	}
	date := expiresField("", "the server has the last word on how late it may be; empty, it is its default"+parenthesised(duration))
	date.Idle = func(values map[string]string) string {
		if values["intent"] == apiToken {
			return "app passwords only"
		}
		return withoutEnd(values)
	}
	return []model.Field{identifierField(""), intentField(), descriptionField(""), expiringField("yes", flag), date}
}

// withoutEnd is why a date counts for nothing beside such values.
func withoutEnd(values map[string]string) string {
	if values["expiring"] == "no" {
		return "only if it expires"
	}
	return ""
}

// apiEnd is why nobody sets the date of an API token (core/api/tokens.py, validate).
const apiEnd = "authentik sets the date of an API token itself, with every change: to then and its default duration"

// editForm is what can be different of a token.
func editForm(t model.Token) model.Form {
	form := model.Form{Fields: editFields(t)}
	if t.Kind.String() == apiToken {
		form.NoEnd = apiEnd
	}
	return form
}

// editFields are what can be different of a token.
func editFields(t model.Token) []model.Field {
	description, _ := t.Description.Original()
	expiring := "yes"
	if t.Expires.Knowledge() == model.Never {
		expiring = "no"
	}
	fields := []model.Field{identifierField(t.ID), descriptionField(description), expiringField(expiring, "")}
	if t.Kind.String() == appPassword {
		date := expiresField(prefilled(t), "the server has the last word on how late it may be")
		date.Idle = withoutEnd
		fields = append(fields, date)
	}
	return fields
}

// fixed is why a token is neither edited nor replaced; empty if it can be. An
// update would make an API token of what is neither one nor an app password
// (core/api/tokens.py, validate).
func fixed(t model.Token) string {
	_, whole := t.Description.Original()
	switch kind := t.Kind.String(); {
	case !whole:
		return "its description is longer than authdeck could give back as it came; it is neither edited nor replaced from here"
	case authentiksOwn(t):
		return "authentik manages this token itself (" + t.Managed.String() + "); it is neither edited nor replaced from here"
	case kind != apiToken && kind != appPassword:
		return "authentik makes tokens of this kind (" + kind + ") for itself; they are neither edited nor replaced from outside"
	case t.Owner.ID == "":
		return "the server does not say whose token this is, and a change without that would make it yours"
	}
	return ""
}

// authentiksOwn reports whether authentik itself set a token's managed mark: those of its
// outposts and sources begin so (seen on 2025.12.4). Anybody who may write a token can
// give it another.
func authentiksOwn(t model.Token) bool {
	return strings.HasPrefix(t.Managed.String(), "goauthentik.io/")
}

// unusedDate says of an app password that is to stop expiring what becomes of the date
// that it has: the server keeps it (seen on 2025.12.4).
func unusedDate(t model.Token, d model.Draft) []string {
	if d.Values["expiring"] != "no" || prefilled(t) == "" {
		return nil
	}
	return []string{"It will not expire: the date that it has stays with it, and counts for nothing until it expires again."}
}
