package saymon_test

import (
	"strings"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

func TestATokenThatChangedSinceItWasReadIsLeftAlone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*server, *model.Token)
		want   model.Kind
	}{
		"another key":     {func(s *server, _ *model.Token) { s.sets(viewerID, "authenticationToken", canary+"other") }, model.Conflict},
		"deleted":         {func(s *server, _ *model.Token) { s.sets(viewerID, "authenticationToken", nil) }, model.NotFound},
		"somebody's":      {func(_ *server, token *model.Token) { token.Owner.ID = adminID }, model.Conflict},
		"no user's":       {func(_ *server, token *model.Token) { token.ID, token.Owner.ID = "99", "99" }, model.NotFound},
		"a path":          {func(_ *server, token *model.Token) { token.ID, token.Owner.ID = "..", ".." }, model.Invalid},
		"rights are gone": {func(s *server, _ *model.Token) { s.weak = true }, model.Forbidden},
	} {
		for _, a := range []model.Action{model.Regenerate, model.Delete} {
			s := start(t)
			api := s.api(t, wire.ByBasic)
			token := tokenOf(t, api, viewerID)
			c.change(s, &token)
			_, err := api.Do(t.Context(), model.Order{Action: a, Token: token})
			failsAs(t, err, c.want)
			if sent := s.writes(); len(sent) != 0 {
				t.Errorf("%s: %q were sent", name, sent)
			}
		}
	}
}

func TestAnOrderIsHeldAgainstTheKeyThatItWasMadeFrom(t *testing.T) {
	t.Parallel()
	for _, a := range []model.Action{model.Regenerate, model.Delete} {
		s := start(t)
		api := s.api(t, wire.ByBasic)
		seen := tokenOf(t, api, viewerID)
		s.sets(viewerID, "authenticationToken", canary+"other")
		tokenOf(t, api, viewerID) // the list arrives again, under the question
		_, err := api.Do(t.Context(), model.Order{Action: a, Token: seen})
		failsAs(t, err, model.Conflict, "viewer has changed since it was read")
		seen.Version = ""
		_, err = api.Do(t.Context(), model.Order{Action: a, Token: seen})
		failsAs(t, err, model.Conflict)
		if sent := s.writes(); len(sent) != 0 {
			t.Errorf("%s: %q were sent", a, sent)
		}
	}
}

// TestAVersionIsTheSameInEveryProcess has two that know nothing of each other: a plan that one of
// them made is read by the other, where nothing has changed.
func TestAVersionIsTheSameInEveryProcess(t *testing.T) {
	t.Parallel()
	s := start(t)
	first, second := tokenOf(t, s.api(t, wire.ByBasic), viewerID), tokenOf(t, s.api(t, wire.ByBasic), viewerID)
	if first.Version != second.Version {
		t.Errorf("a key has the version %q, and %q elsewhere", first.Version, second.Version)
	}
}

// TestAVersionGivesNoKeyAway gives two users one key: what can be computed for a key alone would
// be found in all plans at once.
func TestAVersionGivesNoKeyAway(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByBasic)
	s.sets(viewerID, "authenticationToken", canary+"same")
	s.sets(oldID, "authenticationToken", canary+"same")
	one, other := tokenOf(t, api, viewerID).Version, tokenOf(t, api, oldID).Version
	if _, digest, _ := strings.Cut(one, "."); strings.HasSuffix(other, digest) || len(digest) != 64 || strings.Contains(one, canary) {
		t.Errorf("one key has the versions %q and %q", one, other)
	}
}

func TestATokenThatCannotBeReadIsLeftAlone(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByBasic)
	token := tokenOf(t, api, viewerID)
	s.sets(viewerID, "authenticationToken", row{"x": 1})
	for _, a := range []model.Action{model.Regenerate, model.Delete} {
		_, err := api.Do(t.Context(), model.Order{Action: a, Token: token})
		failsAs(t, err, model.Malformed, "viewer cannot be read")
	}
	if sent := s.writes(); len(sent) != 0 {
		t.Errorf("%q were sent", sent)
	}
}

func TestATokenThatAppearedSinceIsNotReplacedUnseen(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByBasic)
	fresh, viewer := userOf(t, api, freshID), userOf(t, api, viewerID)
	s.sets(freshID, "authenticationToken", canary+"new")
	s.sets(viewerID, "authenticationToken", nil)
	for _, owner := range []model.User{fresh, viewer} {
		_, err := creates(t, api, owner)
		failsAs(t, err, model.Conflict, "has changed since")
	}
	for _, id := range []string{"", "..", "a/b"} {
		_, err := creates(t, api, model.User{ID: id})
		failsAs(t, err, model.Invalid)
	}
	if sent := s.writes(); len(sent) != 0 {
		t.Errorf("%q were sent", sent)
	}
	if made := must(creates(t, api, userOf(t, api, freshID)))(t); made.Key.Empty() {
		t.Error("a token that was seen is not replaced")
	}
}

func TestABlockedUsersKeyComesWithAWord(t *testing.T) {
	t.Parallel()
	api := start(t).api(t, wire.ByBasic)
	made := must(creates(t, api, userOf(t, api, oldID)))(t)
	hasNote(t, made.Notes, "not activated")
}
