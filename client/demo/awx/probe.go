package awx

import (
	"fmt"
	"maps"
	"net/http"

	"authdeck/client/demo/stage"
)

const (
	awxNode    = "awx-1"
	awxVersion = "24.6.1"
)

// What tells the generations apart, without any credential.
type awxRoot struct {
	Description     string            `json:"description"`
	Current         string            `json:"current_version"`
	Available       map[string]string `json:"available_versions"`
	OAuth2          string            `json:"oauth2,omitempty"`
	CustomLogo      string            `json:"custom_logo"`
	CustomLoginInfo string            `json:"custom_login_info"`
}

type awxPlatform struct {
	Description string            `json:"description"`
	APIs        map[string]string `json:"apis"`
}

type awxPing struct {
	HA             bool               `json:"ha"`
	Version        string             `json:"version"`
	ActiveNode     string             `json:"active_node"`
	InstallUUID    string             `json:"install_uuid,omitempty"`
	Instances      []awxInstance      `json:"instances"`
	InstanceGroups []awxInstanceGroup `json:"instance_groups"`
}

type awxInstance struct {
	Node      string `json:"node"`
	Heartbeat string `json:"heartbeat"`
	Capacity  int    `json:"capacity"`
	Version   string `json:"version"`
}

type awxInstanceGroup struct {
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
func (a *awx) product() string {
	switch a.generation {
	case AwxTower:
		return "1.0.4.0"
	case AwxGateway:
		return "2.5.20250604"
	case AwxNone:
		return "24.6.2.dev120"
	default:
		return awxVersion
	}
}

func (a *awx) root(w http.ResponseWriter, _ *http.Request, _ *stage.User) {
	root := awxRoot{Description: "AWX REST API", Current: awxV2, Available: map[string]string{"v2": awxV2}}
	switch a.generation {
	case AwxGateway:
		apis := map[string]string{"gateway": "/api/gateway/", "controller": "/api/controller/"}
		stage.Reply(w, http.StatusOK, awxPlatform{Description: "AAP gateway REST API", APIs: apis})
		return
	case AwxTower:
		root.Available["v1"] = awxV1
	case AwxOAuth2:
		root.OAuth2 = "/api/o/"
	default:
	}
	stage.Reply(w, http.StatusOK, root)
}

// version lists what there is below the base, and so whether there are tokens.
func (a *awx) version(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	names := map[Generation][]string{
		AwxTower: {"authtoken"}, AwxOAuth2: {"tokens", "applications"}, AwxGateway: {"tokens", "applications", "authenticators"},
	}[a.generation]
	stage.Reply(w, http.StatusOK, awxEntries(a.baseOf(r), append(names, "ping", "me", "users", "organizations", "teams", "activity_stream")))
}

func awxEntries(base string, names []string) map[string]string {
	out := map[string]string{}
	for _, name := range names {
		out[name] = base + name + "/"
	}
	return out
}

func (a *awx) oauth2Root(w http.ResponseWriter, _ *http.Request, _ *stage.User) {
	stage.Reply(w, http.StatusOK, awxEntries("/api/o/", []string{"authorize", "token", "revoke_token"}))
}

func (a *awx) gatewayRoot(w http.ResponseWriter, _ *http.Request, _ *stage.User) {
	stage.Reply(w, http.StatusOK, awxRoot{
		Description: "AAP gateway REST API", Current: gatewayV1, Available: map[string]string{"v1": gatewayV1},
	})
}

// controllerRoot hides its OAuth2, as it does behind a gateway.
func (a *awx) controllerRoot(w http.ResponseWriter, _ *http.Request, _ *stage.User) {
	const base = "/api/controller/v2/"
	stage.Reply(w, http.StatusOK, awxRoot{Description: "AWX REST API", Current: base, Available: map[string]string{"v2": base}})
}

func (a *awx) controllerVersion(w http.ResponseWriter, _ *http.Request, _ *stage.User) {
	entries := awxEntries("/api/controller/v2/", []string{"ping", "config", "me", "jobs", "job_templates"})
	maps.Copy(entries, awxEntries("/api/controller/v2/", []string{"users", "organizations", "teams"}))
	stage.Reply(w, http.StatusOK, entries)
}

func (a *awx) ping(w http.ResponseWriter, _ *http.Request, _ *stage.User) {
	now := stage.FormatTime(a.Today())
	if a.generation == AwxGateway {
		stage.Reply(w, http.StatusOK, gatewayPing{Status: "good", Version: a.product(), Pong: now, Database: true, ProxyUsed: true})
		return
	}
	p := awxPing{
		Version: a.product(), ActiveNode: awxNode,
		Instances:      []awxInstance{{Node: awxNode, Heartbeat: now, Capacity: 137, Version: a.product()}},
		InstanceGroups: []awxInstanceGroup{{Name: "tower", Capacity: 137, Instances: []string{awxNode}}},
	}
	if a.generation != AwxTower {
		p.InstallUUID = fmt.Sprintf("00000000-0000-4000-8000-%012x", a.Settings.Seed&(1<<48-1))
	}
	stage.Reply(w, http.StatusOK, p)
}
