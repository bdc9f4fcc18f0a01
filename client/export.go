package client

import (
	"context"
	"encoding/json"
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

// Columns are the names of the columns that rows have, in their order, and which of those that were
// named there is not.
func Columns(rows model.Rows, named []string) (all []string, err error) {
	return export.Columns(rows), export.Check(rows, named)
}

// TokenRow gives a token as it stands in documents of commands, for one that holds more than a
// list.
func TokenRow(api model.API) func(*model.Token) (json.RawMessage, error) {
	of := sourceOf(api)
	return func(t *model.Token) (json.RawMessage, error) { return export.Token(t, of) }
}

// UserRow is TokenRow for a user.
func UserRow(api model.API) func(*model.User) (json.RawMessage, error) {
	of := sourceOf(api)
	return func(u *model.User) (json.RawMessage, error) { return export.User(u, of) }
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

// scribe writes rows as they come, and notes how far it is.
type scribe[T any] struct {
	e    model.Export
	rows *export.Writer[T]
	done model.Exported
}

func written[T any](
	ctx context.Context, e model.Export, each func(context.Context, model.Query, func([]T, model.Sifted) error) (string, error), rows *export.Writer[T],
) (model.Exported, error) {
	s := &scribe[T]{e: e, rows: rows}
	e.Query.Most = e.Limit
	note, err := each(ctx, e.Query, s.take)
	s.done.Note = note
	if err != nil && !errors.Is(err, errEnough) {
		return s.done, err
	}
	return s.done, rows.End(s.done)
}

// take writes what of a page is wanted.
func (s *scribe[T]) take(found []T, told model.Sifted) error {
	left := len(found)
	if s.e.Limit > 0 {
		left = s.e.Limit - s.done.Rows
	}
	wanted := found[:min(left, len(found))]
	if err := s.write(wanted); err != nil {
		return err
	}
	s.done.Rows, s.done.Read = s.done.Rows+len(wanted), told
	if s.e.Query.Told != nil {
		s.e.Query.Told(told)
	}
	if s.e.Limit > 0 && s.done.Rows == s.e.Limit {
		s.done.Cut = len(wanted) < len(found) || told.Read != told.Total
		return errEnough
	}
	return nil
}

// write has what was written be there before more is read.
func (s *scribe[T]) write(rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	for i := range rows {
		if err := s.rows.Row(&rows[i]); err != nil {
			return err
		}
	}
	return s.rows.Flush()
}
