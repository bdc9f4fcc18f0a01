package waldur

import (
	"io"
	"net/http"

	"authdeck/client/demo/stage"
)

type versionRow struct {
	Version       string `json:"version"`
	LatestVersion string `json:"latest_version,omitempty"`
}

// configuration is public and does not tell the version.
func (h *server) configuration(w http.ResponseWriter, _ *http.Request, _ *stage.User) {
	core := map[string]any{
		"SITE_NAME":              "Demo cloud",
		"AUTHENTICATION_METHODS": []string{"LOCAL_SIGNIN"},
		"MASTERMIND_URL":         stage.BackendURL,
		"HOMEPORT_URL":           stage.BackendURL,
	}
	if h.release > beforePATs {
		core["PAT_ENABLED"] = true
	}
	stage.Reply(w, http.StatusOK, map[string]any{
		"WALDUR_CORE": core,
		"FEATURES":    map[string]any{"user": map[string]bool{"preferences": false}},
	})
}

// landing is the page for people who come with a browser.
func landing(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"UTF-8\">\n<title>Waldur MasterMind</title>\n</head>\n<body></body>\n</html>\n")
}

// root names the lists that there are.
func (h *server) root(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	link := linksFor(r)
	lists := map[string]string{"auth-tokens": link("/api/auth-tokens/"), "users": link("/api/users/")}
	if h.release > beforePATs {
		lists["personal-access-tokens"] = link("/api/personal-access-tokens/")
	}
	stage.Reply(w, http.StatusOK, lists)
}

func (h *server) version(w http.ResponseWriter, _ *http.Request, caller *stage.User) {
	v := versionRow{Version: h.release.String()}
	if caller.May(supportRight) && h.release > oldest {
		v.LatestVersion = latest.String()
	}
	stage.Reply(w, http.StatusOK, v)
}
