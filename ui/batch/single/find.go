package single

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"authdeck/model"
	"authdeck/ui/batch"
)

// found is a token that was looked for.
type found struct {
	token model.Token
	exact bool // it was named by its id
}

const (
	rows      = 100 // of a page
	mostAlike = 20  // tokens of one name that are told
)

// find looks for a token by its id, or by a name that is its alone: with a request where the system
// can be asked for one, and else through the list. Where ids are numbers a number is no name.
func (c *command) find(ctx context.Context, api model.API, named string) (found, error) {
	if numbered(api, named) {
		return byNumber(ctx, api, named)
	}
	t, is, err := bySearch(ctx, api, named)
	switch {
	case err != nil:
		return found{}, batch.Fail(err)
	case is:
		return found{t, true}, nil
	case numbered(api, named): // what they can be asked some systems know only when they were asked something
		return byNumber(ctx, api, named)
	}
	return c.through(ctx, api, named)
}

// among is the only token of a name.
func among(info model.Info, alike []model.Token) (found, error) {
	switch len(alike) {
	case 0: // what was typed is not repeated: it may be a key that was taken for an id
		return found{}, batch.Fail(model.Fail(model.NotFound, info.Name+" has no token of that id, and none of that name; authdeck tokens --system "+info.Name+" lists them"))
	case 1:
		return found{token: alike[0]}, nil
	}
	var ids []string
	for _, t := range alike[:min(len(alike), mostAlike)] {
		ids = append(ids, model.Clean(t.ID).String()+" of "+t.Owner.Username.Marked())
	}
	if more := len(alike) - mostAlike; more > 0 {
		ids = append(ids, strconv.Itoa(more)+" more")
	}
	return found{}, fmt.Errorf("%d tokens of %s have that name; name one by its id: %s", len(alike), info.Name, strings.Join(ids, ", "))
}

// numbered reports whether a word is a number, and a system can be asked for one, as far as that is
// known by now.
func numbered(api model.API, word string) bool {
	n, err := strconv.ParseInt(word, 10, 64)
	return err == nil && n > 0 && strconv.FormatInt(n, 10) == word && slices.Contains(api.Info().TokenRanges, model.RangeField{Name: "id", Kind: model.Numbers})
}

// byNumber is the token of a number.
func byNumber(ctx context.Context, api model.API, number string) (found, error) {
	t, is, err := byID(ctx, api, number, model.Query{Size: rows, Fresh: true, Ranges: []model.Range{{Field: "id", From: number, To: number}}})
	if err == nil && !is {
		return among(api.Info(), nil)
	}
	return found{t, is}, batch.Fail(err)
}

// bySearch searches for it. A word that no system is sent the list has all the same.
func bySearch(ctx context.Context, api model.API, named string) (t model.Token, is bool, err error) {
	t, is, err = byID(ctx, api, named, model.Query{Size: rows, Fresh: true, Search: named})
	if kind := model.KindOf(err); kind == model.Invalid || kind == model.Unsupported {
		err = nil
	}
	return t, is, err
}

// byID is the token of an id on a page.
func byID(ctx context.Context, api model.API, id string, q model.Query) (t model.Token, is bool, err error) {
	page, err := api.Tokens(ctx, q)
	if at := slices.IndexFunc(page.Items, func(t model.Token) bool { return t.ID == id }); err == nil && at >= 0 {
		return page.Items[at], true, nil
	}
	return t, false, err
}

// errFound ends the reading of a list.
var errFound = errors.New("it was found")

// through reads the list up to the token of that id, or to its end.
func (c *command) through(ctx context.Context, api model.API, named string) (found, error) {
	told := c.Progress()
	defer told.Clear()
	var alike []model.Token
	_, err := c.Each(ctx, api, model.Query{Size: rows}, func(page []model.Token, far model.Sifted) error {
		told.Tell("%d tokens read", far.Read)
		for _, t := range page {
			if t.ID == named {
				alike = []model.Token{t}
				return errFound
			}
			if t.Name.String() == named {
				alike = append(alike, t)
			}
		}
		return nil
	})
	switch {
	case errors.Is(err, errFound):
		return found{alike[0], true}, nil
	case err != nil:
		return found{}, batch.Fail(err)
	}
	return among(api.Info(), alike)
}

// owner is the user of a system by the user name or the id.
func owner(ctx context.Context, api model.API, named string) (model.User, error) {
	page, err := api.Users(ctx, model.Query{Size: rows, Search: named})
	if err != nil {
		return model.User{}, batch.Fail(err)
	}
	for _, u := range page.Items {
		if u.ID == named || u.Username.String() == named {
			return u, nil
		}
	}
	page, err = api.Users(ctx, model.Query{Size: 1, Filter: model.Filter{Only: model.User{ID: named}}})
	if err == nil && len(page.Items) == 1 && page.Items[0].ID == named {
		return page.Items[0], nil
	}
	return model.User{}, fmt.Errorf("--owner: %s shows no user %q; authdeck users --system %s lists them", api.Info().Name, model.Clean(named), api.Info().Name)
}
