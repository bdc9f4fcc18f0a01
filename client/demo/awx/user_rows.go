package awx

import (
	"authdeck/client/demo/stage"
)

// awxPerson is what every generation tells of a user. None says who is active.
type awxPerson struct {
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

// awxTyped is what the controller adds and the gateway leaves out.
type awxTyped struct {
	Type            string `json:"type"`
	IsSystemAuditor bool   `json:"is_system_auditor"`
}

// awxAccount is how a user signs in, as long as AWX itself knew.
type awxAccount struct {
	LDAPDN          string      `json:"ldap_dn"`
	ExternalAccount *string     `json:"external_account"`
	Auth            []awxSocial `json:"auth"`
}

type awxSocial struct {
	Provider string `json:"provider"`
	UID      string `json:"uid"`
}

// awxSeen came late. For users, modified is the last sign in by another name.
type awxSeen struct {
	Modified  *string `json:"modified"`
	LastLogin *string `json:"last_login"`
	Password  string  `json:"password"`
}

type towerUser struct {
	awxPerson
	awxTyped
	awxAccount
}

type oauth2User struct {
	awxPerson
	awxTyped
	awxAccount
	awxSeen
}

type bareUser struct {
	awxPerson
	awxTyped
	awxSeen
}

type gatewayUser struct {
	awxPerson
	Modified          string  `json:"modified"`
	CreatedBy         *int    `json:"created_by"`
	ModifiedBy        *int    `json:"modified_by"`
	LastLogin         *string `json:"last_login"`
	LastLoginFrom     *string `json:"last_login_from"`
	Password          string  `json:"password"`
	IsPlatformAuditor bool    `json:"is_platform_auditor"`
	Managed           bool    `json:"managed"`
}

func (a *awx) userRow(u, caller *stage.User, base string) any {
	person := a.personOf(u, caller, base)
	typed := awxTyped{"user", a.standing[u.ID].auditor}
	seen := awxSeen{stage.FormatTimeOrNull(u.LastLogin), stage.FormatTimeOrNull(u.LastLogin), gatewayMask}
	switch a.generation {
	case AwxTower:
		return towerUser{person, typed, a.accountOf(u)}
	case AwxNone:
		return bareUser{person, typed, seen}
	case AwxGateway:
		by := &a.Users[0].ID
		return gatewayUser{
			awxPerson: person, Modified: stage.FormatTime(u.UpdatedAt), CreatedBy: by, ModifiedBy: by,
			LastLogin: stage.FormatTimeOrNull(u.LastLogin), Password: gatewayMask, IsPlatformAuditor: typed.IsSystemAuditor,
		}
	default:
		return oauth2User{person, typed, a.accountOf(u), seen}
	}
}

func (a *awx) personOf(u, caller *stage.User, base string) awxPerson {
	url := base + "users/" + stage.Decimal(u.ID) + "/"
	related := []string{"teams", "organizations", "roles", "activity_stream"}
	if a.generation.HasOAuth2() {
		related = append(related, "tokens", "personal_tokens", "authorized_tokens")
	}
	return awxPerson{
		ID: u.ID, URL: url, Related: awxEntries(url, related), Created: stage.FormatTime(u.CreatedAt),
		SummaryFields: map[string]any{"user_capabilities": map[string]bool{
			"edit": caller.Admin || caller == u, "delete": caller.Admin && caller != u,
		}},
		Username: u.Username, FirstName: u.First, LastName: u.Last, Email: u.Email, IsSuperuser: u.Admin,
	}
}

func (a *awx) accountOf(u *stage.User) awxAccount {
	account := awxAccount{ExternalAccount: stage.OrNull(a.standing[u.ID].account), Auth: []awxSocial{}}
	switch a.standing[u.ID].account {
	case "ldap":
		account.LDAPDN = "uid=" + stage.Decimal(u.ID) + ",ou=people,dc=shop,dc=example"
	case "social":
		account.Auth = append(account.Auth, awxSocial{"github", stage.Decimal(u.ID)})
	}
	return account
}
