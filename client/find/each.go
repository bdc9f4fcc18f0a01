package find

import (
	"context"
	"errors"
	"time"

	"authdeck/model"
)

// many is how many rows are asked for at once: a list is read to its end, and each request
// has its price.
const many = 200

// Each goes through a list to its end, page by page, and hands each page on. It asks for
// one after the other, and rests where a server wants to be left alone.
func Each[T any](
	ctx context.Context, ask func(context.Context, model.Query) (model.Page[T], error), q model.Query, take func(model.Page[T]) error,
) error {
	q.At, q.Size, q.Fresh = "", many, true
	for {
		if ctx.Err() != nil {
			return &model.Error{Kind: model.Cancelled, Cause: ctx.Err()}
		}
		answer, err := patient(ctx, func() (model.Page[T], error) { return ask(ctx, q) })
		if err != nil {
			return err
		}
		if err := take(answer); err != nil {
			return err
		}
		switch answer.Next {
		case "":
			return nil
		case q.At: // a list without an end would be read until the disk is full
			return model.Fail(model.Malformed, "the list says that the page after this one is this one")
		}
		q.At, q.Fresh = answer.Next, false
	}
}

// longestWait is what a person puts up with who can see why.
const longestWait = 2 * time.Minute

// patient asks, and asks again when a server wants to be left alone for a while and says
// for how long. Nothing but a question is asked twice.
func patient[T any](ctx context.Context, ask func() (model.Page[T], error)) (model.Page[T], error) {
	for {
		answer, err := ask()
		e, is := errors.AsType[*model.Error](err)
		if !is || e.Kind != model.RateLimited || e.RetryAfter <= 0 || e.RetryAfter > longestWait {
			return answer, err
		}
		rest := time.NewTimer(e.RetryAfter)
		select {
		case <-rest.C:
		case <-ctx.Done():
			rest.Stop()
			return answer, &model.Error{Kind: model.Cancelled, Cause: ctx.Err()}
		}
	}
}
