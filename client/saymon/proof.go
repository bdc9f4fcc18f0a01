package saymon

import (
	"context"
	"strings"

	"authdeck/client/wire"
	"authdeck/model"
)

// proven reads the user after a new key came, and says what is not as it should be.
func (s *saymon) proven(ctx context.Context, id string, key model.Secret) (doubt []string, _ error) {
	ctx, cancel := wire.WithProofTimeout(ctx)
	defer cancel()
	now, err := s.readVisible(ctx, id)
	if err != nil {
		return []string{"The server gave a key, but whether the user has it could not be read afterwards: " + model.Reason(err) + "."}, nil
	}
	defer now.Token.value.Wipe()
	switch listed := now.Token.value.Reveal(); {
	case now.Token.value.Equal(key):
		return nil, nil
	case now.Token.state == odd:
		return []string{"The server gave a key, but what it shows of the user's token cannot be read: try the key before it is relied on."}, nil
	case strings.HasPrefix(listed, key.Reveal()):
		return nil, model.Fail(model.Uncertain, "the server made a new key, but only the beginning of it arrived; the old key has ended, and regenerate gives a whole one")
	case listed == "":
		return []string{"The server gave a key, but says that the user has none: try the key before it is relied on."}, nil
	}
	return []string{"The server gave a key, but shows another one for the user. It may mask keys, or somebody has made one more since: try the key before it is relied on."}, nil
}

// looked reads the user after a write for a new key whose answer was lost: only
// the key tells whether it happened, and a list of tokens looks the same.
func (s *saymon) looked(ctx context.Context, before user, lost error) error {
	now, err := s.readVisible(ctx, before.ID)
	defer now.Token.value.Wipe()
	old, seen := before.Token.value, now.Token.value
	said := model.Reason(lost) + "; read after that, " + who(before.user(true))
	switch {
	case wire.KeyRefused(err) && s.conn.InUse(old):
		return wire.Reword(lost, model.Partial, model.Reason(lost)+"; after that authdeck's own key is refused: it was replaced, and the new key did not arrive. Sign in another way and regenerate once more")
	case wire.IsNotFound(err):
		return wire.Reword(lost, model.Uncertain, said+" is no user any more")
	case err != nil || !legible(before.Token) || !legible(now.Token):
		return wire.Reword(lost, model.Uncertain, model.Reason(lost))
	case old.Empty() && seen.Empty():
		return wire.Reword(lost, model.Uncertain, said+" still has no token")
	case old.Equal(seen):
		return wire.Reword(lost, model.Uncertain, said+" still has the old key")
	case seen.Empty():
		return wire.Reword(lost, model.Uncertain, said+" has no token any more")
	}
	return wire.Reword(lost, model.Partial, said+" has a new key: it happened, and the key did not arrive. Regenerate gives another one")
}

// legible reports whether a token as it is shown tells one key from another, which
// one behind asterisks does not.
func legible(shown optional[model.Secret]) bool {
	return shown.state != odd && !strings.Contains(shown.value.Reveal(), "*")
}

// gone reads the user after a deletion, also after one whose answer was lost, or was
// that there is no such user. That the console's own key is refused from then on is
// proof enough.
func (s *saymon) gone(ctx context.Context, t model.Token, own bool, lost error) (model.Issued, error) {
	var now user
	defer func() { now.Token.value.Wipe() }()
	var seen error
	_, err := s.conn.Confirm(ctx, func(ctx context.Context) (bool, error) {
		now.Token.value.Wipe()
		now, seen = s.readVisible(ctx, t.ID)
		if wire.IsNotFound(seen) || own && wire.KeyRefused(seen) {
			return true, nil
		}
		return seen == nil && (now.Token.state == odd || !isVersion(t.Version, now.Token.value)), seen
	})
	missing := wire.IsNotFound(seen)
	switch {
	case own && wire.KeyRefused(seen):
		notes := []string{"The token is deleted. authdeck signed in with it and is signed out now; give its configuration another one."}
		if lost != nil {
			notes = append([]string{wire.Gone}, notes...)
		}
		return model.Issued{Notes: notes}, nil
	case err != nil:
		return unproved(lost, err, "could not be read afterwards: "+model.Reason(err))
	case now.Token.state == odd:
		return unproved(lost, nil, "could not be proved: what the server shows of it cannot be read")
	case !missing && !now.Token.value.Empty():
		return s.still(t, now, lost)
	case wire.MayBeDuplicate(lost, own):
		return model.Issued{Notes: []string{wire.Gone}}, nil
	case lost != nil:
		return model.Issued{Notes: []string{"The token is gone, though the answer to the deletion was lost (" + model.Reason(lost) + ")."}}, nil
	}
	return model.Issued{}, nil
}

// unproved is a deletion after which nobody could see what there is.
func unproved(lost, unread error, why string) (model.Issued, error) {
	switch {
	case lost != nil:
		return model.Issued{}, wire.Reword(lost, model.Uncertain, model.Reason(lost)+"; whether the token is gone "+why)
	case model.KindOf(unread) == model.Uncertain:
		return model.Issued{}, wire.Reword(unread, model.Uncertain, "the server has accepted the deletion; whether the token is gone "+why)
	}
	return model.Issued{Notes: []string{"The server has accepted the deletion; whether the token is gone " + why + "."}}, nil
}

// still is a deletion that left a token: the same one, or one with another key, and
// then somebody has made it since.
func (s *saymon) still(t model.Token, now user, lost error) (model.Issued, error) {
	has := who(t.Owner) + " has a token"
	another := legible(now.Token) && !isVersion(t.Version, now.Token.value)
	switch {
	case lost != nil:
		return model.Issued{}, wire.Reword(lost, model.Uncertain, model.Reason(lost)+", but "+has+": it was not deleted, or somebody has made another one since")
	case another:
		return model.Issued{Notes: []string{"The key that was deleted has ended. " + has + " again, with another key: somebody has made it in the same moment."}}, nil
	}
	return model.Issued{}, model.Fail(model.Contradicted, has+" all the same, and with the same key as far as the server shows keys")
}
