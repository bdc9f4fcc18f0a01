package rotating

import (
	"context"
	"errors"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/rotation"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// seen is what a system says of both tokens of a pair.
type seen struct {
	to       *room
	id       string // of the pair
	done     bool
	err      error // why it could not be asked
	old, new there
	sealed   bool // a key of the successor lies here, and nobody has it in hand
	shut     bool // a key lies here of which nobody can tell from here whose it is
}

// there is a token as it was found.
type there struct {
	token model.Token
	found presence
}

// presence is what a list has of a token.
type presence int

const (
	absent   presence = iota
	present           // it is there
	replaced          // what has its name now is another one
)

// looked answers what became of an order whose end nobody knew.
type looked struct {
	to   *room
	said string
	err  error
}

// api is the system of a pair as it is configured by now.
func (r *room) api(p rotation.Pair) (model.API, error) {
	if r.Every != nil {
		for _, api := range model.Members(r.Every) {
			info := api.Info()
			switch {
			case info.Name != p.System:
			case info.Kind != p.Kind || info.Host != p.Host:
				return nil, errors.New(p.System + " is another system by now: the rotation was begun at " + p.Host)
			default:
				return api, nil
			}
		}
	}
	return nil, errors.New("no system is called " + p.System + " here")
}

// enoughError ends a reading when both tokens are found.
type enoughError struct{}

func (enoughError) Error() string { return "that is enough" }

// look reads both tokens of the pair that is shown.
func (r *room) look() tea.Cmd {
	p, each, safe := r.pair(), r.Each, r.safe
	api, err := r.api(p)
	return func() tea.Msg {
		s := seen{to: r, id: p.ID, done: true, err: err}
		s.lies(safe, p)
		if err == nil {
			s.err = s.read(each, api, p)
		}
		return s
	}
}

// each goes through a list of tokens, as [order.Desk.Each] has it.
type each = func(context.Context, model.API, model.Query, func([]model.Token, model.Sifted) error) (note string, err error)

// read looks for both tokens in the lists of their owners.
func (s *seen) read(each each, api model.API, p rotation.Pair) error {
	owners := []model.User{p.Old.Owner}
	if p.New.ID != "" && p.New.Owner.ID != p.Old.Owner.ID {
		owners = append(owners, p.New.Owner)
	}
	for _, owner := range owners {
		q := model.Query{Size: look.PageSize, Fresh: true, Filter: model.Filter{Only: owner}}
		_, err := each(context.Background(), api, q, func(rows []model.Token, _ model.Sifted) error {
			for _, t := range rows {
				s.old.take(t, p.Old)
				s.new.take(t, p.New)
			}
			if s.old.found != absent && s.new.found != absent {
				return enoughError{}
			}
			return nil
		})
		if _, enough := errors.AsType[enoughError](err); err != nil && !enough {
			return err
		}
	}
	return nil
}

// take takes a row where it is the token that is looked for. A name can be given again, and
// what has it then is another token.
func (f *there) take(now, kept model.Token) {
	if kept.ID == "" || now.ID != kept.ID {
		return
	}
	f.token, f.found = now, present
	made, known := kept.Created.Time()
	is, told := now.Created.Time()
	another := kept.Version != "" && now.Version != kept.Version
	switch {
	case kept.Owner.ID != "" && now.Owner.ID != kept.Owner.ID:
		another = true
	case known && told:
		another = !made.Equal(is)
	}
	if another {
		f.found = replaced
	}
}

// lies looks which keys lie on this machine that nobody has taken: the one of the successor, or
// one that is sealed to somebody else, so that nobody can tell from here whose it is.
func (s *seen) lies(safe model.Safe, p rotation.Pair) {
	if safe == nil {
		return
	}
	lying, _ := safe.Lying()
	for _, k := range lying {
		switch {
		case k.How != model.Undelivered:
		case k.System == p.System && (k.Plan == p.ID || k.Token.ID == p.New.ID && p.New.ID != ""):
			s.sealed = true
		case k.System == "":
			s.shut = true
		}
	}
}

// notNow is why the old token is not ended from here; empty where it may be.
func (r *room) notNow() string {
	p := r.pair()
	if err := p.MayEnd(); err != nil {
		return err.Error()
	}
	if !r.seen.done {
		return "its system is being asked still"
	}
	return r.seen.forbids(r.Clock.Now())
}

// end begins the order that ends the old token.
func (r *room) end() (order.Modal, tea.Cmd) {
	if why := r.notNow(); why != "" {
		r.Warn("The old one is not ended: " + why + ".")
		return r, nil
	}
	p := r.pair()
	api, err := r.api(p)
	if err != nil {
		r.Warn("The old one is not ended: " + err.Error() + ".")
		return r, nil
	}
	use, heed := r.use()
	var says []string
	if heed {
		says = []string{inUse + use + "."}
	}
	return r.BeginPart(api, model.Delete, r.seen.old.token, order.Part{
		Plan: p.ID, Witness: &ending{Desk: r.Desk, safe: r.safe, api: api, id: p.ID}, Says: says,
		Then:  "The rotation is over: " + p.Successor() + " has its place.",
		About: []look.Field{{Label: "successor", Value: p.Successor() + ends(r.seen.new, r.Clock.Now()) + ", " + r.stage(p)}, {Label: "use", Value: use}},
	})
}

// inUse begins the sentence about an old token that somebody seems to have still.
const inUse = "SOMETHING SEEMS TO USE IT STILL: "

// inquire looks what became of an order that was sent.
func (r *room) inquire() tea.Cmd {
	p := r.pair()
	api, err := r.api(p)
	if err == nil && p.Stage == rotation.Made {
		err = errors.New("there is nothing in doubt")
	}
	if err == nil && p.Stage == rotation.HandedOver && (!r.seen.done || r.seen.err != nil || r.seen.old.found != absent) {
		err = errors.New("there is nothing in doubt")
	}
	if err != nil {
		r.Warn("Not looked: " + err.Error() + ".")
		return nil
	}
	d := r.Desk
	return func() tea.Msg {
		said, err := settle(d, api, p.ID)
		return looked{r, said, err}
	}
}

// settle looks, and writes down what is known then. Nothing is sent anew.
func settle(d *order.Desk, api model.API, id string) (said string, err error) {
	h, err := d.Rotations.Take(id)
	if err != nil {
		return "", err
	}
	defer func() { _ = h.Close() }()
	p := h.Pair()
	o := p.Order()
	if p.Stage != rotation.Making {
		o = model.Order{Action: model.Delete, Token: p.Old, Plan: p.ID, At: p.Since}
	}
	finding, err := api.Look(context.Background(), o)
	if err != nil {
		return "", err
	}
	said, err = conclude(h, finding, d.Clock.Now)
	if err == nil && p.Stage != rotation.Making && finding.End == model.Visible { // it is ended
		said = look.Sentences(said, alone(d, api, p))
	}
	return said, err
}

// conclude writes down what is known of a pair in hand after somebody has looked.
func conclude(h rotation.Hand, finding model.Finding, now func() time.Time) (said string, err error) {
	p := h.Pair()
	step := rotation.Step{At: now().UTC(), Words: finding.Words}
	switch making := p.Stage == rotation.Making; {
	case making && finding.End == model.Visible && finding.Token.ID != "":
		step.What, step.New = rotation.IsMade, finding.Token
		if step.New.Owner.ID == "" {
			step.New.Owner = p.Old.Owner // a system that shows one's own does not say whose they are
		}
	case !making && finding.End == model.Visible:
		step.What = rotation.IsEnded
	case p.Stage == rotation.Ending && finding.End == model.Unseen && now().Sub(p.Since) >= lasts:
		step.What = rotation.IsNotEnded
	case making && finding.End == model.Unseen:
		return look.Sentences(finding.Words, "A server may be at it still: look again in a minute. If there is none then, forget this rotation, and begin another."), nil
	default:
		return look.Sentences(finding.Words, "Look again in a minute."), nil
	}
	return finding.Words, h.Write(step)
}

// lasts is for how long a server may still be at an order whose answer was lost.
const lasts = time.Minute

// after shows what was seen.
func (r *room) after(msg looked) (order.Modal, tea.Cmd) {
	if msg.err != nil {
		r.Warn("Looking failed: " + model.Reason(msg.err) + ".")
		if r.word = over(msg.err); r.word != "" {
			return r, r.read()
		}
		return r, nil
	}
	r.word = model.Clean(msg.said).String()
	r.Say(r.word)
	return r, r.read()
}
