package awx_test

import (
	"maps"
	"strings"
	"testing"

	"authdeck/model"
)

func revoke(key string) model.Order {
	return model.Order{Action: model.Revoke, Draft: model.Draft{Password: model.NewSecret(key)}}
}

func TestAPastedKeyIsEndedAndProved(t *testing.T) {
	leaked := strings.Repeat("7", 40)
	for name, c := range map[string]struct {
		keys  map[string]string
		words string
	}{
		"one that works from here": {map[string]string{leaked: "alice"}, "it opened as alice before, and the server refuses it now"},
		"one that is not known":    {nil, "CANNOT BE PROVED"},
		"one that had ended":       {map[string]string{leaked: ""}, "CANNOT BE PROVED"},
	} {
		d := openDoor(t)
		maps.Copy(d.keys, c.keys)
		issued := must(d.byPassword(t, "tower").Do(t.Context(), revoke(leaked)))(t)
		if !says(issued.Notes, c.words) || !issued.Key.Empty() || d.keys[leaked] != "" {
			t.Errorf("%s: noted %q", name, issued.Notes)
		}
		if d.writes() != "DELETE /api/v1/authtoken/" || d.requests()[0].signed != "Token "+leaked {
			t.Errorf("%s: sent %v", name, d.requests())
		}
	}
}

func TestAPastedKeyThatOpenedBeforeIsSeenToHaveEnded(t *testing.T) {
	leaked := strings.Repeat("7", 40)
	d := openDoor(t)
	d.keys[leaked] = "alice"
	api := d.byPassword(t, "tower")
	must(api.Do(t.Context(), revoke(leaked)))(t)
	if found := must(api.Look(t.Context(), revoke(leaked)))(t); found.End != model.Visible {
		t.Errorf("found %+v", found)
	}
}

func TestAYesWithoutProofIsUncertain(t *testing.T) {
	leaked := strings.Repeat("7", 40)
	d := openDoor(t)
	d.keys[leaked], d.keeps = "alice", true
	_, err := d.byToken(t, "tower").Do(t.Context(), revoke(leaked))
	failsAs(t, err, model.Contradicted, "still opens")
	api := d.byToken(t, "tower")
	issued := must(api.Do(t.Context(), sign("bob", secret)))(t)
	_, err = api.Do(t.Context(), model.Order{Action: model.Delete, Token: issued.Token})
	failsAs(t, err, model.Contradicted, "still opens")
	d.fault["GET /api/v1/me/"] = answer{status: 500, body: `{}`}
	_, err = api.Do(t.Context(), model.Order{Action: model.Delete, Token: issued.Token})
	failsAs(t, err, model.Uncertain, "could not be asked")
	d.fault["DELETE /api/v1/authtoken/"] = answer{status: 502, body: `{}`}
	_, err = api.Do(t.Context(), model.Order{Action: model.Delete, Token: issued.Token})
	failsAs(t, err, model.Uncertain, "502")
	if len(tokens(t, api)) != 1 {
		t.Error("a token that may still work has left the list")
	}
}

func TestWhatIsNoKeyIsNotSent(t *testing.T) {
	d := openDoor(t)
	api := d.byToken(t, "tower")
	for _, key := range []string{"", "a b", "a\nb", "سارا"} {
		_, err := api.Do(t.Context(), revoke(key))
		failsAs(t, err, model.Invalid, "key")
	}
	if len(d.seen) != 0 {
		t.Errorf("%d requests were sent", len(d.seen))
	}
}

func TestAKeyInTheWordsOfAServerIsNotShown(t *testing.T) {
	d := openDoor(t)
	d.fault["GET /api/v1/me/"] = answer{status: 403, body: `{"detail":"pasted-key may not"}`}
	_, err := d.byPassword(t, "tower").Do(t.Context(), revoke("pasted-key"))
	failsAs(t, err, model.Forbidden, "[secret] may not")
	if strings.Contains(err.Error(), "pasted") {
		t.Errorf("the error tells the key: %v", err)
	}
}

func TestARegenerationThatHalfSucceedsSaysWhichHalf(t *testing.T) {
	d := openDoor(t)
	api := d.byToken(t, "tower")
	issued := must(api.Do(t.Context(), sign("alice", secret)))(t)
	again := model.Order{Action: model.Regenerate, Token: issued.Token}
	_, err := api.Do(t.Context(), again)
	failsAs(t, err, model.Invalid, "password")
	if d.keys[issued.Key.Reveal()] != "alice" {
		t.Error("the token was ended without a password for the next one")
	}
	again.Password = model.NewSecret("wrong")
	_, err = api.Do(t.Context(), again)
	failsAs(t, err, model.Partial, "there is no new one")
	if len(tokens(t, api)) != 0 || d.keys[issued.Key.Reveal()] != "" {
		t.Error("what is over is still listed")
	}
	issued = must(api.Do(t.Context(), sign("alice", secret)))(t)
	d.fault["POST /api/v1/authtoken/"] = answer{status: 500, body: `{}`}
	again = model.Order{Action: model.Regenerate, Token: issued.Token, Draft: model.Draft{Password: model.NewSecret(secret)}}
	_, err = api.Do(t.Context(), again)
	failsAs(t, err, model.Partial, "is not known")
}

func TestTheClientGoesOnWhenItsOwnSignInIsEnded(t *testing.T) {
	d := openDoor(t)
	api := d.byPassword(t, "tower")
	must(api.WhoAmI(t.Context()))(t)
	own := tokens(t, api)[0]
	issued := must(api.Do(t.Context(), model.Order{Action: model.Regenerate, Token: own, Draft: model.Draft{Password: model.NewSecret(secret)}}))(t)
	if !issued.Token.Own || !says(issued.Notes, "authdeck goes on with this key") {
		t.Errorf("issued %+v", issued)
	}
	must(api.WhoAmI(t.Context()))(t)
	if d.made != 2 {
		t.Errorf("signed in %d times", d.made)
	}
	own = tokens(t, api)[0]
	if form := must(api.Prepare(t.Context(), model.Delete, own))(t); !says(form.Warnings, "signs in again") {
		t.Errorf("it warns of %q", form.Warnings)
	}
	must(api.Do(t.Context(), model.Order{Action: model.Delete, Token: own}))(t)
	must(api.WhoAmI(t.Context()))(t)
	if d.made != 3 || !tokens(t, api)[0].Own {
		t.Errorf("signed in %d times; the list holds %+v", d.made, tokens(t, api))
	}
}

func TestAFormOfATowerAsksForPasswords(t *testing.T) {
	d := openDoor(t)
	api := d.byPassword(t, "tower")
	ask := func(a model.Action, token model.Token) string {
		var kinds []string
		form := must(api.Prepare(t.Context(), a, token))(t)
		for _, f := range form.Fields {
			kinds = append(kinds, f.Key)
			if f.Key != "username" && f.Kind != model.AskSecret {
				t.Errorf("%s shows %s", a, f.Key)
			}
			if f.Check != nil && (f.Check(" ") == nil || f.Check("alice") != nil) {
				t.Errorf("%s does not look at %s", a, f.Key)
			}
		}
		return strings.Join(kinds, " ")
	}
	issued := must(api.Do(t.Context(), sign("alice", secret)))(t)
	for want, got := range map[string]string{
		"username password": ask(model.Create, model.Token{}),
		"password":          ask(model.Create, model.Token{Owner: model.User{ID: "5", Username: model.Clean("alice")}}),
		" password":         " " + ask(model.Regenerate, issued.Token),
		"key":               ask(model.Revoke, model.Token{}),
		"":                  ask(model.Delete, issued.Token),
	} {
		if got != want {
			t.Errorf("asked for %q, want %q", got, want)
		}
	}
	_, err := api.Prepare(t.Context(), model.Create, model.Token{Owner: model.User{Username: model.Clean("\x1b")}})
	failsAs(t, err, model.Unsupported, "cannot send back")
	stranger := issued.Token
	stranger.Owner.ID = "99"
	_, err = api.Prepare(t.Context(), model.Delete, stranger)
	failsAs(t, err, model.Conflict, "changed")
	if preset := must(api.Do(t.Context(), model.Order{Action: model.Create, Draft: model.Draft{Owner: model.User{ID: "9", Username: model.Clean("bob")}, Password: model.NewSecret(secret)}}))(t); !says(preset.Notes, "not of the user who was meant") {
		t.Errorf("noted %q", preset.Notes)
	}
}
