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
	done, err := WriteRows(ctx, api, e, draft)
	if err != nil {
		return model.Exported{}, err
	}
	return done, draft.Keep()
}

// WriteRows writes all rows of a query, wherever that is to.
func WriteRows(ctx context.Context, api model.API, e model.Export, to io.Writer) (model.Exported, error) {
	lists := find.Over(api, review.Usual())
	at := review.Moment{Now: time.Now(), Limits: lists.Limits()}
	switch e.Rows {
	case model.TokenRows:
		rows, err := export.Tokens(to, e.Format, api.Info(), at)
		if err != nil {
			return model.Exported{}, err
		}
		return written(ctx, e.Query, lists.EachToken, rows)
	case model.UserRows:
		rows, err := export.Users(to, e.Format, api.Info(), at)
		if err != nil {
			return model.Exported{}, err
		}
		return written(ctx, e.Query, lists.EachUser, rows)
	}
	return model.Exported{}, fmt.Errorf("there is no list of %q", string(e.Rows))
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
