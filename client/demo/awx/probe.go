package awx

import (
	"fmt"
	"maps"
	"net/http"

	"authdeck/client/demo/stage"
)

const (
	nodeName       = "awx-1"
	currentVersion = "24.6.1"
)

// What tells the generations apart, without any credential.
type root struct {
	Description     string            `json:"description"`
	Current         string            `json:"current_version"`
	Available       map[string]string `json:"available_versions"`
	OAuth2          string            `json:"oauth2,omitempty"`
	CustomLogo      string            `json:"custom_logo"`
	CustomLoginInfo string            `json:"custom_login_info"`
	LoginRedirect   *string           `json:"login_redirect_override,omitempty"`
}

type platform struct {
	Description string            `json:"description"`
	APIs        map[string]string `json:"apis"`
}

type ping struct {
	HA             bool            `json:"ha"`
	Version        string          `json:"version"`
	ActiveNode     string          `json:"active_node"`
	InstallUUID    string          `json:"install_uuid,omitempty"`
	Instances      []instance      `json:"instances"`
	InstanceGroups []instanceGroup `json:"instance_groups"`
}

type instance struct {
	Node      string `json:"node"`
	Heartbeat string `json:"heartbeat"`
	Capacity  int    `json:"capacity"`
	Version   string `json:"version"`
}

type instanceGroup struct {
	Name      string   `json:"name"`
	Capacity  int      `json:"capacity"`
	Instances []string `json:"instances"`
}

type gatewayPing struct {
	Status    string `json:"status"`
	Version   string `json:"version"`
	Pong      string `json:"pong"`
	Database  bool   `json:"db_connected"`
	ProxyUsed bool   `json:"proxy_connected"`
}

// product is the number that ping tells. AWX and Tower count on their own, so
// the number decides nothing.
func (a *server) product() string {
	switch a.generation {
	case Tower:
		return "1.0.4.0"
	case Gateway2024:
		return "2.5.20250604"
	case Gateway:
		return "2.6.20261026"
	case None:
		return "24.6.2.dev120"
	default:
		if a.Settings.Has(Head) {
			return "24.6.2.dev0"
		}
		return currentVersion
	}
}

func (a *server) root(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	root := root{Description: "AWX REST API", Current: baseV2, Available: map[string]string{"v2": baseV2}}
	switch a.generation {
	case Gateway, Gateway2024:
		apis := map[string]string{"gateway": "/api/gateway/", "controller": "/api/controller/"}
		stage.Reply(w, http.StatusOK, platform{Description: "AAP gateway REST API", APIs: apis})
		return
	case Tower:
		root.Available["v1"] = baseV1
	case OAuth2:
		root.OAuth2 = "/api/o/"
	default:
	}
	if a.generation != Tower {
		root.LoginRedirect = new(string)
		giveCSRF(w, r)
	}
	stage.Reply(w, http.StatusOK, root)
}

// version lists what there is below the base, and so whether there are tokens.
func (a *server) version(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	names := []string{"ping", "me", "users", "organizations", "teams"}
	switch {
	case a.generation.IsGateway():
		names = append(names, "tokens", "applications", "activitystream")
	case a.generation == OAuth2:
		names = append(names, "tokens", "applications")
	case a.generation == Tower:
		names = append(names, "authtoken")
	}
	if !a.generation.IsGateway() {
		names = append(append(names, "config", "activity_stream"), unplayed()...)
	}
	stage.Reply(w, http.StatusOK, links(a.baseOf(r), names))
}

func links(base string, names []string) map[string]string {
	out := map[string]string{}
	for _, name := range names {
		out[name] = base + name + "/"
	}
	return out
}

func (a *server) oauth2Root(w http.ResponseWriter, _ *http.Request, _ *stage.User) {
	base := "/api/o/"
	if a.generation.IsGateway() {
		base = "/o/"
	}
	stage.Reply(w, http.StatusOK, links(base, []string{"authorize", "token", "revoke_token"}))
}

func (a *server) gatewayRoot(w http.ResponseWriter, _ *http.Request, _ *stage.User) {
	stage.Reply(w, http.StatusOK, root{
		Description: "AAP gateway REST API", Current: baseGateway, Available: map[string]string{"v1": baseGateway},
	})
}

// controllerRoot hides its OAuth2, as it does behind a gateway.
func (a *server) controllerRoot(w http.ResponseWriter, _ *http.Request, _ *stage.User) {
	const base = "/api/controller/v2/"
	stage.Reply(w, http.StatusOK, root{Description: "AWX REST API", Current: base, Available: map[string]string{"v2": base}})
}

func (a *server) controllerVersion(w http.ResponseWriter, _ *http.Request, _ *stage.User) {
	entries := links("/api/controller/v2/", []string{"ping", "config", "me", "jobs", "job_templates"})
	maps.Copy(entries, links("/api/controller/v2/", []string{"users", "organizations", "teams"}))
	stage.Reply(w, http.StatusOK, entries)
}

func (a *server) ping(w http.ResponseWriter, _ *http.Request, _ *stage.User) {
	now := stage.FormatTime(a.Today())
	if a.generation.IsGateway() {
		stage.Reply(w, http.StatusOK, gatewayPing{Status: "good", Version: a.product(), Pong: now, Database: true, ProxyUsed: true})
		return
	}
	p := ping{
		Version: a.product(), ActiveNode: nodeName,
		Instances:      []instance{{Node: nodeName, Heartbeat: now, Capacity: 137, Version: a.product()}},
		InstanceGroups: []instanceGroup{{Name: "tower", Capacity: 137, Instances: []string{nodeName}}},
	}
	if a.generation != Tower {
		p.InstallUUID = fmt.Sprintf("00000000-0000-4000-8000-%012x", a.Settings.Seed&(1<<48-1))
	}
	stage.Reply(w, http.StatusOK, p)
}
