package record

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"authdeck/model"
	"authdeck/model/audit"
)

// doubt is an order of this session of which nobody knows what became of it, and the number of
// its line.
type doubt struct {
	what audit.What
	at   time.Time // when the person said yes: what is made has no name before
	of   int64
}

// is reports whether it is an order about that.
func (d doubt) is(what audit.What) bool {
	return d.what.System == what.System && d.what.Action == what.Action && d.what.Plan == what.Plan && d.what.TokenID == what.TokenID
}

// doubts remembers an order of which nobody knows what became of it.
func (k *Keeper) doubts(d doubt) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.inDoubt = append(k.inDoubt, d)
}

// doubted is the number of the line of an order that is looked for; zero where there is none.
// One that was sent at the same moment is meant before another one like it.
func (k *Keeper) doubted(what audit.What, at time.Time) (int64, error) {
	k.mu.Lock()
	var like int64
	for _, d := range slices.Backward(k.inDoubt) {
		if !d.is(what) {
			continue
		}
		if d.at.Equal(at) {
			k.mu.Unlock()
			return d.of, nil
		}
		if like == 0 && what.TokenID != "" {
			like = d.of
		}
	}
	k.mu.Unlock()
	if like != 0 || what.Plan == "" || k.journal == nil {
		return like, nil
	}
	return k.ofEarlier(what)
}

// ofEarlier finds it among what earlier sessions did for a plan, which can be opened again.
func (k *Keeper) ofEarlier(what audit.What) (of int64, err error) {
	_, err = Each(filepath.Join(k.journal.folder, FileName), audit.Filter{System: what.System}, func(e audit.Entry) error {
		switch {
		case e.Phase == audit.AboutTo && doubt{what: e.What}.is(what):
			of = e.Number
		case e.Phase == audit.Outcome && e.Of == of && e.Outcome == audit.Done:
			of = 0
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	return of, err
}

// Look implements [model.API]. What was seen of an order that stands in the record without an
// end that anybody knows is a line there too, which refers to it. It comes after the look, and
// keeps nobody from what was seen: where it cannot be written, that is said beside it.
func (a *API) Look(ctx context.Context, o model.Order) (model.Finding, error) {
	found, err := a.API.Look(ctx, o)
	what := audit.WhatOf(a.Info(), o)
	of, missed := a.keeper.doubted(what, o.At)
	if of == 0 && missed == nil {
		return found, err
	}
	e := audit.Entry{Phase: audit.Looked, Of: of, What: what, Found: audit.FoundIn(found, err), Words: model.Clean(found.Words).String()}
	if err != nil {
		e.Words = model.Reason(err)
	}
	if missed == nil {
		_, missed = a.keeper.write(withheld(e, o.Password))
	}
	if missed != nil && err == nil {
		found.Words = model.Join(" ", model.Clean(found.Words), model.Clean("What was seen is not recorded: "+missed.Error()+".")).String()
	}
	return found, err
}
