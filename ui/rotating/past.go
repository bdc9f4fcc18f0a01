package rotating

import (
	"errors"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/rotation"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// past says that the key of a successor was handed over by somebody else than authdeck.
func past() key.Binding { return bound("h", "it was handed over") }

// theWord is what a person types to say so.
const theWord = "handed over"

// vouched answers whether a person's word is written down.
type vouched struct {
	to  *room
	err error
}

// notPast is why nobody's word is taken that the key was handed over; empty where it is.
func (r *room) notPast() string {
	switch p, s, why := r.pair(), r.seen, r.seen.new.opensNothing(r.Clock.Now()); {
	case p.Stage != rotation.Made:
		return "there is no new key that was not handed over"
	case !s.done:
		return "its system is being asked still"
	case s.err != nil:
		return "its system could not be asked: " + model.Reason(s.err)
	case s.sealed:
		return "the new key lies here, sealed, and :keys hands it over"
	case why != "":
		return "the new token " + why
	}
	return ""
}

// wayPast is what is said of that way; empty where there is none.
func (r *room) wayPast() string {
	if r.notPast() != "" {
		return ""
	}
	return " If it was handed over past authdeck, h says so."
}

// askPast has a person type that the key was handed over.
func (r *room) askPast() (order.Modal, tea.Cmd) {
	if why := r.notPast(); why != "" {
		r.Warn("Not taken: " + why + ".")
		return r, nil
	}
	p := r.pair()
	return r.Ask(order.Question{
		Title: "Was the key of " + look.TokenName(p.New) + " handed over?", Verb: "it was", Mood: look.Heed, Phrase: theWord,
		Why:   "authdeck has handed it over to nobody, and takes your word for it.",
		Says:  []string{"Nothing is sent. After this the old one can be ended: whatever does not have the new key then is refused.", "It stands in the rotation as said, and not as seen."},
		About: []look.Field{{Label: "system", Value: p.System}, {Label: "old token", Value: named(p.Old)}, {Label: "new token", Value: named(p.New)}},
		Back:  func() order.Modal { return r }, Away: "go back",
		Yes: func(*look.Scroller) (order.Modal, tea.Cmd) {
			r.step = reading
			return r, r.vouch(p.ID)
		},
	})
}

// vouch writes a person's word down.
func (r *room) vouch(id string) tea.Cmd {
	book, now := r.Rotations, r.Clock.Now
	return func() tea.Msg {
		h, err := book.Take(id)
		if err == nil {
			err = errors.Join(h.Write(rotation.Step{At: now().UTC(), What: rotation.IsHandedOver, How: rotation.ToldSo}), h.Close())
		}
		return vouched{r, err}
	}
}

func (r *room) believe(msg vouched) (order.Modal, tea.Cmd) {
	r.word = "Handed over, as you said."
	if msg.err != nil {
		r.word = "That could not be noted: " + model.Clean(msg.err.Error()).String() + "."
	}
	r.Say(r.word)
	return r, r.read()
}
