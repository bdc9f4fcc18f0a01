package awx_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"authdeck/model"
)

func TestASignInIsMadeOnceAndEndedOnClose(t *testing.T) {
	d := openDoor(t)
	api := d.byPassword(t, "tower")
	for range 2 {
		must(api.WhoAmI(t.Context()))(t)
	}
	listed := tokens(t, api)
	if len(listed) != 1 || !listed[0].Own || listed[0].Owner.ID != "4" || listed[0].LastUsed.Knowledge() != model.Known {
		t.Errorf("the list holds %+v", listed)
	}
	if err := api.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if d.writes() != "POST /api/v1/authtoken/, DELETE /api/v1/authtoken/" {
		t.Errorf("sent %s", d.writes())
	}
	if d.keys[fmt.Sprintf("%040x", 1)] != "" || len(tokens(t, api)) != 0 {
		t.Error("the sign-in outlived the console")
	}
}

func TestATokenOfTheConfigurationIsNotEnded(t *testing.T) {
	d := openDoor(t)
	d.keys[secret] = "root"
	api := d.byToken(t, "tower")
	must(api.WhoAmI(t.Context()))(t)
	if err := api.Close(t.Context()); err != nil || d.writes() != "" {
		t.Errorf("sent %q, %v", d.writes(), err)
	}
}

func TestAWrongPasswordIsUnauthorizedAndTriedOnce(t *testing.T) {
	d := openDoor(t)
	d.fault["POST /api/v1/authtoken/"] = answer{status: 400, body: `{"__all__":["no"]}`}
	api := d.byPassword(t, "tower")
	for range 2 {
		_, err := api.WhoAmI(t.Context())
		failsAs(t, err, model.Unauthorized, "not accepted")
	}
	if d.writes() != "POST /api/v1/authtoken/" {
		t.Errorf("sent %s", d.writes())
	}
}

// others are the tokens that a person has made, without the console's own sign-in.
func others(t *testing.T, api model.API) []model.Token {
	t.Helper()
	return slices.DeleteFunc(tokens(t, api), func(token model.Token) bool { return token.Own })
}

func TestTheConsolesOwnSignInIsInTheListFromTheBeginning(t *testing.T) {
	d := openDoor(t)
	api := d.byPassword(t, "tower")
	if listed := tokens(t, api); len(listed) != 1 || !listed[0].Own || listed[0].Owner.Username.String() != "root" {
		t.Errorf("the list holds %+v", listed)
	}
}

func TestAnAuthTokenLivesFromCreateToDelete(t *testing.T) {
	d := openDoor(t)
	api := d.byPassword(t, "tower")
	first := must(api.Do(t.Context(), sign("alice", secret)))(t)
	if first.Token.Owner.ID != "5" || first.Token.Owner.Username.String() != "alice" || first.Token.Own || d.keys[first.Key.Reveal()] != "alice" {
		t.Errorf("made %+v", first.Token)
	}
	if !says(first.Notes, "only from the address") || !strings.Contains(first.Token.Note.String(), "30 minutes after its last use") {
		t.Errorf("noted %q and %q", first.Notes, first.Token.Note)
	}
	if listed := others(t, api); len(listed) != 1 || listed[0] != first.Token || listed[0].State != model.Active {
		t.Errorf("the list holds %+v", listed)
	}
	old := first.Key.Reveal()
	first.Key.Wipe()
	renewed := must(api.Do(t.Context(), model.Order{Action: model.Regenerate, Token: first.Token, Draft: model.Draft{Password: model.NewSecret(secret)}}))(t)
	if renewed.Key.Reveal() == old || d.keys[old] != "" || d.keys[renewed.Key.Reveal()] != "alice" {
		t.Errorf("regenerated %+v", renewed.Token)
	}
	must(api.Do(t.Context(), model.Order{Action: model.Delete, Token: renewed.Token}))(t)
	if d.keys[renewed.Key.Reveal()] != "" || len(others(t, api)) != 0 {
		t.Error("the deleted token is still there")
	}
	_, err := api.Do(t.Context(), model.Order{Action: model.Delete, Token: renewed.Token})
	failsAs(t, err, model.NotFound, "does not hold")
}

func TestTwoSignInsOfOneUserAreOneToken(t *testing.T) {
	d := openDoor(t)
	api := d.byPassword(t, "tower")
	must(api.Do(t.Context(), sign("alice", secret)))(t)
	again := must(api.Do(t.Context(), sign("alice", secret)))(t)
	if !says(again.Notes, "two sign-ins share it") || len(others(t, api)) != 1 {
		t.Errorf("noted %q", again.Notes)
	}
	must(api.WhoAmI(t.Context()))(t)
	own := must(api.Do(t.Context(), sign("root", secret)))(t)
	if !says(own.Notes, "the very token that authdeck signs in with") || !own.Token.Own {
		t.Errorf("noted %q", own.Notes)
	}
	if err := api.Close(t.Context()); err != nil || d.keys[own.Key.Reveal()] != "root" {
		t.Errorf("a key that a person has was ended on close: %v", err)
	}
}

func TestASignInThatCannotBeIsRefused(t *testing.T) {
	d := openDoor(t)
	api := d.byPassword(t, "tower")
	for name, c := range map[string]struct {
		order model.Order
		kind  model.Kind
		words string
	}{
		"nobody":           {sign(" ", secret), model.Invalid, "user name"},
		"no password":      {sign("alice", ""), model.Invalid, "password"},
		"an altered name":  {model.Order{Action: model.Create, Draft: model.Draft{Owner: model.User{Username: model.Clean("\x1b")}, Password: model.NewSecret("x")}}, model.Unsupported, "as they came"},
		"a wrong password": {sign("alice", " wrong"), model.Invalid, "blanks off both ends"},
	} {
		_, err := api.Do(t.Context(), c.order)
		t.Log(name)
		failsAs(t, err, c.kind, c.words)
	}
	if len(others(t, api)) != 0 {
		t.Error("something was made")
	}
}

func TestAnAnswerThatQuotesAPasswordIsNotShown(t *testing.T) {
	for password, said := range map[string]string{
		"Hunter-seven":          "Hunter-seven is wrong",
		"Hunter7.":              "too weak: Hunter7.",
		" Hunter7 ":             "bad: Hunter7 - no",
		"Hunter-" + longAsAKey:  "bad: Hunter-" + longAsAKey,
		"Hunter seven or eight": strings.Repeat("x", 1010) + " Hunter seven or eight",
	} {
		d := openDoor(t)
		d.fault["POST /api/v1/authtoken/"] = answer{status: 400, body: `{"password":["` + said + `"]}`}
		_, err := d.byToken(t, "tower").Do(t.Context(), sign("alice", password))
		failsAs(t, err, model.Invalid, "password: ")
		if strings.Contains(err.Error(), "Hunter") {
			t.Errorf("the error tells the password: %v", err)
		}
	}
}

const longAsAKey = "0123456789abcdef0123456789abcdef"

func TestASignInThatWasAskedForAndLostMayHaveHappened(t *testing.T) {
	for status, want := range map[int]model.Kind{500: model.Uncertain, 302: model.Uncertain, 429: model.RateLimited, 404: model.NotFound} {
		d := openDoor(t)
		d.fault["POST /api/v1/authtoken/"] = answer{status: status, body: `{"detail":"no"}`}
		_, err := d.byToken(t, "tower").Do(t.Context(), sign("alice", secret))
		failsAs(t, err, want, "")
	}
	d := openDoor(t)
	d.fault["POST /api/v1/authtoken/"] = answer{status: 200, body: `{"expires":` + forever + `}`}
	_, err := d.byToken(t, "tower").Do(t.Context(), sign("alice", secret))
	failsAs(t, err, model.Uncertain, "without a key")
}

func TestAKeyThatIsRefusedAtOnceIsSaidToBe(t *testing.T) {
	d := openDoor(t)
	d.fault["GET /api/v1/me/"] = answer{status: 401, body: `{"detail":"User inactive or deleted"}`}
	issued := must(d.byToken(t, "tower").Do(t.Context(), sign("alice", secret)))(t)
	if !says(issued.Notes, "REFUSES THE KEY") || issued.Key.Empty() {
		t.Errorf("noted %q", issued.Notes)
	}
}

func TestTheEndIsTheLastUseAndTheTimeout(t *testing.T) {
	for timeout, want := range map[string]bool{"1800": false, "": true, "x": true, "-1": true, "99999999999999999999": true} {
		d := openDoor(t)
		d.timeout = timeout
		issued := must(d.byToken(t, "tower").Do(t.Context(), sign("alice", secret)))(t)
		if got := issued.Token.Expires.Equal(at(t, "2999-01-01T00:00:00.123Z")); got != want {
			t.Errorf("with the timeout %q the end is %v", timeout, issued.Token.Expires)
		}
	}
}

func TestTheListIsSearchedSortedAndNarrowedHere(t *testing.T) {
	d := openDoor(t)
	api := d.byToken(t, "tower")
	for _, name := range []string{"alice", "bob", "carol"} {
		must(api.Do(t.Context(), sign(name, secret)))(t)
	}
	before := len(d.seen)
	names := func(q model.Query) string {
		var found []string
		q.Size = 2
		for {
			page := must(api.Tokens(t.Context(), q))(t)
			for _, token := range page.Items {
				found = append(found, token.Owner.Username.String())
			}
			if !strings.Contains(page.Note, "keeps no list") {
				t.Errorf("the list says %q of itself", page.Note)
			}
			if q.At = page.Next; q.At == "" {
				return strings.Join(found, " ")
			}
		}
	}
	for want, q := range map[string]model.Query{
		"carol bob alice": {}, "alice bob carol": {Sort: "id"}, "bob": {Search: "BOB"}, "alice": {Filter: model.Filter{Only: model.User{ID: "5", Username: model.Clean("alice")}}, Sort: "id", Search: "#1"},
	} {
		if got := names(q); got != want {
			t.Errorf("%+v gives %q, want %q", q, got, want)
		}
	}
	for _, q := range []model.Query{{Sort: "modified"}, {At: "3"}, {Filter: model.Filter{Choice: "personal"}}, {Ranges: []model.Range{{Field: "id"}}}, {Search: strings.Repeat("ab", 20)}} {
		_, err := api.Tokens(t.Context(), q)
		failsAs(t, err, model.Invalid, "")
	}
	if len(d.seen) != before {
		t.Error("the server was asked")
	}
}

func TestARefusalOfATowerSaysWhatItMeans(t *testing.T) {
	for _, words := range []string{"wrong, or has ended by disuse", "from another address"} {
		_, err := openDoor(t).byToken(t, "tower").WhoAmI(t.Context())
		failsAs(t, err, model.Unauthorized, words)
	}
	d := openDoor(t)
	d.fault["GET /api/v1/me/"] = answer{status: 403, body: `{"detail":"Authentication credentials were not provided."}`}
	_, err := d.byPassword(t, "tower").WhoAmI(t.Context())
	failsAs(t, err, model.Unauthorized, "Basic is switched off")
	d.fault["GET /api/v1/users/7/"] = d.fault["GET /api/v1/me/"]
	delete(d.fault, "GET /api/v1/me/")
	_, err = d.byPassword(t, "tower").Users(t.Context(), model.Query{Size: 5, Filter: model.Filter{Only: model.User{ID: "7"}}})
	failsAs(t, err, model.Forbidden, "")
}
