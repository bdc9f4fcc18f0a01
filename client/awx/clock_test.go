package awx_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/model"
)

// RoundTrip answers without a network, where time is not the clock's.
func (d *door) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w.Result(), nil
}

func TestDisuseEndsASignInAndUsePutsTheEndOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &door{stage: &stage{}, keys: map[string]string{}, timeout: "1800"}
		p, err := config.NewProfile(client.Kinds(), "lab", "awx", "https://lab.invalid", config.Given(model.NewSecret(secret)))
		if err == nil {
			p, err = p.SignInWith("root")
		}
		p.Generation = "tower"
		if err != nil {
			t.Fatal(err)
		}
		api := must(client.Open(t.Context(), p, client.Env{Log: slog.New(slog.DiscardHandler), Network: d}))(t)
		must(api.WhoAmI(t.Context()))(t)
		other := must(api.Do(t.Context(), sign("alice", secret)))(t)
		for range 3 {
			time.Sleep(20 * time.Minute)
			must(api.WhoAmI(t.Context()))(t)
		}
		listed := tokens(t, api)
		own, last := listed[1], model.At(time.Now())
		if d.made != 2 || !own.Own || !own.LastUsed.Equal(last) || !own.Expires.Equal(model.At(time.Now().Add(30*time.Minute))) {
			t.Errorf("signed in %d times; its own is %+v", d.made, own)
		}
		if listed[0].ID != other.Token.ID || listed[0].State != model.Unclear || listed[0].LastUsed.Knowledge() != model.Unknown {
			t.Errorf("a token that nobody is known to have used is %+v", listed[0])
		}
		time.Sleep(31 * time.Minute)
		for key := range d.keys {
			d.keys[key] = ""
		}
		must(api.Users(t.Context(), model.Query{Size: 5}))(t)
		if listed := tokens(t, api); d.made != 3 || len(listed) != 2 || listed[1].ID != other.Token.ID || !listed[0].Own {
			t.Errorf("signed in %d times; the list holds %+v", d.made, listed)
		}
		if err := api.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}
