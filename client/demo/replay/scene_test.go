package replay_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

// scene is a mirror in the situation in which a server was recorded: it knows which of
// its people, tokens and applications stand for those of the recordings.
type scene struct {
	t         *testing.T
	system    demo.System
	passwords map[string][2]string // names and passwords of who was made for it
	names     map[string]string    // what stands in braces, and what of the mirror it means
	keys      map[string]string    // the keys of tokens that were made, by their name
	known     map[string]bool      // addresses of tokens that were spoken of
	lazy      func(s *scene, name string) string
}

// play starts what answers as the server did.
func play(t *testing.T, server string) *scene {
	t.Helper()
	setting := settings(server)
	d := demotest.Start(t, setting.options)
	s := &scene{
		t: t, system: demotest.SystemOf(d, setting.kind), passwords: map[string][2]string{}, names: map[string]string{}, keys: map[string]string{},
		known: map[string]bool{}, lazy: setting.lazy,
	}
	s.names["weak_username"], s.names["weak_password"], s.names["key"] = s.system.WeakUsername, s.system.WeakPassword, s.system.Token
	setting.set(s)
	return s
}

// setting is how a server is played.
type setting struct {
	kind    string
	options demo.Options
	set     func(*scene)
	lazy    func(s *scene, name string) string // makes what is spoken of for the first time
}

func settings(server string) setting {
	now := demo.Options{}
	switch server {
	case "authentik-2025.12":
		now.Quirks = []demo.Quirk{"authentik-2025.12"}
		return setting{"authentik", now, setAuthentik, nil}
	case "authentik-2026.5":
		return setting{"authentik", now, setAuthentik, nil}
	case "awx-24.6":
		now.AWX, now.Quirks = demo.AWXOAuth2, []demo.Quirk{demo.AWXHead}
		return setting{"awx", now, setAWX, lazyAWX}
	case "gateway-2024":
		now.AWX, now.Quirks = gateway2024(), []demo.Quirk{demo.AWXOpenList}
		return setting{"awx", now, setGateway, lazyAWX}
	default:
		now.Quirks = []demo.Quirk{demo.Waldur70}
		return setting{"waldur", now, setWaldur, nil}
	}
}

// gateway2024 is the gateway with the library that was recorded, if it can be played.
func gateway2024() demo.Generation {
	const of2024 demo.Generation = "gateway-2024"
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	d, err := demo.Start(ctx, demo.Options{AWX: of2024})
	if err != nil {
		return demo.AWXGateway
	}
	_ = d.Close()
	return of2024
}

var braces = regexp.MustCompile(`\{([A-Za-z_]+(?::\w+)?)\}`)

// fill puts what the mirror has in the place of what the recording names.
func (s *scene) fill(text string) string {
	return braces.ReplaceAllStringFunc(text, func(found string) string {
		name := strings.Trim(found, "{}")
		if value, ok := s.names[name]; ok {
			return value
		}
		if s.lazy == nil {
			s.t.Fatalf("nothing stands for %s", found)
		}
		s.names[name] = s.lazy(s, name)
		return s.names[name]
	})
}

// replay sends what was recorded.
func (s *scene) replay(r recording) demotest.Answer {
	s.t.Helper()
	for _, step := range r.Before {
		s.ask("admin", step[0], s.fill(step[1]), step[2])
	}
	s.begin(r)
	body := ""
	if r.Body != nil {
		body = s.fill(*r.Body)
	}
	request := s.request(r.As, r.Method, s.fill(r.Path), body)
	if r.Body == nil {
		request.Header.Del("Content-Type")
	}
	for name, value := range r.Header {
		switch value = s.fill(value); {
		case name == "Host":
			request.Host = value
		case value == "" && name == "Content-Type":
			request.Header.Del(name)
		default:
			request.Header.Set(name, latin(value))
		}
	}
	a, err := demotest.Do(request)
	if err != nil {
		s.t.Fatalf("%s: %v", r.ID, err)
	}
	s.learn(r, a)
	return a
}

// latin is a text as it stands in a header: a letter a byte.
func latin(text string) string {
	var bytes []byte
	for _, r := range text {
		bytes = append(bytes, byte(r))
	}
	return string(bytes)
}

// tokenAddress is a token of authentik, which its name is the address of.
var tokenAddress = regexp.MustCompile(`^(/api/v3/core/tokens/)([\w-]+)/`)

// begin makes the token that is spoken of for the first time, and that was there.
func (s *scene) begin(r recording) {
	address := tokenAddress.FindStringSubmatch(r.Path)
	if address == nil || s.known[address[2]] {
		return
	}
	s.known[address[2]] = true
	if r.Status != http.StatusNotFound && r.Type != "text/html; charset=utf-8" {
		s.ask(r.As, "POST", address[1], fmt.Sprintf(`{"identifier":%q}`, address[2]))
	}
}

// learn notes by which name the mirror knows what was made.
func (s *scene) learn(r recording, a demotest.Answer) {
	if r.Status != http.StatusCreated || a.Status != http.StatusCreated {
		return
	}
	var was, is struct {
		ID         json.Number
		Identifier string
		Token      string
	}
	if json.Unmarshal(r.Answer, &was) != nil || json.Unmarshal([]byte(a.Body), &is) != nil {
		return
	}
	s.known[was.Identifier] = true
	s.names["t:"+was.ID.String()], s.keys[was.ID.String()] = is.ID.String(), is.Token
}

// ask does what was not recorded.
func (s *scene) ask(who, method, path, body string) demotest.Answer {
	s.t.Helper()
	a, err := demotest.Do(s.request(who, method, path, body))
	if err != nil {
		s.t.Fatal(err)
	}
	return a
}

func (s *scene) request(who, method, path, body string) *http.Request {
	s.t.Helper()
	if _, err := url.Parse(path); err != nil {
		s.t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.system.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	s.sign(request, who)
	return request
}

// sign signs a request as who asked.
func (s *scene) sign(request *http.Request, who string) {
	scheme := "Bearer "
	if s.system.Kind == "waldur" {
		scheme = "Token "
	}
	name, key, _ := strings.Cut(who, ":")
	switch name {
	case "none":
	case "admin":
		request.Header.Set("Authorization", scheme+s.system.Token)
	case "weak":
		request.Header.Set("Authorization", scheme+s.system.Weak)
	case "stale":
		request.Header.Set("Authorization", scheme+strings.Repeat("0", 40))
	case "raw":
		request.Header.Set("Authorization", key)
	case "wrong", "inactive":
		request.SetBasicAuth(s.system.Username, "wrong")
	case "key":
		number := s.names["key:"+key]
		s.fill("{t:" + number + "}") // made now if nobody has spoken of it
		request.Header.Set("Authorization", "Bearer "+s.keys[number])
	case "aud":
		request.SetBasicAuth(s.passwords[name][0], s.passwords[name][1])
	default: // nobody whose key is known here
		request.Header.Set("Authorization", "nobody "+who)
	}
}

// rows are the first rows of a list, as the administrator sees it.
func (s *scene) rows(path string) []map[string]any {
	s.t.Helper()
	a := s.ask("admin", "GET", path, "")
	if strings.HasPrefix(a.Body, "[") {
		return a.List(s.t)
	}
	return a.Rows(s.t)
}
