package client

import (
	"context"
	"slices"

	"authdeck/client/wire"
	"authdeck/model"
)

const (
	notIdentified = "authdeck does not know how this system is asked whose a key is"
	inTheClear    = "its address begins with http, so that everybody on the way could read the key; for this it is never asked"
)

// Candidate implements [model.Identifier].
func (o offered) Candidate(key model.Secret) model.Candidate {
	system, ok := o.API.(wire.Identifier)
	if !ok {
		return model.Candidate{Why: notIdentified}
	}
	keys := system.Keys()
	fits := keys.Fits(key)
	switch {
	case keys.None != "":
		return model.Candidate{Fits: model.No, Why: keys.None}
	case fits == model.No:
		return model.Candidate{Fits: fits, Why: "its keys have another form: " + keys.Said()}
	case o.clear:
		return model.Candidate{Fits: fits, Why: inTheClear}
	}
	return model.Candidate{Fits: fits, Passages: keys.Passages, Why: keys.Said(), Open: keys.Open}
}

// Whose implements [model.Identifier]. That a key has the form of a system's is looked at
// once more: whoever is asked could keep it.
func (o offered) Whose(ctx context.Context, key model.Secret, by model.Passage) model.Claim {
	candidate := o.Candidate(key)
	system, ok := o.API.(wire.Identifier)
	if !ok || !slices.Contains(candidate.Passages, by) {
		return model.Claim{Words: candidate.Why}
	}
	if err := o.credential.wait(ctx, false); err != nil {
		return model.Claim{Words: "this system could not be opened: " + model.Reason(err)}
	}
	claim, err := system.Whose(ctx, key, by)
	if err != nil {
		return model.Claim{Words: model.Reason(err), Instead: claim.Instead}
	}
	return claim
}

// Candidate implements [model.Identifier]: to ask changes nothing.
func (r readOnly) Candidate(key model.Secret) model.Candidate { return model.CandidateOf(r.api, key) }

// Whose implements [model.Identifier].
func (r readOnly) Whose(ctx context.Context, key model.Secret, by model.Passage) model.Claim {
	return model.WhoseOf(ctx, r.api, key, by)
}

// Candidate implements [model.Identifier].
func (c closed) Candidate(model.Secret) model.Candidate {
	return model.Candidate{Why: "this system could not be opened: " + model.Reason(c.err)}
}

// Whose implements [model.Identifier].
func (c closed) Whose(context.Context, model.Secret, model.Passage) model.Claim {
	return model.Claim{Words: "this system could not be opened: " + model.Reason(c.err)}
}
