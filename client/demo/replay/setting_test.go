package replay_test

import (
	"fmt"
	"net/url"
	"strings"
)

// setAuthentik has akadmin, who asked, and alice.
func setAuthentik(s *scene) {
	for _, row := range s.rows("/api/v3/core/users/?page_size=100&ordering=pk") {
		switch name := row["username"]; {
		case name == s.system.Username:
			s.names["u:3"] = fmt.Sprint(row["pk"])
		case s.names["u:5"] == "" && row["is_active"] == true && row["is_superuser"] == false && name != s.system.WeakUsername:
			s.names["u:5"] = fmt.Sprint(row["pk"])
		}
	}
}

// setAWX has admin and alice, who may use one application and not see the other.
func setAWX(s *scene) {
	s.people("/api/v2/users/")
	s.names["u:1"], s.names["u:3"] = s.names["admin"], s.names["weak"]
	s.names["key:n1"], s.names["key:n3"] = "56", "59"
	s.applications("/api/v2/applications/")
	s.describe("/api/v2/tokens/")
}

// setGateway counts people in another way.
func setGateway(s *scene) {
	s.people("/api/gateway/v1/users/")
	s.names["u:2"], s.names["u:1"] = s.names["admin"], s.names["weak"]
	s.names["u:3"] = s.holder("/api/gateway/v1/tokens/?page_size=200")
	s.names["key:n1"], s.names["key:n3"] = "12", "15"
	s.applications("/api/gateway/v1/applications/")
	s.describe("/api/gateway/v1/tokens/")
}

func (s *scene) people(path string) {
	for who, name := range map[string]string{"admin": s.system.Username, "weak": s.system.WeakUsername} {
		for _, row := range s.rows(path + "?username=" + name) {
			s.names[who] = fmt.Sprint(row["id"])
		}
	}
	s.names["name:alice"] = s.system.WeakUsername
	s.auditor(path)
}

// auditor makes one who may look at everything, where people can be made.
func (s *scene) auditor(path string) {
	const name, password = "replay.auditor", "looks-at-everything"
	a := s.ask("admin", "POST", path, fmt.Sprintf(`{"username":%q,"password":%q,"is_system_auditor":true,"is_platform_auditor":true}`, name, password))
	if a.Status == 201 {
		s.passwords["aud"] = [2]string{name, password}
	}
}

// holder has tokens of both kinds.
func (s *scene) holder(path string) string {
	personal, rows := map[any]bool{}, s.rows(path)
	for _, row := range rows {
		personal[row["user"]] = personal[row["user"]] || row["application"] == nil
	}
	for _, row := range rows {
		if user := fmt.Sprint(row["user"]); row["application"] != nil && personal[row["user"]] && user != s.names["admin"] {
			return user
		}
	}
	return s.names["weak"]
}

// describe makes the tokens that were searched for, and one of the application.
func (s *scene) describe(path string) {
	for _, body := range []string{`{"description":"a"}`, `{"description":"alice pat","scope":"read"}`, `{"application":` + s.names["a:1"] + `}`} {
		if a := s.ask("admin", "POST", path, body); a.Status != 201 {
			s.t.Errorf("%s: %d %s", body, a.Status, a.Body)
		}
	}
	for _, row := range s.rows(strings.Replace(path, "tokens", "applications", 1) + "?id=" + s.names["a:1"]) {
		s.names["application:1"] = url.QueryEscape(fmt.Sprint(row["name"]))
		related := row["summary_fields"].(map[string]any)
		if organization, ok := related["organization"].(map[string]any); ok {
			s.names["organization:1"] = url.QueryEscape(fmt.Sprint(organization["name"]))
		}
	}
}

func (s *scene) applications(path string) {
	seen := map[string]bool{}
	if a := s.ask("weak", "GET", path, ""); a.Status < 400 {
		for _, row := range a.Rows(s.t) {
			seen[fmt.Sprint(row["id"])] = true
			s.names["a:1"] = fmt.Sprint(row["id"])
		}
	}
	for _, row := range s.rows(path) {
		id := fmt.Sprint(row["id"])
		if s.names["a:1"] == "" {
			s.names["a:1"] = id
		} else if !seen[id] && id != s.names["a:1"] && s.names["a:2"] == "" {
			s.names["a:2"] = id
		}
	}
}

// lazyAWX makes a token that was there already.
func lazyAWX(s *scene, name string) string {
	who, base := "admin", "/api/v2/tokens/"
	if name == "t:84" || name == "t:85" {
		who = "weak"
	}
	if s.ask("none", "GET", base, "").Status == 404 {
		base = "/api/gateway/v1/tokens/"
	}
	a := s.ask(who, "POST", base, `{}`)
	if !strings.HasPrefix(name, "t:") || a.Status != 201 {
		s.t.Fatalf("nothing stands for %s: %d %s", name, a.Status, a.Body)
	}
	made := a.Object(s.t)
	s.keys[strings.TrimPrefix(name, "t:")] = fmt.Sprint(made["token"])
	return fmt.Sprint(made["id"])
}

// setWaldur has two sessions of others, and a user whom who is no staff does not see.
func setWaldur(s *scene) {
	for _, row := range s.rows("/api/auth-tokens/?page_size=300") {
		name := fmt.Sprint(row["user_username"])
		if name == s.system.Username || name == s.system.WeakUsername {
			continue
		}
		number := lastPart(row["url"])
		switch {
		case s.names["s:14"] == "" && s.ask("weak", "GET", "/api/users/"+lastPart(row["user"])+"/", "").Status == 404: // who was recorded saw nobody else
			s.names["s:14"], s.names["u:8f5c"] = number, lastPart(row["user"])
		case s.names["s:19"] == "":
			s.names["s:19"] = number
		}
	}
	u := s.names["u:8f5c"]
	s.names["U:8f5c"] = strings.ToUpper(u)
	s.names["H:8f5c"] = strings.Join([]string{u[:8], u[8:12], u[12:16], u[16:20], u[20:]}, "-")
	s.names["u:weak"] = lastPart(s.ask("weak", "GET", "/api/users/me/", "").Object(s.t)["url"])
}

func lastPart(link any) string {
	parts := strings.Split(strings.Trim(fmt.Sprint(link), "/"), "/")
	return parts[len(parts)-1]
}
