package awx

import (
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

func (a *server) userRow(u, caller *stage.User, base string) any {
	person := a.personOf(u, caller, base)
	typed := typeFields{"user", a.profiles[u.ID].auditor}
	seen := loginFields{stage.FormatTimeOrNull(u.LastLogin), stage.FormatTimeOrNull(u.LastLogin), gatewayMask}
	switch a.generation {
	case Tower:
		return towerUser{person, typed, a.accountOf(u)}
	case None:
		return bareUser{person, typed, seen}
	case Gateway:
		by := &a.Users[0].ID
		return gatewayUser{
			person: person, Modified: stage.FormatTime(u.UpdatedAt), CreatedBy: by, ModifiedBy: by,
			LastLogin: stage.FormatTimeOrNull(u.LastLogin), Password: gatewayMask, IsPlatformAuditor: typed.IsSystemAuditor,
		}
	default:
		return oauth2User{person, typed, a.accountOf(u), seen}
	}
}

func (a *server) personOf(u, caller *stage.User, base string) person {
	url := base + "users/" + stage.Decimal(u.ID) + "/"
	related := []string{"teams", "organizations", "roles", "activity_stream"}
	if a.generation.HasOAuth2() {
		related = append(related, "tokens", "personal_tokens", "authorized_tokens")
	}
	return person{
		ID: u.ID, URL: url, Related: links(url, related), Created: stage.FormatTime(u.CreatedAt),
		SummaryFields: map[string]any{"user_capabilities": map[string]bool{
			"edit": caller.Admin || caller == u, "delete": caller.Admin && caller != u,
		}},
		Username: u.Username, FirstName: u.First, LastName: u.Last, Email: u.Email, IsSuperuser: u.Admin,
	}
}

func (a *server) accountOf(u *stage.User) accountFields {
	account := accountFields{ExternalAccount: stage.OrNull(a.profiles[u.ID].account), Auth: []socialRow{}}
	switch a.profiles[u.ID].account {
	case "ldap":
		account.LDAPDN = "uid=" + stage.Decimal(u.ID) + ",ou=people,dc=shop,dc=example"
	case "social":
		account.Auth = append(account.Auth, socialRow{"github", stage.Decimal(u.ID)})
	}
	return account
}
