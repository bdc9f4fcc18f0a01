package record

import (
	"bytes"
	"context"
	"errors"

	"authdeck/client/wire"
	"authdeck/model"
	"authdeck/model/audit"
)

// API is a system of which everything is recorded that is done in it.
type API struct {
	model.API

	keeper *Keeper
}

// New has a keeper record what is done in a system.
func New(api model.API, keeper *Keeper) *API { return &API{api, keeper} }

// Info implements [model.API].
func (a *API) Info() model.Info {
	info := a.API.Info()
	info.WantsReason = a.keeper.wantsReason
	return info
}

// Do implements [model.API]. Before an order there is a line that says so, and after it one
// with its end; where the first cannot be written, the order is not sent. The second cannot
// call it back: that it is missing is said beside the answer. What the system does not
// offer is not sent to it, and not recorded.
func (a *API) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	info := a.Info()
	if err := info.Cannot(o.Action); err != nil {
		return model.Issued{}, err
	}
	if err := a.keeper.admits(o); err != nil {
		return model.Issued{}, err
	}
	what := audit.WhatOf(info, o)
	of, err := a.keeper.write(withheld(audit.Entry{Phase: audit.AboutTo, What: what}, o.Password))
	missed, onlyCopy := errors.AsType[notCopiedError](err)
	if err != nil && !onlyCopy {
		return model.Issued{}, &model.Error{Kind: model.Unrecorded, Message: model.Clean(err.Error()), Cause: err}
	}
	ctx, requests := wire.NoteRequests(ctx)
	issued, err := a.API.Do(ctx, o)
	end := audit.Entry{Phase: audit.Outcome, Of: of, What: what.Made(issued.Token), Outcome: audit.Done, Requests: requests()}
	if err != nil {
		end.Outcome, end.Words = model.KindOf(err).String(), model.Reason(err)
	}
	if err != nil && model.MayHaveChanged(err) && of > 0 {
		a.keeper.doubts(doubt{what, o.At, of})
	}
	_, unwritten := a.keeper.write(withheld(end, o.Password, issued.Key))
	if late, only := errors.AsType[notCopiedError](unwritten); only {
		missed, onlyCopy, unwritten = late, true, nil
	}
	switch {
	case unwritten != nil:
		return beside(issued, err, "How this ended could not be recorded: "+unwritten.Error())
	case onlyCopy:
		return beside(issued, err, "This is not recorded everywhere: "+missed.Error())
	}
	return issued, err
}

// withheld is a line without the secrets of its order, should a server have put one of them
// into a text.
func withheld(e audit.Entry, secrets ...model.Secret) audit.Entry {
	texts := []*string{&e.Token, &e.TokenID, &e.Owner, &e.OwnerID, &e.Words, &e.Reason, &e.Plan}
	for i := range e.Requests {
		texts = append(texts, &e.Requests[i])
	}
	for _, s := range secrets {
		plain := s.RevealTo(make([]byte, 0, s.Len()))
		for _, text := range texts {
			if holds(*text, plain) {
				*text = "(withheld: a secret stood in it)"
			}
		}
		clear(plain)
	}
	return e
}

// holds makes no string of a secret, which nobody could overwrite.
func holds(text string, secret []byte) bool {
	return len(secret) > 0 && bytes.Contains([]byte(text), secret)
}

// beside is an answer with something to know beside it. A key that came comes all the same.
func beside(issued model.Issued, err error, words string) (model.Issued, error) {
	e, is := errors.AsType[*model.Error](err)
	if !is {
		issued.Notes = append(issued.Notes, model.Clean(words).String())
		return issued, err
	}
	also := *e
	also.Message = model.Join(". ", model.Clean(model.Reason(err)), model.Clean(words))
	return issued, &also
}

// Candidate implements [model.Identifier].
func (a *API) Candidate(key model.Secret) model.Candidate { return model.CandidateOf(a.API, key) }

// Whose implements [model.Identifier].
func (a *API) Whose(ctx context.Context, key model.Secret, by model.Passage) model.Claim {
	return model.WhoseOf(ctx, a.API, key, by)
}
