package client

import (
	"context"
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

// WriteRows writes all rows of a query, wherever that is to.
func WriteRows(ctx context.Context, api model.API, e model.Export, to io.Writer) (model.Exported, error) {
	lists, of := listsOf(api), sourceOf(api)
	switch e.Rows {
	case model.TokenRows:
		rows, err := export.Tokens(to, e.Format, of)
		if err != nil {
			return model.Exported{}, err
		}
		return written(ctx, e.Query, lists.EachToken, rows)
	case model.UserRows:
		rows, err := export.Users(to, e.Format, of)
		if err != nil {
			return model.Exported{}, err
		}
		return written(ctx, e.Query, lists.EachUser, rows)
	}
	return model.Exported{}, fmt.Errorf("there is no list of %q", string(e.Rows))
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

// written writes rows as they come, and says how far it is.
func written[T any](
	ctx context.Context, q model.Query, each func(context.Context, model.Query, func([]T, model.Sifted) error) (string, error), rows *export.Writer[T],
) (done model.Exported, err error) {
	done.Note, err = each(ctx, q, func(found []T, told model.Sifted) error {
		for i := range found {
			if err := rows.Row(&found[i]); err != nil {
				return err
			}
		}
		done.Rows, done.Read = done.Rows+len(found), told
		if q.Told != nil {
			q.Told(told)
		}
		return nil
	})
	if err != nil {
		return done, err
	}
	return done, rows.End()
}
