package saymon_test

import (
	"net/http"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

func TestARefusalIsReadAsTheServerMeantIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status int
		body   string
		want   model.Kind
		says   string
	}{
		{401, `{"code":"Unauthorized","message":"{\"errorCode\":3,\"message\":\"Not logged in.\"}"}`, model.Unauthorized, "Not logged in. (Unauthorized)"},
		{401, `{"code":"InvalidCredentials","message":"{\"errorCode\":3,\"message\":\"Invalid login or password.\"}"}`, model.Unauthorized, "Invalid login or password. (InvalidCredentials)"},
		{401, `{"code":"Unauthorized","message":{"errorCode":3,"message":"Session expired."}}`, model.Unauthorized, "Session expired. (Unauthorized)"},
		{400, `{"code":"InvalidContent","message":"Invalid JSON: x"}`, model.Invalid, "Invalid JSON: x (InvalidContent)"},
		{403, `{"code":"Unauthorized","message":"manage-users is needed"}`, model.Forbidden, "manage-users is needed"},
		{404, `{"code":"Forbidden"}`, model.NotFound, "Forbidden"},
		{409, `{"message":"\u001b[2Jtwice"}`, model.Conflict, "␛[2Jtwice"},
		{429, `{"code":"RequestThrottled","message":"{\"errorCode\":3}"}`, model.RateLimited, `{"errorCode":3} (RequestThrottled)`},
		{500, `{"code":"Internal","message":"caused by Error"}`, model.Unavailable, "caused by Error (Internal)"},
		{500, `{"code":"Internal","message":"GET /node/api/users?api-token=` + canary + `other&x=1 failed"}`, model.Unavailable, "api-token=[secret]&x=1 failed"},
		{500, `{"detail":["?API-TOKEN%3D` + canary + `other"]}`, model.Unavailable, "api-token=[secret]"},
		{503, `{"detail":"from a gateway"}`, model.Unavailable, "from a gateway"},
		{403, `{"code":7,"message":8}`, model.Forbidden, "403 without a reason"},
		{502, `<html>bad gateway</html>`, model.Unavailable, "502 without a reason"},
		{403, ``, model.Forbidden, "403 without a reason"},
	} {
		s := start(t)
		s.answers("GET /current", saying(c.status, "application/json", c.body))
		_, err := s.api(t, wire.ByBasic).WhoAmI(t.Context())
		failsAs(t, err, c.want, c.says)
	}
}

func TestARefusedSignInSaysWhatElseItMayBe(t *testing.T) {
	t.Parallel()
	for way, says := range map[wire.Way]string{wire.ByToken: "switched off", wire.ByBasic: "LDAP or Keycloak"} {
		s := start(t)
		s.answers("GET /current", saying(http.StatusUnauthorized, "application/json", `{"code":"Unauthorized"}`))
		_, err := s.api(t, way).WhoAmI(t.Context())
		failsAs(t, err, model.Unauthorized, says)
	}
}
