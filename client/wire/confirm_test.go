package wire

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"authdeck/model"
)

// unfailed stands for no error where a kind is wanted.
const unfailed = model.Kind(-1)

// looks gives one answer after the other.
func looks(answers ...any) func(context.Context) (bool, error) {
	return func(ctx context.Context) (bool, error) {
		now := answers[0]
		answers = answers[1:]
		switch now := now.(type) {
		case error:
			return false, now
		case time.Duration: // a server that does not answer
			select {
			case <-time.After(now):
			case <-ctx.Done():
				return false, Plain(ctx, ctx.Err())
			}
			return true, nil
		}
		return now.(bool), nil
	}
}

func TestAChangeIsLookedForAtOnceAndASecondLater(t *testing.T) {
	lost := errors.New("lost")
	for name, c := range map[string]struct {
		look  func(context.Context) (bool, error)
		gives time.Duration // until nobody waits any more; zero for ever
		shows bool
		kind  model.Kind
		took  time.Duration
	}{
		"it shows at once":             {looks(true), 0, true, unfailed, 0},
		"it shows a second later":      {looks(false, true), 0, true, unfailed, time.Second},
		"it does not show":             {looks(false, false), 0, false, unfailed, time.Second},
		"it cannot be read":            {looks(model.Fail(model.Unavailable, "lost")), 0, false, model.Unavailable, 0},
		"the second look fails":        {looks(false, lost), 0, false, model.Uncertain, time.Second},
		"nobody waits for the second":  {looks(false, false), time.Second / 2, false, model.Uncertain, time.Second / 2},
		"the server does not answer":   {looks(time.Minute), 0, false, model.Unavailable, 5 * time.Second},
		"it does not answer any more":  {looks(false, time.Minute), 0, false, model.Uncertain, 5 * time.Second},
		"it answers as late as it can": {looks(4 * time.Second), 0, true, unfailed, 4 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := connection(t, "http://system.test", nil)
				ctx, began := t.Context(), time.Now()
				if c.gives > 0 {
					limited, cancel := context.WithTimeout(ctx, c.gives)
					defer cancel()
					ctx = limited
				}
				shows, err := l.Confirm(ctx, c.look)
				kind := unfailed
				if err != nil {
					kind = model.KindOf(err)
				}
				if shows != c.shows || kind != c.kind || time.Since(began) != c.took {
					t.Errorf("after %s: %t, %v", time.Since(began), shows, err)
				}
			})
		})
	}
}

func TestADeletionThatWasSeenNotDoneIsNoSuccessBecauseTheSecondLookFailed(t *testing.T) {
	c := connection(t, "http://system.test", nil)
	c.recheckDelay = time.Millisecond
	_, unread := c.Confirm(t.Context(), looks(false, model.Fail(model.Unavailable, "no answer")))
	if _, err := (Deletion{Unread: unread}).Outcome(); model.KindOf(err) != model.Uncertain {
		t.Errorf("it is said to be done: %v", err)
	}
	notes, err := Deletion{Unread: model.Fail(model.Unavailable, "no answer")}.Outcome()
	if err != nil || len(notes) != 1 {
		t.Errorf("%q %v", notes, err)
	}
}
