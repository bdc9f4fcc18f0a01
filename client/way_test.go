package client_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/demo"
	"authdeck/client/wire"
)

func entered(kind, more string) string {
	return "[[system]]\nname = \"x\"\nkind = \"" + kind + "\"\nurl = \"https://x.example.com\"\n" + more + "\n"
}

const byName = "username = \"op\"\npassword_env = \"PW\"\n"

func TestASystemIsSignedInToInAWayThatItKnows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind, more string
		want       wire.Way
	}{
		{"hamgam", `token_env = "T"`, wire.ByToken},
		{"hamgam", byName, wire.BySession},
		{"authentik", `token_env = "T"`, wire.ByToken},
		{"awx", byName, wire.ByBasic},
		{"waldur", byName, wire.BySession},
		{"saymon", byName, wire.ByBasic},
		{"saymon", byName + `auth = "session"`, wire.BySession},
		{"saymon", `token_env = "T"` + "\n" + `auth = "token"`, wire.ByToken},
	} {
		found, err := config.Load(written(t, entered(c.kind, c.more)), vars(nil), client.Kinds())
		if err != nil || found.Profiles[0].Way != string(c.want) {
			t.Errorf("%s with %q: %v, %v", c.kind, c.more, found.Profiles, err)
		}
	}
}

func TestAWayThatASystemDoesNotKnowIsRefusedWithThosePossible(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, more, says string }{
		{"authentik", byName, "username: a system of kind authentik signs in with a token only"},
		{"hamgam", byName + `auth = "basic"`, `auth: "basic" does not go with kind hamgam and this credential; possible: session`},
		{"saymon", `token_env = "T"` + "\n" + `auth = "basic"`, `possible: token`},
		{"saymon", strings.Replace(byName, "op", "o:p", 1), "username: a user name with a colon"},
		{"hamgam", `token_env = "T"` + "\n" + `generation = "old"`, "generation: a system of kind hamgam has no generations"},
		{"awx", byName + `generation = "3.2"`, `generation: "3.2" is none of awx: tower, oauth2, gateway, none`},
	} {
		_, err := config.Load(written(t, entered(c.kind, c.more)), vars(nil), client.Kinds())
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "config.toml:") {
			t.Errorf("%s with %q: %v", c.kind, c.more, err)
		}
	}
}

// TestTheKindsOfSystemAreNamed holds the three lists of systems together: whatever can
// be configured is played by the demo and is a subject of the contract.
func TestTheKindsOfSystemAreNamed(t *testing.T) {
	t.Parallel()
	var tried, played []string
	for _, s := range subjects() {
		tried = append(tried, s.dialect.kind)
	}
	for _, s := range must(demo.Start(t.Context(), demo.Options{}))(t).Systems() {
		played = append(played, s.Kind)
	}
	slices.Sort(tried)
	slices.Sort(played)
	kinds := slices.Sorted(maps.Keys(client.Kinds()))
	if !slices.Equal(kinds, slices.Compact(tried)) || !slices.Equal(kinds, played) {
		t.Errorf("the kinds are %q; there are subjects of %q, and the demo plays %q", kinds, slices.Compact(tried), played)
	}
}
