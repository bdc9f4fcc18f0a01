package saymon_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

func TestAUserIsReadAsThePagesDescribeIt(t *testing.T) {
	t.Parallel()
	type want struct {
		word, kind, role string
		has, active      model.Answer
	}
	for name, c := range map[string]struct {
		fields string
		want   want
	}{
		"a token":              {`"permissions":[],"authenticationToken":"` + adminKey + `","status":2`, want{"present", "", "", model.Yes, model.Yes}},
		"no token yet":         {`"permissions":["manage-users"],"status":2`, want{"never set", "", "manage-users", model.No, model.Yes}},
		"a token that is gone": {`"permissions":[],"authenticationToken":null,"status":2`, want{"cleared", "", "", model.No, model.Yes}},
		"an empty token":       {`"permissions":[],"authenticationToken":""`, want{"cleared", "", "", model.No, model.Unsaid}},
		"an odd token":         {`"permissions":[],"authenticationToken":{"x":1}`, want{"unreadable", "", "", model.Unsaid, model.Unsaid}},
		"little rights":        {`"email":null`, want{"not visible", "", "", model.Unsaid, model.Unsaid}},
		"a token and no more":  {`"authenticationToken":null`, want{"cleared", "", "", model.No, model.Unsaid}},
		"not activated":        {`"permissions":[],"status":0`, want{"never set", "", "", model.No, model.No}},
		"blocked":              {`"permissions":[],"status":3,"source":null`, want{"never set", "", "", model.No, model.No}},
		"blocked by the clock": {`"permissions":[],"status":2,"activeTo":1500000000000`, want{"never set", "", "", model.No, model.No}},
		"to be blocked":        {`"permissions":[],"status":2,"activeTo":99500000000000`, want{"never set", "", "", model.No, model.Yes}},
		"no time to be":        {`"permissions":[],"status":2,"activeTo":null`, want{"never set", "", "", model.No, model.Yes}},
		"a status of its own":  {`"permissions":[],"status":7,"source":{"sourceType":1}`, want{"never set", "LDAP, status 7", "", model.No, model.Unsaid}},
		"Keycloak":             {`"permissions":[],"source":{"sourceType":2,"data":"x"}`, want{"never set", "Keycloak", "", model.No, model.Unsaid}},
		"the standard source":  {`"permissions":[],"source":{"sourceType":null}`, want{"never set", "", "", model.No, model.Unsaid}},
		"another source":       {`"permissions":[],"source":{"sourceType":9}`, want{"never set", "source 9", "", model.No, model.Unsaid}},
		"odd fields":           {`"permissions":"x","status":"2","activeTo":"x","source":7,"email":5,"displayName":[]`, want{"never set", "", "", model.No, model.Unsaid}},
		"contradictions": {
			`"permissions":[],"group":"64b","objectPermissions":{"include":[1,"x"]},"entityType":5,"favorites":{}`,
			want{"never set", "", "", model.No, model.Unsaid},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t)
			object := fmt.Sprintf(`{"id":%q,"login":"sara",%s}`, viewerID, c.fields)
			s.answers("GET ", saying(http.StatusOK, "application/json", "["+object+"]"))
			s.answers("GET /"+viewerID, saying(http.StatusOK, "application/json", object))
			api := s.api(t, wire.ByBasic)
			one := must(api.Users(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: model.User{ID: viewerID}}}))(t).Items[0]
			u := userOf(t, api, viewerID)
			got := want{u.TokenWord.String(), u.Kind.String(), u.Role.String(), u.HasToken, u.Active}
			if got != c.want || u.Username.String() != "sara" || u.LastLogin.Knowledge() != model.Unknown {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			if one != u {
				t.Errorf("alone it is %+v, in the list %+v", one, u)
			}
		})
	}
}

func TestATokenIsWhatItsUserSays(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.sets(oldID, "authenticationToken", canary+"old")
	api := s.api(t, wire.ByToken)
	token := tokenOf(t, api, viewerID)
	if token.Name.String() != "viewer" || token.Owner.FullName.String() != "vie***" || token.Owner.HasToken != model.Yes || token.Own || token.State != model.Active {
		t.Errorf("the token is %+v", token)
	}
	for what, is := range map[string]bool{
		"created": token.Created.Knowledge() == model.Unknown, "updated": token.Updated.Knowledge() == model.Unknown,
		"last used": token.LastUsed.Knowledge() == model.Unknown, "expires": token.Expires.Knowledge() == model.Never,
	} {
		if !is {
			t.Errorf("%s is not told truthfully", what)
		}
	}
	if !tokenOf(t, api, adminID).Own || tokenOf(t, s.api(t, wire.ByBasic), adminID).Own {
		t.Error("the console's own token is not known, or taken for its own without reason")
	}
	if old := tokenOf(t, api, oldID); old.State != model.Unclear || old.Note == token.Note {
		t.Errorf("a blocked user's token is %+v", old)
	}
}

func TestForeignTextIsClean(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.sets(viewerID, "login", "\x1b[2Jvi\u202eewer")
	s.sets(viewerID, "email", "\a@example.com")
	token := tokenOf(t, s.api(t, wire.ByBasic), viewerID)
	for _, text := range []model.Text{token.Name, token.Owner.Username, token.Owner.Email} {
		if !text.Changed() || model.Clean(text.String()).Changed() {
			t.Errorf("%+q is not clean", text)
		}
	}
}

func TestAListMayBeBareOrBoxed(t *testing.T) {
	t.Parallel()
	const one = `{"id":"7","login":"sara","permissions":[]}`
	for body, want := range map[string]int{
		`[` + one + `]`: 1, `{"users":[` + one + `]}`: 1, `[]`: 0, `{"users":[]}`: 0,
		`null`: -1, `{}`: -1, `{"users":null}`: -1, `7`: -1, `"x"`: -1, `[null]`: -1, `[{"login":"x"}]`: -1, `[{"id":7}]`: -1, `[[]]`: -1, `{"results":[]}`: -1,
	} {
		s := start(t)
		s.answers("GET ", saying(http.StatusOK, "application/json", body))
		page, err := s.api(t, wire.ByBasic).Users(t.Context(), model.Query{Size: 7})
		if want < 0 {
			failsAs(t, err, model.Malformed)
		} else if err != nil || len(page.Items) != want || page.Total != want {
			t.Errorf("%s gave %+v, %v", body, page, err)
		}
	}
}

func TestAListWithoutEndIsGivenUp(t *testing.T) {
	t.Parallel()
	many := "[" + strings.Repeat("{},", 100_000) + "{}]"
	s := start(t)
	for _, body := range []string{many, `{"users":` + many + `}`} {
		s.answers("GET ", saying(http.StatusOK, "application/json", body))
		_, err := s.api(t, wire.ByBasic).Users(t.Context(), model.Query{Size: 7})
		failsAs(t, err, model.Malformed, "JSON cannot be read")
	}
}

func TestOneUserMayComeInAnArray(t *testing.T) {
	t.Parallel()
	only := model.Query{Size: 7, Filter: model.Filter{Only: model.User{ID: "7"}}}
	for body, want := range map[string]model.Kind{
		`{"id":"7","login":"sara"}`: -1, `[{"id":"7","login":"sara"}]`: -1,
		`[]`: model.Malformed, `[{"id":"7"},{"id":"8"}]`: model.Malformed, `{"id":"8"}`: model.Malformed, `{}`: model.Malformed, `null`: model.Malformed, `7`: model.Malformed,
	} {
		s := start(t)
		s.answers("GET /7", saying(http.StatusOK, "application/json", body))
		page, err := s.api(t, wire.ByBasic).Users(t.Context(), only)
		if want >= 0 {
			failsAs(t, err, want)
		} else if err != nil || len(page.Items) != 1 {
			t.Errorf("%s gave %+v, %v", body, page, err)
		}
	}
}
