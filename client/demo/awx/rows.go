package awx

import (
	"fmt"
	"maps"
	urlpath "net/url"

	"authdeck/client/demo/stage"
)

const (
	mask        = "************"
	gatewayMask = "$encrypted$"
)

// tokenCore is what both generations tell of a token.
type tokenCore struct {
	ID            int               `json:"id"`
	URL           string            `json:"url"`
	Related       map[string]string `json:"related"`
	SummaryFields map[string]any    `json:"summary_fields"`
	Created       string            `json:"created"`
	Modified      string            `json:"modified"`
	Description   string            `json:"description"`
	User          int               `json:"user"`
	Token         string            `json:"token"`
	RefreshToken  *string           `json:"refresh_token"`
	Application   *int              `json:"application"`
	Expires       string            `json:"expires"`
	Scope         string            `json:"scope"`
}

type tokenRow struct {
	tokenCore
	Type string `json:"type"`
}

type gatewayTokenRow struct {
	tokenCore
	CreatedBy  *int    `json:"created_by"`
	ModifiedBy *int    `json:"modified_by"`
	LastUsed   *string `json:"last_used"`
}

type ownerRow struct {
	ID        int    `json:"id"`
	Username  string `json:"username"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
}

type namedRow struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

// secrets are shown by the answer that made them. Without them a row has
// masks.
type secrets struct{ token, refresh string }

func (a *server) tokenRow(t token, secrets secrets) any {
	core := a.tokenCore(t, secrets)
	if !a.generation.IsGateway() {
		core.Related["activity_stream"] = core.URL + "activity_stream/"
		return tokenRow{core, tokenKind}
	}
	core.SummaryFields["created_by"], core.SummaryFields["modified_by"] = ownerOf(t.maker), ownerOf(t.editor)
	maps.Copy(core.Related, a.gatewayLinks(tokenKind, t.id, t.maker, t.editor))
	return gatewayTokenRow{core, &t.maker.ID, &t.editor.ID, stage.FormatTimeOrNull(t.lastUsed)}
}

// gatewayLinks are those that every object of the gateway has.
func (a *server) gatewayLinks(kind string, id int, maker, editor *stage.User) map[string]string {
	user := func(u *stage.User) string { return baseGateway + "users/" + stage.Decimal(u.ID) + "/" }
	return map[string]string{
		"activity_stream": fmt.Sprintf("%sactivitystream/?content_type=%d&object_id=%d", baseGateway, contentTypes()[kind], id),
		"created_by":      user(maker), "modified_by": user(editor),
	}
}

func (a *server) tokenCore(t token, secrets secrets) tokenCore {
	core := tokenCore{
		ID: t.id, URL: a.tokenURL(t), Description: t.description, User: t.owner.ID, Scope: t.scope,
		Related:       map[string]string{"user": a.latest() + "users/" + stage.Decimal(t.owner.ID) + "/"},
		SummaryFields: map[string]any{"user": ownerOf(a.accounts.latest(t.owner))},
		Created:       stage.FormatTime(t.created), Modified: stage.FormatTime(t.modified), Expires: stage.FormatTime(t.expires),
		Token: a.shown(secrets.token),
	}
	if app := a.appByID(t.app); app != nil {
		core.Application = &app.id
		if refresh := a.shown(secrets.refresh); t.refreshed {
			core.RefreshToken = &refresh
		}
		core.Related["application"] = a.latest() + "applications/" + stage.Decimal(app.id) + "/"
		core.SummaryFields["application"] = namedRow{app.id, app.name}
	}
	return core
}

func ownerOf(u *stage.User) ownerRow { return ownerRow{u.ID, u.Username, u.First, u.Last} }

// shown is the mask for what is not to be seen again.
func (a *server) shown(secret string) string {
	switch {
	case secret != "":
		return secret
	case a.generation.IsGateway():
		return gatewayMask
	default:
		return mask
	}
}

func (a *server) tokenURL(t token) string { return a.latest() + "tokens/" + stage.Decimal(t.id) + "/" }

type appCore struct {
	ID            int               `json:"id"`
	URL           string            `json:"url"`
	Related       map[string]string `json:"related"`
	SummaryFields map[string]any    `json:"summary_fields"`
	Created       string            `json:"created"`
	Modified      string            `json:"modified"`
	Name          string            `json:"name"`
	Description   string            `json:"description"`
	ClientID      string            `json:"client_id"`
	ClientSecret  string            `json:"client_secret,omitempty"` // a public client has none
	ClientType    string            `json:"client_type"`
	RedirectURIs  string            `json:"redirect_uris"`
	GrantType     string            `json:"authorization_grant_type"`
	Skip          bool              `json:"skip_authorization"`
	Organization  int               `json:"organization"`
}

type appRow struct {
	appCore
	Type string `json:"type"`
}

type appTokens struct {
	Count   int            `json:"count"`
	Results []appTokenHint `json:"results"`
}

type appTokenHint struct {
	ID    int    `json:"id"`
	Token string `json:"token"`
	Scope string `json:"scope"`
}

// describedRow has a description beside its name.
type describedRow struct {
	namedRow
	Description string `json:"description"`
}

// appAlone is an application by itself, which AWX gives another address.
func (a *server) appAlone(app application, caller *stage.User, secret string) any {
	row := a.appRow(app, caller, secret)
	if one, controller := row.(appRow); controller {
		one.Related["named_url"] = a.latest() + "applications/" + urlpath.PathEscape(app.name+"++"+organizationName(app.org)) + "/"
	}
	return row
}

// appRow shows the secret only in the answer that made it.
func (a *server) appRow(app application, caller *stage.User, secret string) any {
	url := a.latest() + "applications/" + stage.Decimal(app.id) + "/"
	core := appCore{
		ID: app.id, URL: url, Name: app.name, Description: app.description, Created: stage.FormatTime(app.created), Modified: stage.FormatTime(app.created),
		ClientID: app.client, ClientSecret: a.shown(secret), ClientType: "confidential", GrantType: app.grant, Organization: app.org,
		Related: map[string]string{"tokens": url + "tokens/", "organization": a.latest() + "organizations/" + stage.Decimal(app.org) + "/"},
		SummaryFields: map[string]any{
			"organization":      describedRow{namedRow{app.org, organizationName(app.org)}, ""},
			"user_capabilities": map[string]bool{"edit": caller.Admin, "delete": caller.Admin},
			"tokens":            a.hints(app.id),
		},
	}
	if app.public {
		core.ClientType, core.ClientSecret = "public", ""
	}
	if a.generation.IsGateway() {
		return a.gatewayApp(core, app)
	}
	core.Related["activity_stream"] = url + "activity_stream/"
	return appRow{core, "o_auth2_application"}
}

// gatewayAppRow has the fields of the library, which came in parts: those of PKCE are
// newer than October 2024.
type gatewayAppRow struct {
	appCore
	CreatedBy    int     `json:"created_by"`
	ModifiedBy   int     `json:"modified_by"`
	LogoutURIs   string  `json:"post_logout_redirect_uris"`
	Algorithm    string  `json:"algorithm"`
	User         *int    `json:"user"`
	PKCERequired *bool   `json:"pkce_required,omitempty"`
	URL          *string `json:"app_url,omitempty"`
}

func (a *server) gatewayApp(core appCore, app application) any {
	by := a.Users[0]
	maps.Copy(core.Related, a.gatewayLinks("application", app.id, by, by))
	core.Related["access_tokens"] = core.Related["tokens"]
	delete(core.Related, "tokens")
	delete(core.SummaryFields, "user_capabilities")
	core.SummaryFields["organization"] = namedRow{app.org, organizationName(app.org)}
	core.SummaryFields["created_by"], core.SummaryFields["modified_by"] = ownerOf(by), ownerOf(by)
	row := gatewayAppRow{appCore: core, CreatedBy: by.ID, ModifiedBy: by.ID}
	if a.generation == Gateway {
		required, none := true, ""
		row.PKCERequired, row.URL = &required, &none
	}
	return row
}

// hints are the first ten tokens of an application.
func (a *server) hints(app int) appTokens {
	hints := appTokens{Results: []appTokenHint{}}
	for _, t := range a.tokens.All() {
		if t.app != app {
			continue
		}
		if hints.Count++; hints.Count <= 10 {
			hints.Results = append(hints.Results, appTokenHint{t.id, a.shown(""), t.scope})
		}
	}
	return hints
}
