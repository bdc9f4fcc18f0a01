package authentik

import (
	"maps"
	"net/http"

	"authdeck/client/demo/stage"
)

const (
	newestVersion = "2026.8.3"
	usualVersion  = "2026.5.6"
	version2025   = "2025.12.4"
	oldestVersion = "2024.6.5"
)

// version is for everybody who is signed in.
func (a *server) version(w http.ResponseWriter, _ *http.Request, _ *stage.User) {
	v := versionRow{VersionCurrent: usualVersion, VersionLatest: usualVersion, VersionLatestValid: true}
	switch {
	case a.old():
		v.VersionCurrent, v.Outdated = oldestVersion, true
	case a.early():
		v.VersionCurrent, v.VersionLatest = version2025, version2025
	case a.newest():
		v.VersionCurrent, v.VersionLatest = newestVersion, newestVersion
	}
	stage.Reply(w, http.StatusOK, v)
}

// config is for everybody, and says nothing of the version.
func (a *server) config(w http.ResponseWriter, _ *http.Request, _ *stage.User) {
	stage.Reply(w, http.StatusOK, map[string]any{
		"error_reporting": map[string]any{
			"enabled": false, "sentry_dsn": "", "environment": "customer", "send_pii": false, "traces_sample_rate": 0.3,
		},
		"capabilities":  []string{"can_save_media", "can_geo_ip", "can_impersonate"},
		"cache_timeout": 300, "cache_timeout_flows": 300, "cache_timeout_policies": 300,
	})
}

// settings are for superusers and for who has the right view_system_settings; in them is
// how long a new token lasts.
func (a *server) settings(w http.ResponseWriter, _ *http.Request, u *stage.User) {
	if caller := a.account(u.ID); !caller.superuser() && len(caller.roles) == 0 {
		stage.Refuse(w, http.StatusForbidden)
		return
	}
	all := map[string]any{
		"avatars": "gravatar,initials", "default_user_change_name": true, "default_user_change_email": false,
		"default_user_change_username": false, "event_retention": "days=365", "footer_links": []any{},
		"gdpr_compliance": true, "impersonation": true,
		"default_token_duration": "minutes=30", "default_token_length": keyLength,
	}
	if !a.old() {
		maps.Copy(all, map[string]any{
			"reputation_lower_limit": -5, "reputation_upper_limit": 5, "impersonation_require_reason": true,
			"pagination_default_page_size": defaultPageSize, "pagination_max_page_size": maxPageSize,
			"flags": map[string]bool{},
		})
	}
	if a.newest() {
		all["base_url"] = ""
	}
	if a.Settings.Has(Unpaged) {
		all["pagination_max_page_size"] = 0
	}
	stage.Reply(w, http.StatusOK, all)
}
