package awx

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"authdeck/client/demo/stage"
)

// policy is what superusers can set of how people sign in.
type policy struct {
	life     atomic.Int64 // seconds that a new token lives
	basicOff atomic.Bool
}

// Lives of a new token, in seconds.
const (
	thousandYears = 31_536_000_000 // of 365 days
	oneYear       = 31_536_000     // the gateway's library in 2026
)

func (a *server) newPolicy() {
	a.policy.life.Store(thousandYears)
	if a.generation == Gateway {
		a.policy.life.Store(oneYear)
	}
}

// expiry is the end of a token that is made at a moment.
func (a *server) expiry(made time.Time) time.Time {
	const day = 24 * 60 * 60
	life := a.policy.life.Load()
	return made.AddDate(0, 0, int(life/day)).Add(time.Duration(life%day) * time.Second)
}

// oauth2Setting are the lives of what OAuth2 gives out.
type oauth2Setting struct {
	Access  int64 `json:"ACCESS_TOKEN_EXPIRE_SECONDS"`
	Code    int64 `json:"AUTHORIZATION_CODE_EXPIRE_SECONDS"`
	Refresh int64 `json:"REFRESH_TOKEN_EXPIRE_SECONDS"`
}

type authenticationSettings struct {
	SessionAge     int           `json:"SESSION_COOKIE_AGE"`
	SessionsEach   int           `json:"SESSIONS_PER_USER"`
	NoLocal        bool          `json:"DISABLE_LOCAL_AUTH"`
	Basic          bool          `json:"AUTH_BASIC_ENABLED"`
	OAuth2         oauth2Setting `json:"OAUTH2_PROVIDER"`
	ExternalTokens bool          `json:"ALLOW_OAUTH2_FOR_EXTERNAL_USERS"`
	LoginRedirect  string        `json:"LOGIN_REDIRECT_OVERRIDE"`
	OpenMetrics    bool          `json:"ALLOW_METRICS_FOR_ANONYMOUS_USERS"`
}

// settings are for superusers and auditors.
func (a *server) settings(w http.ResponseWriter, _ *http.Request, caller *stage.User) {
	if !a.seesAll(caller) {
		a.refuse(w, http.StatusForbidden)
		return
	}
	stage.Reply(w, http.StatusOK, authenticationSettings{
		SessionAge: 1800, SessionsEach: -1, Basic: a.takesBasic(),
		OAuth2: oauth2Setting{Access: a.policy.life.Load(), Code: 600, Refresh: 2_628_000},
	})
}

// set takes two of them, which change nothing of the tokens that are there.
func (a *server) set(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if !caller.Admin {
		a.refuse(w, http.StatusForbidden)
		return
	}
	fields, ok := a.readFields(w, r)
	if !ok {
		return
	}
	wrong := stage.Complaints{}
	life, basic := a.wishedLife(fields, wrong), !a.policy.basicOff.Load()
	if raw, given := fields["AUTH_BASIC_ENABLED"]; given {
		if basic, ok = stage.ReadBoolean(raw); !ok {
			wrong["AUTH_BASIC_ENABLED"] = []string{stage.NotBoolean}
		}
	}
	if len(wrong) > 0 {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	a.policy.life.Store(life)
	a.policy.basicOff.Store(!basic)
	a.settings(w, r, caller)
}

func (a *server) wishedLife(fields map[string]json.RawMessage, wrong stage.Complaints) int64 {
	const name = "OAUTH2_PROVIDER"
	life := a.policy.life.Load()
	raw, given := fields[name]
	if !given {
		return life
	}
	var wish map[string]json.RawMessage
	if json.Unmarshal(raw, &wish) != nil || wish == nil {
		wrong[name] = []string{fmt.Sprintf("Expected a dictionary of items but got type %q.", stage.PythonType(raw))}
		return life
	}
	if seconds, named := wish["ACCESS_TOKEN_EXPIRE_SECONDS"]; named {
		if json.Unmarshal(seconds, &life) != nil || life < 1 {
			wrong[name] = []string{"Ensure this value is greater than or equal to 1."}
		}
	}
	return life
}

// configuration is what tower-cli asks for the version of, and awxkit for a licence.
type configuration struct {
	TimeZone string         `json:"time_zone"`
	Licence  map[string]any `json:"license_info"`
	Version  string         `json:"version"`
	Ansible  string         `json:"ansible_version"`
	Eula     string         `json:"eula"`
	Become   [][2]string    `json:"become_methods"`
}

func (a *server) config(w http.ResponseWriter, _ *http.Request, _ *stage.User) {
	stage.Reply(w, http.StatusOK, configuration{
		TimeZone: "UTC", Version: a.product(), Ansible: "2.17.0", Become: [][2]string{{"sudo", "Sudo"}, {"su", "Su"}},
		Licence: map[string]any{"license_type": "open", "valid_key": true, "subscription_name": "OPEN", "product_name": "AWX"},
	})
}
