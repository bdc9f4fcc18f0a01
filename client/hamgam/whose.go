package hamgam

import (
	"context"
	"strconv"

	"authdeck/client/wire"
	"authdeck/model"
)

const mePath = "/api/users/me/"

// Keys implements [wire.Identifier]. The pages show 40 hexadecimal digits wherever they
// show a key (auth_token/create, list and retrieve, auth_user/otp/signin_verify), which is
// what Django's REST framework makes; by the example of auth_user/pwd/signin alone it may
// be another. Since the list carries the live keys, one can be held against them as well.
func (h *hamgam) Keys() wire.Keys {
	return wire.Keys{
		Forms:    []wire.KeyForm{{Words: "40 small hexadecimal digits", Pattern: "[0-9a-f]{40}"}},
		Others:   true,
		Passages: []model.Passage{model.InHeader, model.Compared},
	}
}

// Whose implements [wire.Identifier].
func (h *hamgam) Whose(ctx context.Context, key model.Secret, by model.Passage) (model.Claim, error) {
	if by == model.Compared {
		return h.compared(ctx, key)
	}
	w, err := wire.Call[user](ctx, h.conn, wire.Pasted(mePath, "Token", key))
	if err == nil && w.ID == 0 {
		err = model.Fail(model.Malformed, "the server answered without saying whose the key is")
	}
	if model.KindOf(err) == model.Forbidden && wire.FromSystem(err) {
		return h.customers(ctx, key), nil
	}
	claim, err := wire.Claimed(key, w.user(), err,
		"It opens nothing there now: nobody has it, it has ended, or its owner is inactive, which Hamgam does not always tell apart.")
	if err != nil || claim.Known != model.Yes {
		claim.Instead = model.Compared
		return claim, err
	}
	claim.May = all()
	return h.listed(ctx, claim, key), nil
}

// customers is a claim about a key that the system takes and does not say whose it is: only
// staff and admins may ask who they are (me/retrieve). The list tells.
func (h *hamgam) customers(ctx context.Context, key model.Secret) model.Claim {
	claim, err := h.compared(ctx, key)
	switch {
	case err != nil:
		return wire.Unpicked(model.Claim{Known: model.Yes, May: all(), Words: takenUntold}, err)
	case claim.Known != model.Yes:
		return model.Claim{Known: model.Yes, May: all(), Words: takenUntold + " It is not in the list that this account sees."}
	}
	return claim
}

const takenUntold = "Hamgam takes it, as a key of somebody who is neither staff nor admin, and says to those not who they are."

// all is what a key may that has no scope of its own.
func all() model.Text { return model.Clean("all that its owner may") }

// listed puts the one token of the owner into a claim, unless it has another key.
func (h *hamgam) listed(ctx context.Context, claim model.Claim, key model.Secret) model.Claim {
	page, err := h.tokenOf(ctx, model.Query{Size: largestPage, Sort: h.info.TokenSorts[0].Key, Filter: model.Filter{Only: claim.Owner}})
	if err != nil || len(page.Items) == 0 {
		return given(claim, page.Items, err)
	}
	now, err := h.read(ctx, page.Items[0])
	defer now.Key.Wipe()
	if err == nil && legible(now.Key) && !now.Key.Equal(key) {
		page.Items = nil
	}
	return given(claim, page.Items, err)
}

func given(claim model.Claim, found []model.Token, err error) model.Claim {
	if err != nil {
		return wire.Unpicked(claim, err)
	}
	return wire.PickToken(claim, found, true) // a user has one
}

// largestPage is how many rows are asked for at once; the pages name no limit.
const largestPage = 100

// compared reads the whole list for the key, which is sent nowhere. It finds one of an
// inactive owner, too, with which nothing can be asked.
func (h *hamgam) compared(ctx context.Context, key model.Secret) (model.Claim, error) {
	var r comparison
	for more := true; more; {
		q := model.Query{Size: largestPage, Sort: "id"}
		if r.last > 0 {
			q.Ranges = []model.Range{{Field: "id", From: strconv.FormatInt(r.last, 10)}}
		}
		_, page, err := list[token](ctx, h, "/api/users/auth_tokens/", q, nil)
		if err == nil {
			more, err = r.add(page.Results, key)
		}
		switch {
		case err != nil:
			return model.Claim{}, err
		case r.found != nil:
			t := r.found.token(h.conn)
			r.found.Key.Wipe()
			return model.Claim{Known: model.Yes, Owner: t.Owner, Token: t, May: all()}, nil
		}
	}
	if r.hidden {
		return model.Claim{}, model.Fail(model.Unsupported, "the server does not show every key in whole, so that not all can be held against this one")
	}
	return model.Claim{Known: model.No, Words: "It is none of the keys in the list."}, nil
}

// comparison holds the rows of a list against a key. It goes on after the last row and
// not by how many there were: what is deleted meanwhile would move another out of sight.
type comparison struct {
	last   int64 // the number of the last row
	hidden bool  // a key came masked, or not at all
	found  *token
}

// add looks at a page, wipes its keys but for the one that was found, and says whether
// there may be more. Whether id_min is itself within the pages leave open.
func (r *comparison) add(rows []token, key model.Secret) (more bool, _ error) {
	for _, w := range rows {
		if w.ID < r.last {
			return false, model.Fail(model.Malformed, "the server does not give its list in the order that it is asked for")
		}
		more = more || w.ID > r.last
		r.last, r.hidden = w.ID, r.hidden || !legible(w.Key)
		if w.Key.Equal(key) {
			r.found = &w
			continue
		}
		w.Key.Wipe()
	}
	return more, nil
}
