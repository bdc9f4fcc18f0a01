package rotating

import (
	"crypto/rand"
	"errors"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/rotation"
	"authdeck/ui/order"
)

// Missing is why no token of a system can be rotated; empty where one may.
func Missing(d *order.Desk, info model.Info) string {
	why, missing := info.Missing[model.Create]
	switch {
	case d.Rotations == nil:
		return "nothing can be remembered here, and a rotation has to be"
	case info.Lone != "":
		return info.Lone
	case missing:
		return why
	}
	return ""
}

// Begin makes a successor of a token: a form with the old one's values, the question, and then
// the key.
func Begin(d *order.Desk, api model.API, t model.Token) (order.Modal, tea.Cmd) {
	info := api.Info()
	p := rotation.Pair{
		ID: strings.ToLower(rand.Text()), By: d.Making.By, System: info.Name, Kind: info.Kind, Host: info.Host, Old: t,
	}
	w := &making{Desk: d, pair: p}
	says := []string{"It stands beside the old token, which opens as before until you end it: :rotations does that once the new key is where it belongs."}
	if t.Own {
		says = append(says, "authdeck itself signs in with the old one, and goes on with it: give its configuration the new key before you end that.")
	}
	return d.BeginPart(api, model.Create, model.Token{Owner: t.Owner}, order.Part{Plan: p.ID, Like: t, First: w.free, Witness: w, Says: says})
}

// making writes down how a successor is made.
type making struct {
	*order.Desk
	pair rotation.Pair
	hand rotation.Hand
}

// free fails where the token is rotated already, before anybody has filled in a form.
func (m *making) free() error {
	all, err := m.Rotations.Pairs()
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(p rotation.Pair) bool { return p.IsOf(m.pair.Host, m.pair.Old.ID) }) {
		return rotation.ErrUnderWay
	}
	return nil
}

// Sending implements [order.Witness].
func (m *making) Sending(o model.Order) (err error) {
	m.pair.Begun = o.At
	m.hand, err = m.Rotations.Begin(m.pair, rotation.Step{
		At: o.At, What: rotation.MakesIt, Asked: rotation.Asked{At: o.At, Owner: o.Owner, Values: o.Values},
	})
	return outrun(err)
}

// outrun is a conflict where another console was first.
func outrun(err error) error {
	for _, first := range []error{rotation.ErrUnderWay, rotation.ErrOver, rotation.ErrHeld} {
		if errors.Is(err, first) {
			return model.Fail(model.Conflict, err.Error())
		}
	}
	return err
}

// Answered implements [order.Witness].
func (m *making) Answered(issued model.Issued, err error) error {
	return written(m.Desk, m.hand, rotation.After(true, issued, err))
}

// Found implements [order.Witness].
func (m *making) Found(f model.Finding) error {
	return heard(m.Desk, m.pair.ID, rotation.Making, f)
}

// heard writes down what was found of the order that a stage has sent, if the pair is at that still.
func heard(d *order.Desk, id string, at rotation.Stage, f model.Finding) error {
	h, err := d.Rotations.Take(id)
	if err != nil {
		return err
	}
	if h.Pair().Stage == at {
		_, err = conclude(h, f, d.Clock.Now)
	}
	return errors.Join(err, h.Close())
}

// written writes a step down and lets go of the pair.
func written(d *order.Desk, h rotation.Hand, s rotation.Step) error {
	s.At = d.Clock.Now().UTC()
	return errors.Join(h.Write(s), h.Close())
}

// ending writes down how an old token is ended.
type ending struct {
	*order.Desk
	safe model.Safe
	api  model.API
	id   string
	hand rotation.Hand
}

// Sending implements [order.Witness]. The pair is read again, and so are both tokens: the
// question may have stood for hours, and another console may have gone on.
func (e *ending) Sending(o model.Order) (err error) {
	if e.hand, err = e.Rotations.Take(e.id); err != nil {
		return outrun(err)
	}
	if why := e.notNow(); why != "" {
		err = model.Fail(model.Conflict, "the old one is not ended: "+why)
	} else {
		err = e.hand.Write(rotation.Step{At: o.At.UTC(), What: rotation.EndsIt})
	}
	if err != nil {
		_ = e.hand.Close()
	}
	return err
}

// Answered implements [order.Witness].
func (e *ending) Answered(issued model.Issued, err error) error {
	return written(e.Desk, e.hand, rotation.After(false, issued, err))
}

// Found implements [order.Witness].
func (e *ending) Found(f model.Finding) error { return heard(e.Desk, e.id, rotation.Ending, f) }
