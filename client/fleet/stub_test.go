package fleet_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"authdeck/client/fleet"
	"authdeck/model"
	"authdeck/model/review"
)

// stub is a system that answers as late as a test says, or not.
type stub struct {
	info   model.Info
	tokens []model.Token
	users  []model.User
	late   time.Duration
	fails  error
	mute   error // of its users alone
	note   string

	narrows bool // it heeds the filter for what never expires

	mu     sync.Mutex
	asked  []string // what it was asked for
	at     []model.Query
	looked []string // for which users it was asked
	inside int      // questions that are under way
	most   int
}

func (s *stub) Info() model.Info { return s.info }

// enter takes a question, and answers it when it is time.
func (s *stub) enter(ctx context.Context, what string) error {
	s.mu.Lock()
	s.asked = append(s.asked, what)
	s.inside++
	s.most = max(s.most, s.inside)
	fails, late := s.fails, time.NewTimer(s.late)
	s.mu.Unlock()
	defer func() { s.mu.Lock(); s.inside--; s.mu.Unlock() }()
	defer late.Stop()
	select {
	case <-late.C:
		return fails
	case <-ctx.Done():
		return &model.Error{Kind: model.Cancelled, Cause: ctx.Err()}
	}
}

func (s *stub) WhoAmI(ctx context.Context) (model.User, error) {
	return model.User{Username: model.Clean("op")}, s.enter(ctx, "who")
}

func (s *stub) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	if err := s.enter(ctx, "tokens"); err != nil {
		return model.Page[model.Token]{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = append(s.at, q)
	rows := slices.DeleteFunc(slices.Clone(s.tokens), func(t model.Token) bool {
		return s.narrows && q.Filter.Choice == "never" && t.Expires.Knowledge() != model.Never ||
			q.Filter.Only.ID != "" && t.Owner.ID != q.Filter.Only.ID || !strings.Contains(t.Name.String(), q.Search)
	})
	page := paged(rows, q)
	page.Note = s.note
	return page, nil
}

func (s *stub) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	if err := s.enter(ctx, "users"); err != nil {
		return model.Page[model.User]{}, err
	}
	if s.mute != nil {
		return model.Page[model.User]{}, s.mute
	}
	s.mu.Lock()
	s.looked = append(s.looked, q.Search+q.Filter.Only.ID)
	s.mu.Unlock()
	return paged(slices.DeleteFunc(slices.Clone(s.users), func(u model.User) bool {
		return q.Filter.Only.ID != "" && u.ID != q.Filter.Only.ID || !strings.Contains(u.Username.String()+" "+u.Email.String()+" "+u.Mobile.String(), q.Search)
	}), q), nil
}

func paged[T any](rows []T, q model.Query) model.Page[T] {
	from, _ := strconv.Atoi(string(q.At))
	to := min(from+q.Size, len(rows))
	page := model.Page[T]{Items: rows[from:to], Total: len(rows)}
	if to < len(rows) {
		page.Next = model.Cursor(strconv.Itoa(to))
	}
	return page
}

func (s *stub) Prepare(ctx context.Context, a model.Action, t model.Token) (model.Form, error) {
	return model.Form{Warnings: []string{fmt.Sprintf("%s %s of %s", a, t.ID, t.Owner.ID)}}, s.enter(ctx, "prepare "+t.ID+" "+t.System)
}

func (s *stub) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	if err := s.enter(ctx, o.Action.String()+" "+o.Token.ID+" "+o.Token.System); err != nil {
		return model.Issued{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens = slices.DeleteFunc(s.tokens, func(t model.Token) bool { return t.ID == o.Token.ID })
	return model.Issued{Token: o.Token}, nil
}

func (s *stub) Look(ctx context.Context, o model.Order) (model.Finding, error) {
	return model.Finding{}, s.enter(ctx, "look "+o.Token.ID)
}

func (s *stub) Close(context.Context) error { return nil }

// running is how many questions are under way.
func (s *stub) running() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.inside
}

func (s *stub) reads() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, a := range s.asked {
		if a == "tokens" {
			n++
		}
	}
	return n
}

// system is one with so many tokens, which end one after the other from that day on.
func system(name string, count, firstDay int) *stub {
	s := &stub{info: model.Info{Name: name, Kind: "hamgam", Missing: model.Caps{}}}
	for i := range count {
		owner := model.User{ID: fmt.Sprint(i), Username: model.Clean(fmt.Sprintf("u%02d", (i*7)%count))}
		s.users = append(s.users, owner)
		s.tokens = append(s.tokens, model.Token{
			ID: fmt.Sprint(i), Name: model.Clean(fmt.Sprint("#", i)), Owner: owner, State: model.Active,
			Expires: model.At(time.Now().Add(time.Duration(firstDay+10*i) * 24 * time.Hour)),
		})
	}
	return s
}

// together runs a test on some systems as one, in a time of its own.
func together(t *testing.T, open func() []*stub, test func(*testing.T, *fleet.Fleet, []*stub)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		stubs := open()
		var apis []model.API
		for _, s := range stubs {
			apis = append(apis, s)
		}
		f := fleet.New(apis, review.Usual())
		test(t, f, stubs)
		if err := f.Close(t.Context()); err != nil {
			t.Error(err)
		}
		synctest.Wait()
	})
}

// three are a shop, a tower and an idp, with three tokens each.
func three() []*stub {
	return []*stub{system("shop", 3, 1), system("tower", 3, 2), system("idp", 3, 3)}
}

func list(t *testing.T, f *fleet.Fleet, q model.Query) model.Page[model.Token] {
	t.Helper()
	if q.Size == 0 {
		q.Size = 50
	}
	page, err := f.Tokens(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// shown are the rows of a page by their systems and names.
func shown(p model.Page[model.Token]) string {
	var rows []string
	for _, row := range p.Items {
		rows = append(rows, row.System+row.Name.String())
	}
	return strings.Join(rows, " ")
}
