package client_test

import (
	"errors"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

func TestASystemWithoutACredentialStandsInTheListAndRefuses(t *testing.T) {
	t.Parallel()
	p, err := config.NewProfile(client.Kinds(), "shop", "hamgam", "https://shop.example.com", config.Given(model.Secret{}))
	if err != nil {
		t.Fatal(err)
	}
	p.Production = true
	book := &logBook{}
	api, err := client.Open(t.Context(), p, env(book))
	redacttest.FailsAs(t, err, model.Unopened)
	if info := api.Info(); info.Name != "shop" || info.Kind != "hamgam" || info.Host != "shop.example.com" || !info.Production {
		t.Errorf("it says of itself %+v", info)
	}
	_, me := api.WhoAmI(t.Context())
	_, tokens := api.Tokens(t.Context(), model.Query{Size: 1})
	_, users := api.Users(t.Context(), model.Query{Size: 1})
	refusals := []error{me, tokens, users}
	for _, a := range model.Actions() {
		_, asked := api.Prepare(t.Context(), a, model.Token{})
		_, done := api.Do(t.Context(), model.Order{Action: a})
		refusals = append(refusals, asked, done)
	}
	for i, got := range refusals {
		if !errors.Is(got, err) {
			t.Errorf("call %d fails with %v, want %v", i, got, err)
		}
	}
}

func TestAllSystemsAreOpenedWhateverBecomesOfOne(t *testing.T) {
	t.Parallel()
	absent, err := config.NewProfile(client.Kinds(), "shop", "hamgam", "https://shop.example.com", config.Given(model.Secret{}))
	if err != nil {
		t.Fatal(err)
	}
	book := &logBook{}
	apis := client.OpenAll(t.Context(), []config.Profile{absent, profile(t, "https://shop.example.com", canary+"key")}, env(book), client.Opening{ReadOnly: true})
	if len(apis) != 2 || !apis[0].Info().ReadOnly || !apis[1].Info().ReadOnly {
		t.Errorf("%d systems: %+v", len(apis), apis[0].Info())
	}
	if !strings.Contains(book.String(), `"system not opened"`) {
		t.Errorf("the log holds %s", book)
	}
	client.CloseAll(t.Context(), apis, env(book).Log)
}

func TestAGivenCredentialSaysNothingOfItself(t *testing.T) {
	t.Parallel()
	p := profile(t, "https://shop.example.com", canary+"key")
	showsNoKey(t, p.Credential)
	showsNoKey(t, p)
	showsNoKey(t, &p)
	api := open(t, p, &logBook{})
	showsNoKey(t, api)
	showsNoKey(t, api.Info())
	showsNoKey(t, client.ReadOnly(api))
}
