package wire

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"sync/atomic"

	"authdeck/model"
)

// progress is how far an exchange came before it failed.
type progress struct {
	left     atomic.Bool // all that a server needs to act may have left
	answered atomic.Bool // something came back
}

// trace notes it. What offers another protocol over HTTP/2, or announces an answer
// again and again, is not waited for.
func (p *progress) trace() *httptrace.ClientTrace {
	var announced atomic.Int32
	return &httptrace.ClientTrace{
		WroteHeaders:         func() { p.left.Store(true) },
		GotFirstResponseByte: func() { p.answered.Store(true) },
		Got1xxResponse: func(status int, _ textproto.MIMEHeader) error {
			if status == http.StatusSwitchingProtocols || announced.Add(1) > maxInformational {
				return NetworkError{fault: notHTTP}
			}
			return nil
		},
	}
}

// maxInformational is how many times an answer may be announced before it comes.
const maxInformational = 8

// unanswered is what an exchange without a readable answer means. After a write
// that may have left, nobody knows whether it happened.
func unanswered(ctx context.Context, r Request, p *progress, err error) error {
	if known, ok := errors.AsType[*model.Error](err); ok {
		return known // it never came to an exchange
	}
	failure := networkFailure(causeOf(ctx, err, p.guess()))
	if r.write() && p.left.Load() {
		failure.Kind, failure.Sent = model.Uncertain, true
	}
	return failure
}

// guess is what an error means of which nothing else is known.
func (p *progress) guess() fault {
	switch {
	case p.answered.Load():
		return notHTTP
	case p.left.Load():
		return connectionBroken
	}
	return notConnected
}

// networkFailure is the error of a read, and of a write that never left.
func networkFailure(cause error) *model.Error {
	kind := model.Unavailable
	if network, ok := errors.AsType[NetworkError](cause); ok {
		switch network.fault {
		case cancelled:
			kind = model.Cancelled
		case notHTTP, badCompression, tooLarge:
			kind = model.Malformed
		default:
		}
	}
	return &model.Error{Kind: kind, Message: model.Clean(cause.Error()), Cause: cause}
}
