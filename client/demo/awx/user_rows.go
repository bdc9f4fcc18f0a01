package awx

import (
	"fmt"
	"net/url"

	"authdeck/client/demo/stage"
)

// person is what every generation tells of a user. None says who is active.
type person struct {
	ID            int               `json:"id"`
	URL           string            `json:"url"`
	Related       map[string]string `json:"related"`
	SummaryFields map[string]any    `json:"summary_fields"`
	Created       string            `json:"created"`
	Username      string            `json:"username"`
	FirstName     string            `json:"first_name"`
	LastName      string            `json:"last_name"`
	Email         string            `json:"email"`
	IsSuperuser   bool              `json:"is_superuser"`
}

// typeFields is what the controller adds and the gateway leaves out.
type typeFields struct {
	Type            string `json:"type"`
	IsSystemAuditor bool   `json:"is_system_auditor"`
}

// accountFields is how a user signs in, as long as AWX itself knew.
type accountFields struct {
	LDAPDN          string      `json:"ldap_dn"`
	ExternalAccount *string     `json:"external_account"`
	Auth            []socialRow `json:"auth"`
}

type socialRow struct {
	Provider string `json:"provider"`
	UID      string `json:"uid"`
}

// loginFields came late. For users, modified is the last sign in by another name.
type loginFields struct {
	Modified  *string `json:"modified"`
	LastLogin *string `json:"last_login"`
	Password  string  `json:"password"`
}

type towerUser struct {
	person
	typeFields
	accountFields
}

type oauth2User struct {
	person
	typeFields
	accountFields
	loginFields
}

type bareUser struct {
	person
	typeFields
	loginFields
}

type gatewayUser struct {
	person
	Modified          string  `json:"modified"`
	CreatedBy         *int    `json:"created_by"`
	ModifiedBy        *int    `json:"modified_by"`
	LastLogin         *string `json:"last_login"`
	LastLoginFrom     *string `json:"last_login_from"`
	Password          string  `json:"password"`
	IsPlatformAuditor bool    `json:"is_platform_auditor"`
	Managed           bool    `json:"managed"`
}

// userRow is a user in a list, or alone, where AWX adds another address.
func (a *server) userRow(u, caller *stage.User, base string, alone bool) any {
	person := a.personOf(u, caller, base)
	if alone && a.generation == OAuth2 {
		person.Related["named_url"] = base + "users/" + url.PathEscape(u.Username) + "/"
	}
	typed := typeFields{"user", a.accounts.profile(u.ID).auditor}
	seen := loginFields{stage.FormatTimeOrNull(u.LastLogin), stage.FormatTimeOrNull(u.LastLogin), gatewayMask}
	switch {
	case a.generation == Tower:
		return towerUser{person, typed, a.accountFields(u)}
	case a.generation == None || a.Settings.Has(Head) && a.generation == OAuth2:
		return bareUser{person, typed, seen}
	case a.generation.IsGateway():
		by := &a.Users[0].ID
		return gatewayUser{
			person: person, Modified: stage.FormatTime(u.UpdatedAt), CreatedBy: by, ModifiedBy: by,
			LastLogin: stage.FormatTimeOrNull(u.LastLogin), Password: gatewayMask, IsPlatformAuditor: typed.IsSystemAuditor,
		}
	default:
		return oauth2User{person, typed, a.accountFields(u), seen}
	}
}

func (a *server) personOf(u, caller *stage.User, base string) person {
	address := base + "users/" + stage.Decimal(u.ID) + "/"
	summary := map[string]any{"user_capabilities": map[string]bool{
		"edit": caller.Admin || caller.ID == u.ID, "delete": caller.Admin && caller.ID != u.ID,
	}}
	if a.generation != Tower {
		summary["resource"] = resource("user", u.ID)
	}
	return person{
		ID: u.ID, URL: address, Related: links(address, a.userLinks()), Created: stage.FormatTime(u.CreatedAt), SummaryFields: summary,
		Username: u.Username, FirstName: u.First, LastName: u.Last, Email: u.Email, IsSuperuser: u.Admin,
	}
}

// resource is by what the platform's services know an object (django-ansible-base,
// resource_registry).
func resource(kind string, id int) map[string]string {
	return map[string]string{"ansible_id": fmt.Sprintf("00000000-0000-4000-8000-%012x", id), "resource_type": "shared." + kind}
}

// userLinks lead from a user to what belongs to them.
func (a *server) userLinks() []string {
	names := []string{"teams", "organizations", "roles", "activity_stream"}
	if !a.generation.IsGateway() {
		names = append(names, "admin_of_organizations", "projects", "credentials", "access_list")
	}
	if a.generation.HasOAuth2() {
		names = append(names, "tokens", "personal_tokens", "authorized_tokens")
	}
	return names
}

// accountOf is where somebody signs in, "" for here: AWX at its head knows no other.
func (a *server) accountOf(u *stage.User) string {
	if a.generation != OAuth2 || a.Settings.Has(Head) {
		return ""
	}
	return a.accounts.profile(u.ID).account
}

func (a *server) accountFields(u *stage.User) accountFields {
	elsewhere := a.accounts.profile(u.ID).account
	account := accountFields{ExternalAccount: stage.OrNull(elsewhere), Auth: []socialRow{}}
	switch elsewhere {
	case "ldap":
		account.LDAPDN = "uid=" + stage.Decimal(u.ID) + ",ou=people,dc=shop,dc=example"
	case "social":
		account.Auth = append(account.Auth, socialRow{"github", stage.Decimal(u.ID)})
	}
	return account
}
