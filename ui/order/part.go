package order

import (
	"cmp"
	"context"
	"errors"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/rotation"
	"authdeck/ui/look"
)

// Part is how an order is part of something longer. The zero value is an order of its own.
type Part struct {
	Plan    string       // for the record
	Like    model.Token  // a token that is made is to be like it
	Says    []string     // what there is to know of it, before what the system says
	About   []look.Field // the same, as facts
	Then    string       // what has come to its end with it, said when it is done
	First   func() error // why it is not begun; asked where a system is asked; nil for never
	Witness Witness      // nil for nobody
}

// Witness hears of an order where it is sent. Its functions may write files.
type Witness interface {
	// Sending comes before it is sent. With an error it is not.
	Sending(o model.Order) error
	// Answered comes after it, before anybody else hears of the answer.
	Answered(issued model.Issued, err error) error
	// Found comes with what there was to see later, where nobody knew the end.
	Found(f model.Finding) error
}

// BeginPart starts an order that is part of something longer.
func (d *Desk) BeginPart(api model.API, a model.Action, t model.Token, part Part) (Modal, tea.Cmd) {
	return d.prepare(flow{api: api, part: part, order: model.Order{Action: a, Token: t, Plan: part.Plan, Draft: model.Draft{Owner: t.Owner}}})
}

// ask has a system say what it has to be asked and told before an order.
func (fl flow) ask(ctx context.Context) (model.Form, error) {
	if fl.part.First != nil {
		if err := fl.part.First(); err != nil {
			return model.Form{}, model.Fail(model.Conflict, err.Error())
		}
	}
	about := fl.order.Token
	if fl.part.Like.ID != "" {
		about = fl.part.Like
	}
	return fl.api.Prepare(ctx, fl.order.Action, about)
}

// send sends an order, once, and tells the witness before and after it.
func (op operation) send(ctx context.Context) (model.Issued, error) {
	w := op.heard()
	if err := w.Sending(op.order); err != nil {
		return model.Issued{}, heldBack(err)
	}
	issued, err := op.api.Do(ctx, op.order)
	if late := w.Answered(issued, err); late != nil {
		issued.Notes = append(issued.Notes, "How this ended could not be remembered: "+model.Clean(late.Error()).String()+".")
	}
	return issued, err
}

// heard is who hears of an order.
func (op operation) heard() Witness {
	if op.witness == nil {
		return nobody{}
	}
	return op.witness
}

// find looks what there is to see of an order whose end is in doubt, and tells the witness.
func (op operation) find(ctx context.Context) (model.Finding, error) {
	finding, err := op.api.Look(ctx, op.order)
	if err != nil {
		return finding, err
	}
	if late := op.heard().Found(finding); late != nil {
		finding.Words = look.Sentences(finding.Words, "That could not be remembered: "+model.Clean(late.Error()).String()+".")
	}
	return finding, nil
}

// heldBack is the error of an order that its witness did not let be sent: for a reason of its own, or
// because it cannot be remembered.
func heldBack(err error) error {
	if said, is := errors.AsType[*model.Error](err); is {
		return said
	}
	return &model.Error{Kind: model.Unrecorded, Message: model.Clean(err.Error()), Cause: err}
}

// nobody hears of an order that is one of its own.
type nobody struct{}

func (nobody) Sending(model.Order) error          { return nil }
func (nobody) Answered(model.Issued, error) error { return nil }
func (nobody) Found(model.Finding) error          { return nil }

// Taken says that somebody has a key now, and what follows from that.
type Taken struct{ Said string }

// given tells whoever wants to know that somebody has the key, and only then takes away what is
// sealed of it: where that cannot be noted, the key is handed over once more.
func (r *reveal) given(how rotation.Manner) tea.Cmd {
	drop, book, log := r.drop(), r.Rotations, r.Log
	if book == nil {
		return drop
	}
	d := rotation.Delivery{System: r.op.system, Token: r.about(), Plan: cmp.Or(r.op.order.Plan, r.issued.Kept.Plan), How: how, At: r.Clock.Now().UTC()}
	rotates := r.op.witness != nil
	return func() tea.Msg {
		of, err := rotation.HandOver(book, d)
		switch {
		case err != nil:
			log.Warn("handing over not noted", "error", model.Clean(err.Error()).String())
			return Taken{"That the key was handed over could not be noted, so that it is offered once more: " + model.Clean(err.Error()).String()}
		case drop != nil:
			drop()
		}
		switch {
		case of == nil && rotates && !underWay(book, d.Plan):
			return Taken{look.Capital(rotation.ErrOver.Error()) + ". Nobody will be reminded of the old token: it opens as before, unless it was ended."}
		case of == nil:
			return nil
		}
		return Taken{"Handed over. " + look.Capital(look.TokenName(of.Old)) + " still opens: :rotations ends it when nothing uses it any more."}
	}
}

// underWay reports whether a rotation is remembered, or cannot be read.
func underWay(book rotation.Book, id string) bool {
	all, err := book.Pairs()
	return err != nil || slices.ContainsFunc(all, func(p rotation.Pair) bool { return p.ID == id })
}
