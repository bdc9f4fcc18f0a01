package find

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"authdeck/model"
)

// id is the range that is a number.
const id = "id"

// byNumber has a word such as #1140, which is what the screen calls a token without a name,
// ask for that number: no server finds it as a word. Where a system cannot narrow by number it
// stays a word.
func byNumber[T any](
	ask func(context.Context, model.Query) (model.Page[T], error), ranges func() []model.RangeField,
) func(context.Context, model.Query) (model.Page[T], error) {
	return func(ctx context.Context, q model.Query) (model.Page[T], error) {
		if strings.Contains(q.Search, "#") && slices.Contains(ranges(), model.RangeField{Name: id, Kind: model.Numbers}) {
			q = numbered(q)
		}
		return ask(ctx, q)
	}
}

// numbered takes the first number out of the words of a query. A second one stays a word: no
// row has two.
func numbered(q model.Query) model.Query {
	if slices.ContainsFunc(q.Ranges, func(r model.Range) bool { return r.Field == id }) {
		return q
	}
	words := strings.Fields(q.Search)
	at := slices.IndexFunc(words, func(word string) bool {
		n, err := strconv.ParseInt(strings.TrimPrefix(word, "#"), 10, 64)
		return err == nil && n > 0 && word == "#"+strconv.FormatInt(n, 10)
	})
	if at < 0 {
		return q
	}
	number := words[at][1:]
	q.Ranges = append(slices.Clone(q.Ranges), model.Range{Field: id, From: number, To: number})
	q.Search = strings.Join(slices.Delete(words, at, at+1), " ")
	return q
}
