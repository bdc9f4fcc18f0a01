package waldur

import (
	"maps"
	"net/http"
	"slices"

	"authdeck/client/demo/stage"
)

// viewer is who looks at a user, and whether it is a look at nobody but
// themselves.
type viewer struct {
	caller  *stage.User
	alone   bool
	release release
	link    linker
}

func (h *server) viewer(r *http.Request, caller *stage.User, alone bool) viewer {
	return viewer{caller, alone, h.release, linksFor(r)}
}

// userOf tells of an account what its viewer may see and has asked for.
func (h *server) userOf(a account, view viewer, asked []string) map[string]any {
	row := h.wholeUser(a, view.link)
	maps.DeleteFunc(row, func(name string, _ any) bool { return h.lacks(name) })
	asked = slices.DeleteFunc(slices.Clone(asked), func(name string) bool {
		_, known := row[name]
		return !known
	})
	maps.DeleteFunc(row, func(name string, _ any) bool {
		return len(asked) > 0 && !slices.Contains(asked, name) || !view.mayRead(name, a)
	})
	return row
}

// lacks says which fields a release does not have yet.
func (h *server) lacks(name string) bool {
	switch name {
	case "birth_date", "ip_address", "notifications_enabled", "has_active_session", "token_expires_at", "deactivation_reason", "is_admin_deactivated", "is_identity_manager":
		return h.release == oldest
	case "can_use_personal_access_tokens":
		return h.release < usual
	}
	return false
}

func (v viewer) mayRead(name string, a account) bool {
	self := v.caller == a.person
	switch name {
	case "is_active", "is_staff", "is_support", "deactivation_reason", "is_admin_deactivated":
		return v.caller.May(supportRight)
	case "description":
		return v.release > oldest || v.caller.May(supportRight)
	case "is_identity_manager", "can_use_personal_access_tokens":
		return self || v.caller.May(staffRight)
	case "has_active_session":
		return self || v.caller.May(supportRight)
	case "token":
		return v.alone && a.key != ""
	case "token_lifetime":
		return v.alone
	}
	return true
}

func (h *server) wholeUser(a account, link linker) map[string]any {
	u := a.person
	row := map[string]any{
		"url": link(a.path()), "uuid": a.uuid, "username": u.Username, "slug": "u" + a.uuid[:8],
		"full_name": u.FullName(), "first_name": u.First, "last_name": u.Last, "native_name": "",
		"job_title": a.job, "organization": a.organization, "description": a.remarks,
		"email": u.Email, "phone_number": u.Mobile, "civil_number": nil, "requested_email": nil,
		"is_active": u.Active, "is_staff": u.May(staffRight), "is_support": a.supports(),
		"is_identity_manager": a.managesIdentities(), "can_use_personal_access_tokens": mayUsePATs(u),
		"deactivation_reason": a.deactivation, "is_admin_deactivated": !u.Active,
		"token": a.key, "token_lifetime": seconds(a.lifetime),
		"has_active_session": a.key != "", "token_expires_at": nil,
		"registration_method": a.registration(), "identity_source": "", "identity_provider_name": "",
		"identity_provider_label": "", "identity_provider_management_url": "", "identity_provider_fields": []string{},
		"date_joined": h.formatTime(u.CreatedAt), "agreement_date": h.formatTime(u.CreatedAt), "ip_address": nil,
		"notifications_enabled": true, "preferred_language": "", "birth_date": nil, "image": nil,
		"permissions": []string{}, "affiliations": []string{},
	}
	if h.release == latest {
		maps.Copy(row, newFields(u, h.Settings.Has(Passkey)))
	}
	if end := a.expires(); !end.IsZero() {
		row["token_expires_at"] = h.formatTime(end)
	}
	return row
}

// newFields came after 8.0.5 (waldur-api-client 8.1.3, User).
func newFields(u *stage.User, passkey bool) map[string]any {
	passkeys := 0
	if passkey {
		passkeys = 1
	}
	return map[string]any{
		"has_passkey": passkey, "passkey_count": passkeys, "has_usable_password": u.Password != "",
		"should_protect_user_details": false, "details": map[string]any{}, "uid_number": nil, "primary_gid": nil,
		"address": "", "organization_address": "", "organization_vat_code": "",
	}
}

// supports leaves staff out, who need no second flag.
func (a account) supports() bool {
	return a.person.May(supportRight) && !a.person.May(staffRight)
}

func (a account) registration() string {
	if a.person.Password != "" || a.person.Group == 0 {
		return "default"
	}
	return "eduteams"
}
