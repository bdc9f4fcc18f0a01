package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"authdeck/client/export"
	"authdeck/client/file"
	"authdeck/client/find"
	"authdeck/model"
	"authdeck/model/person"
	"authdeck/model/review"
)

// Export writes all rows of a query to a file, which is there when it is whole and only
// then. Where a file is there that is not to be replaced, the error is an [io/fs.ErrExist]
// and the system is not asked. An error of the system is a [model.Error], any other one is
// of the file.
func Export(ctx context.Context, api model.API, e model.Export) (model.Exported, error) {
	draft, err := file.Begin(e.Path, e.Replace)
	if err != nil {
		return model.Exported{}, err
	}
	defer draft.Drop()
	counted := &meter{to: draft}
	done, err := WriteRows(ctx, api, e, counted)
	if err != nil {
		return model.Exported{}, err
	}
	done.Bytes = counted.bytes
	return done, draft.Keep()
}

// meter counts what is written.
type meter struct {
	to    io.Writer
	bytes int64
}

// Write implements [io.Writer].
func (m *meter) Write(p []byte) (int, error) {
	n, err := m.to.Write(p)
	m.bytes += int64(n)
	return n, err
}

// WriteRows writes the rows of a query, wherever that is to, and what has come of them whenever
// a page has come. What cannot be written in that way is an error before a system is asked.
func WriteRows(ctx context.Context, api model.API, e model.Export, to io.Writer) (model.Exported, error) {
	lists, of := listsOf(api), sourceOf(api)
	switch e.Rows {
	case model.TokenRows:
		rows, err := export.Tokens(to, e, of)
		if err != nil {
			return model.Exported{}, err
		}
		return written(ctx, e, lists.EachToken, rows)
	case model.UserRows:
		rows, err := export.Users(to, e, of)
		if err != nil {
			return model.Exported{}, err
		}
		return written(ctx, e, lists.EachUser, rows)
	}
	return model.Exported{}, fmt.Errorf("there is no list of %q", string(e.Rows))
}

// Columns are the names of the fields that rows have, in their order.
func Columns(rows model.Rows) []string { return export.Columns(rows) }

// CheckColumns says which of the columns that were named there is not, before a system is opened.
func CheckColumns(rows model.Rows, named []string) error { return export.Check(rows, named) }

// TokenRow gives a token as it stands in documents of commands, for one that holds more than a
// list.
func TokenRow(api model.API) func(*model.Token) ([]byte, error) {
	of := sourceOf(api)
	return func(t *model.Token) ([]byte, error) { return export.Token(t, of) }
}

// UserRow is TokenRow for a user.
func UserRow(api model.API) func(*model.User) ([]byte, error) {
	of := sourceOf(api)
	return func(u *model.User) ([]byte, error) { return export.User(u, of) }
}

// EachToken hands on all tokens of a query as they are read, with how far that is. Note is
// what has to be known of the list. Where it cannot be read to its end, it fails.
func EachToken(ctx context.Context, api model.API, q model.Query, take func([]model.Token, model.Sifted) error) (note string, err error) {
	return listsOf(api).EachToken(ctx, q, take)
}

// sourceOf is what is to be known of the rows of a system, or of each that it stands for.
func sourceOf(api model.API) export.Of {
	of := export.Of{Systems: infosOf(api), At: review.Moment{Now: time.Now(), Limits: limitsOf([]model.API{api})}}
	if view, is := api.(person.View); is {
		of.Tie = tiesOf(view)
	}
	return of
}

// tiesOf says how accounts were told to be a person's. It asks the view once, and again for an
// account that was not there then: rows are many.
func tiesOf(view person.View) func(system string, account model.User) (string, model.Answer) {
	var ties map[string]person.Tie
	return func(system string, account model.User) (string, model.Answer) {
		id := view.Guest(system, model.Token{Owner: account}).Owner.ID
		tie, known := ties[id]
		if !known {
			ties = view.Ties()
			tie, known = ties[id]
		}
		if !known {
			return "unknown", model.Unsaid
		}
		return tie.String(), model.AnswerOf(tie.How.Sure())
	}
}

// infosOf is what is known of a system, or of each that it stands for.
func infosOf(api model.API) []model.Info {
	var infos []model.Info
	for _, member := range model.Members(api) {
		infos = append(infos, member.Info())
	}
	return infos
}

// lists are read from their first row to their last.
type lists interface {
	EachToken(ctx context.Context, q model.Query, take func([]model.Token, model.Sifted) error) (note string, err error)
	EachUser(ctx context.Context, q model.Query, take func([]model.User, model.Sifted) error) (note string, err error)
}

// listsOf are those of a system, or of several as one.
func listsOf(api model.API) lists {
	if whole, can := api.(lists); can {
		return whole
	}
	return find.New(api, limitsOf([]model.API{api}))
}

// limitsOf are from when on something wants a look, as the configuration has it.
func limitsOf(apis []model.API) review.Limits {
	for _, api := range apis {
		if set, can := api.(interface{ Limits() review.Limits }); can {
			return set.Limits()
		}
	}
	return review.Usual()
}

// errEnough ends a reading of which no more is wanted.
var errEnough = errors.New("that is enough")

// written writes rows as they come, and says how far it is.
func written[T any](
	ctx context.Context, e model.Export, each func(context.Context, model.Query, func([]T, model.Sifted) error) (string, error), rows *export.Writer[T],
) (done model.Exported, err error) {
	done.Note, err = each(ctx, e.Query, func(found []T, told model.Sifted) error {
		more := e.Limit > 0 && done.Rows+len(found) > e.Limit
		if more {
			found = found[:e.Limit-done.Rows]
		}
		for i := range found {
			if err := rows.Row(&found[i]); err != nil {
				return err
			}
		}
		if done.Rows, done.Read = done.Rows+len(found), told; len(found) > 0 {
			if err := rows.Flush(); err != nil {
				return err
			}
		}
		if e.Query.Told != nil {
			e.Query.Told(told)
		}
		if e.Limit > 0 && done.Rows == e.Limit {
			done.Cut = more || told.Read != told.Total
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return done, err
	}
	return done, rows.End(done)
}
