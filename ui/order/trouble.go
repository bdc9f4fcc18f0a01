package order

import (
	"authdeck/model"

	"authdeck/ui/look"
)

// trouble is how a write ended that brought its key all the same.
type trouble struct {
	err     error
	inquiry *inquiry
}

// lines are the trouble in sentences; none without it. What has shown needs no more
// advice.
func (t trouble) lines() []string {
	switch {
	case t.err == nil:
		return nil
	case t.shows():
		return []string{t.inquiry.words(), look.Earlier(t.err)}
	}
	return []string{look.Sentence(t.err), t.inquiry.words(), look.Aftermath(t.err)}
}

// shows reports whether what nobody knew, or what was denied, has been seen to have
// happened.
func (t trouble) shows() bool {
	return (model.MayHaveHappened(t.err) || model.KindOf(t.err) == model.Contradicted) && t.inquiry != nil && t.inquiry.shows()
}

// outcome is how the write ended, in a word or two.
func (t trouble) outcome() string {
	switch {
	case t.shows():
		return "it shows"
	case model.KindOf(t.err) == model.Contradicted:
		return "said, and not so"
	case model.KindOf(t.err) == model.Partial:
		return "half done"
	case model.MayHaveHappened(t.err):
		return "nobody knows"
	}
	return "failed"
}

// doubts reports whether the key that came may not be the token's.
func (t trouble) doubts() bool {
	return t.err != nil && !t.shows() && model.KindOf(t.err) != model.Partial
}
