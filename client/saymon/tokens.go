package saymon

import (
	"context"

	"authdeck/client/page"
	"authdeck/model"
)

// Tokens implements [model.API]: the users who have one.
func (s *saymon) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	if err := checkQuery(q, s.info.TokenSorts, s.info.TokenFilters); err != nil {
		return model.Page[model.Token]{}, err
	}
	list := s.tokens
	if only := q.Filter.Only.ID; only != "" {
		list = tokenList(func(ctx context.Context) ([]model.Token, string, error) { return s.readToken(ctx, only) })
	}
	return list.Page(ctx, q)
}

func tokenList(read func(context.Context) ([]model.Token, string, error)) *page.InMemory[model.Token] {
	owner := func(t model.Token) model.User { return t.Owner }
	return &page.InMemory[model.Token]{
		Read: read, Order: byLogin, Sorts: sorts(owner),
		ID:    func(t model.Token) string { return t.ID },
		Text:  func(t model.Token) string { return words(t.Owner) },
		Lasts: page.Awhile,
	}
}

func (s *saymon) readTokens(ctx context.Context) ([]model.Token, string, error) {
	list, err := s.all(ctx)
	if err != nil {
		return nil, "", err
	}
	defer list.wipe()
	if list.blind() {
		return nil, "", errBlind()
	}
	var tokens []model.Token
	for _, w := range list.rows {
		if !w.Token.value.Empty() {
			tokens = append(tokens, s.token(w))
		}
	}
	return tokens, list.note(), nil
}

func (s *saymon) readToken(ctx context.Context, id string) ([]model.Token, string, error) {
	w, err := s.readVisible(ctx, id)
	if err != nil {
		return nil, "", err
	}
	defer w.Token.value.Wipe()
	if w.Token.value.Empty() {
		return nil, "", nil
	}
	return []model.Token{s.token(w)}, "", nil
}

// readVisible reads one user and wants to be shown whether it has a token.
func (s *saymon) readVisible(ctx context.Context, id string) (user, error) {
	w, err := s.one(ctx, id)
	if err == nil && !w.visible(s.seen() == model.No) {
		err = errBlind()
	}
	return w, err
}

// errBlind is for a caller to whom the server shows users without their tokens.
func errBlind() error {
	return model.Fail(model.Forbidden, "the server does not show who has a token; most likely the right "+right+" is missing, which an administrator can give to the user that authdeck signs in as, or to a group of it")
}
