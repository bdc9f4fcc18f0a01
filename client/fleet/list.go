package fleet

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"authdeck/client/page"
	"authdeck/model"
	"authdeck/model/query"
)

const (
	// patience is how long one waits for all systems before those that have answered are shown.
	patience = time.Second
	// lease is for how long a reading goes on that nobody asks about any more.
	lease = 15 * time.Second
	// most is how many rows of a system are read where no question picks some of them.
	most = 2000
)

// rows are what lists of tokens and of users do not have in common.
type rows[T any] struct {
	fields []query.Field[T]
	orders func() []order[T]
	sorts  func(model.Info) []model.Sort
	each   func(*member) each[T]
	never  func(context.Context, *member) *int // how many never expire, as the system itself counts them; nil where nobody counts
	news   func(*member) func() bool           // whether there is more of a system since then; nil for never
	keep   func(T) bool                        // whether an item, with the name of its system, is shown; nil for all
	called func(system string, item T) T       // an item says of which system it is
	system func(T) string
	guest  func(system string, item T) T // and has a name that no other one has
}

// each goes through a whole list, as [find.API.EachToken] does.
type each[T any] = func(context.Context, model.Query, func([]T, model.Sifted) error) (note string, err error)

// list is a list of all systems: of one question, that was asked last.
type list[T any] struct {
	rows    rows[T]
	members []*member

	mu      sync.Mutex
	key     string // of the question
	sort    string
	began   time.Time
	parts   []*part[T] // of the systems that were asked; nil for no question
	waiting int        // how many wait for an answer
	lease   *time.Timer
}

func newTokens(members []*member) *list[model.Token] {
	return &list[model.Token]{members: members, rows: rows[model.Token]{
		fields: query.Among(query.Tokens(), infosOf(members)), orders: tokenOrders,
		sorts:  func(i model.Info) []model.Sort { return i.TokenSorts },
		each:   func(m *member) each[model.Token] { return m.lists.EachToken },
		called: func(system string, t model.Token) model.Token { t.System = system; return t },
		system: func(t model.Token) string { return t.System },
		guest:  (*Fleet)(nil).Guest,
		never:  neverOf,
	}}
}

// infosOf are systems as far as they are known without asking them.
func infosOf(members []*member) []model.Info {
	all := make([]model.Info, len(members))
	for i, m := range members {
		all[i] = m.api.Info()
	}
	return all
}

func newUsers(members []*member) *list[model.User] {
	return &list[model.User]{members: members, rows: rows[model.User]{
		fields: query.Among(query.Users(), infosOf(members)), orders: userOrders,
		sorts:  func(i model.Info) []model.Sort { return i.UserSorts },
		each:   func(m *member) each[model.User] { return m.lists.EachUser },
		called: func(system string, u model.User) model.User { u.System = system; return u },
		system: func(u model.User) string { return u.System },
		guest:  guestUser,
	}}
}

// page answers with what there is when all systems have answered, or after a second.
func (l *list[T]) page(ctx context.Context, q model.Query) (model.Page[T], error) {
	compare, err := l.order(q)
	if err != nil {
		return model.Page[T]{}, err
	}
	number, err := page.Number(q.At)
	if err != nil {
		return model.Page[T]{}, err
	}
	asked := time.Now()
	parts, wait := l.ask(ctx, q, page.Awhile)
	err = await(ctx, parts, wait)
	l.answered(err)
	if err != nil {
		return model.Page[T]{}, err
	}
	m := merge(parts)
	if m.refusal != nil {
		return model.Page[T]{}, m.refusal
	}
	answer := l.answer(m, q, number-1, compare, asked)
	if m.reading {
		answer.Stop = func() { giveUp(parts) }
	}
	return answer, nil
}

// order is how the rows of a query stand.
func (l *list[T]) order(q model.Query) (func(a, b T) int, error) {
	asked, err := l.parse(q.Where)
	if err != nil {
		return nil, err
	}
	if own := query.Compare(asked, l.rows.fields, nil, page.Fold); own != nil {
		return own, nil
	}
	orders := l.rows.orders()
	return orders[l.place(q.Sort)].compare, nil
}

func (l *list[T]) parse(where string) (query.Query, error) {
	asked, err := query.Parse(where, l.rows.fields)
	if err != nil {
		return asked, &model.Error{Kind: model.Invalid, Message: model.Clean(err.Error()), Cause: err}
	}
	return asked, nil
}

// place is that of an order among all; the first where there is none of that name.
func (l *list[T]) place(key string) int {
	return max(0, slices.IndexFunc(l.rows.orders(), func(o order[T]) bool { return o.Key == key }))
}

// ask are the readings that answer a query, and how long they are waited for. What was read
// for the same question serves it again, for so long; another one ends what is being read.
func (l *list[T]) ask(ctx context.Context, q model.Query, lasts time.Duration) (parts []*part[T], wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := keyOf(q)
	same := l.parts != nil && key == l.key && (q.Sort == l.sort || whole(l.parts))
	before := map[*member]*part[T]{}
	for _, p := range l.parts {
		if same {
			before[p.of] = p
		}
	}
	again := same && (slices.ContainsFunc(l.parts, (*part[T]).outdated) || !q.Fresh && !l.tooOld(q, lasts))
	if !again {
		l.began, wait = time.Now(), patience
	}
	for _, m := range l.asked(q) {
		p := before[m]
		switch {
		case p != nil && p.outdated(): // of it that is shown which is true after the write
			p = l.begin(ctx, m, q, nil)
			p.must = true
		case p == nil || !again:
			p, wait = l.begin(ctx, m, q, p.finished()), patience
		}
		parts = append(parts, p)
	}
	l.leave(parts)
	l.key, l.sort, l.parts = key, q.Sort, parts
	l.waiting++
	return parts, wait
}

// keyOf is a question, without the order of its rows.
func keyOf(q model.Query) string {
	return fmt.Sprintf("%q %q %v %q %q %q", q.Where, q.Search, q.Untold, q.Filter.Only.ID, q.Filter.Choice, q.Without)
}

// tooOld reports whether a list that is opened by a query has been here for too long.
func (l *list[T]) tooOld(q model.Query, lasts time.Duration) bool {
	return q.At == "" && time.Since(l.began) > lasts && !slices.ContainsFunc(l.parts, (*part[T]).reading)
}

// leave ends the readings that are not among those.
func (l *list[T]) leave(kept []*part[T]) {
	for _, p := range l.parts {
		if !slices.Contains(kept, p) {
			p.end()
		}
	}
	l.parts = nil
}

// answered notes that somebody has an answer, or waits for none any more. A reading that
// nobody asks about is ended.
func (l *list[T]) answered(gone error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting--
	if gone != nil && l.waiting == 0 {
		l.quit()
	}
	if l.lease != nil {
		l.lease.Stop()
	}
	if slices.ContainsFunc(l.parts, (*part[T]).reading) {
		l.lease = time.AfterFunc(lease, l.expire)
	}
}

func (l *list[T]) expire() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.waiting == 0 && slices.ContainsFunc(l.parts, (*part[T]).reading) {
		l.quit()
	}
}

// quit ends what is being read, and keeps what was.
func (l *list[T]) quit() {
	l.parts = slices.DeleteFunc(slices.Clone(l.parts), func(p *part[T]) bool {
		if p.reading() {
			p.end()
			return true
		}
		return false
	})
}

// rest ends what is being read of a list that nobody waits for any more.
func (l *list[T]) rest() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.waiting == 0 {
		l.quit()
	}
}

func (l *list[T]) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.leave(nil)
	if l.lease != nil {
		l.lease.Stop()
	}
}

// asked are the systems that a query is for.
func (l *list[T]) asked(q model.Query) []*member {
	owner, _ := parted(q.Filter.Only.ID)
	return slices.DeleteFunc(slices.Clone(l.members), func(m *member) bool {
		return q.Filter.Only.ID != "" && m.name != owner || q.Filter.Choice != "" && m.name != q.Filter.Choice || slices.Contains(q.Without, m.name)
	})
}
