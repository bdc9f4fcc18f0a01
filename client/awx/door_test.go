package awx_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"authdeck/model"
)

// door is a Tower of the first generation: it signs people in, ends keys, and says
// whose a key is.
type door struct {
	*stage
	keys    map[string]string // key to user; empty once it is ended
	made    int
	keeps   bool              // a key that is ended still opens
	fault   map[string]answer // by method and path, in place of an answer
	timeout string
}

const forever = `"2999-01-01T00:00:00.123Z"`

func openDoor(t *testing.T) *door {
	t.Helper()
	d := &door{stage: start(t, nil), keys: map[string]string{}, fault: map[string]answer{}, timeout: "1800"}
	d.Config.Handler = d
	return d
}

func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	d.mu.Lock()
	defer d.mu.Unlock()
	key := strings.TrimPrefix(r.Header.Get("Authorization"), "Token ")
	d.seen = append(d.seen, sent{r.Method, r.URL.Path, string(body), r.Header.Get("Authorization"), r.URL.Query()})
	w.Header().Set("Content-Type", "application/json")
	if a, broken := d.fault[r.Method+" "+r.URL.Path]; broken {
		w.WriteHeader(a.status)
		_, _ = io.WriteString(w, a.body)
		return
	}
	switch r.Method + " " + r.URL.Path {
	case "POST /api/v1/authtoken/":
		d.signIn(w, body)
	case "DELETE /api/v1/authtoken/":
		if _, known := d.keys[key]; known && !d.keeps {
			d.keys[key] = ""
		}
		w.WriteHeader(http.StatusNoContent)
	case "GET /api/v1/me/":
		d.me(w, key)
	case "GET /api/v1/users/":
		_, _ = io.WriteString(w, listOf())
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// signIn gives one key to all sign-ins of a user.
func (d *door) signIn(w http.ResponseWriter, body []byte) {
	var who struct{ Username, Password string }
	if json.Unmarshal(body, &who) != nil || who.Password != secret {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"__all__":["Unable to login with provided credentials."]}`)
		return
	}
	key := ""
	for k, user := range d.keys {
		if user == who.Username {
			key = k
		}
	}
	if key == "" {
		d.made++
		key = fmt.Sprintf("%040x", d.made)
		d.keys[key] = who.Username
	}
	w.Header().Set("Auth-Token-Timeout", d.timeout)
	_, _ = fmt.Fprintf(w, `{"token":%q,"expires":%s}`, key, forever)
}

func (d *door) me(w http.ResponseWriter, key string) {
	if user := d.keys[key]; user != "" {
		_, _ = io.WriteString(w, listOf(fmt.Sprintf(`{"id":%d,"username":%q,"is_superuser":true}`, len(user), user)))
		return
	}
	w.WriteHeader(http.StatusUnauthorized)
	_, _ = io.WriteString(w, gone)
}

// sign is a sign-in that a person asks for.
func sign(username, password string) model.Order {
	return model.Order{Action: model.Create, Draft: model.Draft{
		Values: map[string]string{"username": username}, Password: model.NewSecret(password),
	}}
}

func tokens(t *testing.T, api model.API) []model.Token {
	t.Helper()
	return must(api.Tokens(t.Context(), model.Query{Size: 50}))(t).Items
}
