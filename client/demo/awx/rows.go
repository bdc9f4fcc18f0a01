package awx

import (
	"maps"

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
	if a.generation != Gateway {
		core.Related["activity_stream"] = core.URL + "activity_stream/"
		return tokenRow{core, "o_auth2_access_token"}
	}
	core.SummaryFields["created_by"], core.SummaryFields["modified_by"] = ownerOf(t.maker), ownerOf(t.editor)
	return gatewayTokenRow{core, &t.maker.ID, &t.editor.ID, stage.FormatTimeOrNull(t.lastUsed)}
}

func (a *server) tokenCore(t token, secrets secrets) tokenCore {
	core := tokenCore{
		ID: t.id, URL: a.tokenURL(t), Description: t.description, User: t.owner.ID, Scope: t.scope,
		Related:       map[string]string{"user": a.latest() + "users/" + stage.Decimal(t.owner.ID) + "/"},
		SummaryFields: map[string]any{"user": ownerOf(t.owner)},
		Created:       stage.FormatTime(t.created), Modified: stage.FormatTime(t.modified), Expires: stage.FormatTime(t.expires),
		Token: a.shown(secrets.token),
	}
	if app := a.appByID(t.app); app != nil {
		refresh := a.shown(secrets.refresh)
		core.Application, core.RefreshToken = &app.id, &refresh
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
	case a.generation == Gateway:
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

func (a *server) appRow(app application, caller *stage.User) any {
	url := a.latest() + "applications/" + stage.Decimal(app.id) + "/"
	core := appCore{
		ID: app.id, URL: url, Name: app.name, Description: app.description, Created: stage.FormatTime(app.created), Modified: stage.FormatTime(app.created),
		ClientID: app.client, ClientSecret: a.shown(""), ClientType: "confidential", GrantType: "password", Organization: app.org,
		Related: map[string]string{"tokens": url + "tokens/"},
		SummaryFields: map[string]any{
			"organization":      namedRow{app.org, stage.GroupName(app.org)},
			"user_capabilities": map[string]bool{"edit": caller.Admin, "delete": caller.Admin},
			"tokens":            a.hints(app.id),
		},
	}
	if app.public {
		core.ClientType, core.ClientSecret = "public", ""
	}
	if a.generation == Gateway {
		return core
	}
	maps.Copy(core.Related, map[string]string{"activity_stream": url + "activity_stream/"})
	return appRow{core, "o_auth2_application"}
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
