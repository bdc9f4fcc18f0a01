package client

import (
	"context"
	"sync"

	"authdeck/client/config"
	"authdeck/client/wire"
	"authdeck/model"
)

// asking is the credential of a system, which is read when the system is first used: once for
// all who wait for it. A reading is nobody's own, so that a prompt stays up when a page that
// wanted it is left: it ends by itself, or with the system.
type asking struct {
	read func() error
	ends context.CancelFunc
	once bool // a failure is said again and not tried again, unless somebody wants to: a command would ask again

	mu     sync.Mutex
	latest *reading // nil before the first use
}

// reading is one try to read a credential.
type reading struct {
	over chan struct{}
	err  error // once it is over
}

// asked is how a profile's credential is read, and who is told of it. Nothing is read yet.
func asked(ctx context.Context, p config.Profile, env Env, enter func(model.Secret)) *asking {
	ctx, ends := context.WithCancel(ctx)
	return &asking{ends: ends, once: p.Credential.Runs(), read: func() error {
		secret, err := env.read(ctx, p)
		if secret, err = usable(p, secret, err); err != nil {
			if ctx.Err() == nil && !p.Credential.InHand() {
				env.notOpened(p, err)
			}
			return err
		}
		enter(secret)
		return nil
	}}
}

// wait is until the credential is there, or cannot be had. After a failure somebody may want
// it to be tried again.
func (a *asking) wait(ctx context.Context, again bool) error {
	r := a.reading(again)
	select {
	case <-r.over:
		return r.err
	case <-ctx.Done():
		return wire.Plain(ctx, ctx.Err())
	}
}

// end ends a reading that is under way, and waits until its command is gone.
func (a *asking) end(ctx context.Context) {
	a.ends()
	a.mu.Lock()
	latest := a.latest
	a.mu.Unlock()
	if latest == nil {
		return
	}
	select {
	case <-latest.over:
	case <-ctx.Done():
	}
}

// reading is the one to wait for.
func (a *asking) reading(again bool) *reading {
	a.mu.Lock()
	defer a.mu.Unlock()
	if r := a.latest; r != nil && (!r.failed() || a.once && !again) {
		return r
	}
	r := &reading{over: make(chan struct{})}
	a.latest = r
	go func() { // who waits for it can give up, and it goes on
		defer close(r.over)
		r.err = a.read()
	}()
	return r
}

// failed reports whether it is over, and gave nothing.
func (r *reading) failed() bool {
	select {
	case <-r.over:
		return r.err != nil
	default:
		return false
	}
}

// failed reports whether the latest reading gave nothing.
func (a *asking) failed() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.latest != nil && a.latest.failed()
}

// read reads a credential. A command is named before it can ask for something, and has the
// terminal for itself.
func (e Env) read(ctx context.Context, p config.Profile) (model.Secret, error) {
	switch s := p.Credential; {
	case !s.Runs():
		return s.Read(ctx, e.variable)
	case e.Lend != nil:
		return e.readBehind(ctx, p)
	}
	if e.turn != nil {
		select {
		case e.turn <- struct{}{}:
			defer func() { <-e.turn }()
		case <-ctx.Done():
			return model.Secret{}, wire.Plain(ctx, ctx.Err())
		}
	}
	if e.Runs != nil {
		e.Runs(p)
	}
	return p.Credential.Read(ctx, e.variable)
}

// readBehind reads what a command gives while a console has the screen: without the terminal,
// as it can where an agent has the answer; with it only if that failed.
func (e Env) readBehind(ctx context.Context, p config.Profile) (model.Secret, error) {
	s := p.Credential
	e.Log.Debug("credential from a command", "system", p.Name, "command", s.String())
	secret, err := s.ReadUnasked(ctx)
	if err == nil || ctx.Err() != nil || !s.MayAsk(err) {
		return secret, err
	}
	lent := false
	left := e.Lend(ctx, CredentialFrom(p), func(ctx context.Context) error {
		lent = true
		secret, err = s.Read(ctx, e.variable)
		return err
	})
	if !lent && left != nil {
		err = model.Fail(model.Unopened, "no credential from "+s.String()+": "+left.Error())
	}
	if err != nil {
		err = model.Fail(model.Unopened, model.Reason(err)+"; ctrl+r tries once more")
	}
	return secret, err
}

// CredentialFrom is what a person is told before a command can ask for something.
func CredentialFrom(p config.Profile) string {
	return "the credential of " + p.Name + " comes from a " + p.Credential.String()
}

func (e Env) notOpened(p config.Profile, err error) {
	e.Log.Warn("system not opened", "system", p.Name, "error", err.Error())
}
