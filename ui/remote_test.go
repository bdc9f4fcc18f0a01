package ui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"authdeck/model"
)

// canary is a key that must never be found where it does not belong.
const canary = "canary4d7e2a91c0ffee5b"

// remote is a system in memory that keeps a record of what it was asked.
type remote struct {
	info    model.Info
	tokens  []model.Token
	users   []model.User
	me      model.User
	page    int // rows that it gives at once, at most
	clock   *clock
	slow    time.Duration // how long every answer takes
	fail    map[string]error
	forms   map[model.Action]model.Form
	notes   []string      // what an order comes back with besides a key
	odd     string        // the key that it gives, where it is not the usual one
	finding model.Finding // of an order whose end is in doubt
	looked  []model.Order
	heir    string        // the number of the token that a regenerated one becomes; empty for its own
	copies  int           // how many tokens more an order to create makes
	steady  bool          // its pages say that they are
	whole   bool          // its pages have the whole list beside them
	remark  string        // what its pages say of the list
	beyond  int           // how many more tokens it has than are counted
	never   *int          // how many never expire, as it counts them
	sifted  *model.Sifted // what was read for a question
	strict  bool          // a page that is not there any more is a failure, not a page without rows

	hesitates bool // its answers before an action are questions that a test can hold
	keyAnyway bool // a write that fails brings its key all the same
	orders    []model.Order
	asked     []request
	given     []context.Context
	writes    []string
	issued    []model.Secret
	told      knowledge
}

// request is one read that came in.
type request struct {
	what string
	q    model.Query
}

func (r *remote) Info() model.Info { return r.info }

func (r *remote) read(ctx context.Context, what string, q model.Query) error {
	r.asked = append(r.asked, request{what, q})
	r.given = append(r.given, ctx)
	r.clock.now = r.clock.now.Add(r.slow)
	return r.fail[what]
}

func (r *remote) WhoAmI(ctx context.Context) (model.User, error) {
	defer r.clock.hold()()
	return r.me, r.read(ctx, "who", model.Query{})
}

func (r *remote) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	defer r.clock.hold()()
	if err := r.read(ctx, "tokens", q); err != nil {
		return model.Page[model.Token]{}, err
	}
	page, err := pageOf(r, r.tokens, func(t model.Token) model.User { return t.Owner }, q)
	if q.Where != "" {
		if page.Sifted = r.sifted; r.sifted != nil {
			page.Alike = r.sifted.Alike
		}
	}
	return page, err
}

func (r *remote) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	defer r.clock.hold()()
	if err := r.read(ctx, "users", q); err != nil {
		return model.Page[model.User]{}, err
	}
	return pageOf(r, r.users, func(u model.User) model.User { return u }, q)
}

// pageOf cuts a page. A cursor holds the list that it belongs to, and another
// list's is refused: no console may mix them.
func pageOf[T any](r *remote, all []T, user func(T) model.User, q model.Query) (model.Page[T], error) {
	var rows []T
	for _, row := range all {
		if u := user(row); passes(u, q) {
			rows = append(rows, row)
		}
	}
	if q.Sort == "name" {
		slices.SortStableFunc(rows, func(a, b T) int {
			return strings.Compare(user(a).Username.String(), user(b).Username.String())
		})
	}
	start := 0
	if q.At != "" {
		at, of, _ := strings.Cut(string(q.At), " of ")
		if of != listOf(q) {
			return model.Page[T]{}, model.Fail(model.Invalid, "a cursor of another list")
		}
		start, _ = strconv.Atoi(at)
	}
	if r.strict && start > 0 && start >= len(rows) {
		return model.Page[T]{}, model.Fail(model.NotFound, "Invalid page.")
	}
	end := min(start+min(q.Size, r.page), len(rows))
	page := model.Page[T]{Items: slices.Clone(rows[min(start, end):end]), Total: len(rows), Steady: r.steady, Note: r.remark}
	if r.whole {
		page.Whole = rows
	}
	if end < len(rows) {
		page.Next = model.Cursor(fmt.Sprintf("%d of %s", end, listOf(q)))
	}
	return page, nil
}

func listOf(q model.Query) string {
	return fmt.Sprintf("%s|%s|%s|%s|%v", q.Search, q.Sort, q.Filter.Only.ID, q.Filter.Choice, q.Ranges)
}

func passes(u model.User, q model.Query) bool {
	only := q.Filter.Only.ID
	has := map[string]model.Answer{"with": model.Yes, "without": model.No}[q.Filter.Choice]
	return strings.Contains(u.Username.String(), q.Search) &&
		(only == "" || only == u.ID) &&
		(has == model.Unsaid || has == u.HasToken)
}

func (r *remote) Prepare(_ context.Context, a model.Action, t model.Token) (model.Form, error) {
	defer r.clock.hold()()
	if r.hesitates {
		r.asked = append(r.asked, request{"prepare", model.Query{}})
	}
	form := r.forms[a]
	if a == model.Create && t.Owner.ID != "" {
		form.Fields = slices.DeleteFunc(slices.Clone(form.Fields), func(f model.Field) bool { return f.Kind == model.AskUser })
	}
	return form, r.fail["prepare"]
}

func (r *remote) Do(_ context.Context, o model.Order) (model.Issued, error) {
	defer r.clock.hold()()
	r.orders = append(r.orders, o)
	switch o.Action {
	case model.Create:
		t := model.Token{ID: o.Owner.ID, Name: model.Clean("#9" + o.Owner.ID), Owner: o.Owner, State: model.Active}
		issued, err := r.write("create", t)
		if err == nil {
			r.tokens = append(r.tokens, t)
			r.copy(t)
		}
		return issued, err
	case model.Delete, model.Edit, model.Revoke:
		r.told.revoked = o.Password.Reveal()
		issued, err := r.write(o.Action.String(), o.Token)
		if err != nil {
			return issued, err
		}
		r.issued = r.issued[:len(r.issued)-1]
		if o.Action == model.Delete {
			r.remove(o.Token.ID)
		}
		return model.Issued{Notes: r.notes}, nil
	default:
		return r.succeed(o)
	}
}

// succeed gives a token a new key, and under a new number where the system makes a
// successor.
func (r *remote) succeed(o model.Order) (model.Issued, error) {
	t := o.Token
	issued, err := r.write(o.Action.String(), t)
	if err == nil && r.heir != "" {
		r.remove(t.ID)
		t.ID, t.Name = r.heir, model.Clean("#"+r.heir)
		r.tokens, issued.Token = append(r.tokens, t), t
	}
	return issued, err
}

// copy makes what a proxy made that sent the order more than once.
func (r *remote) copy(t model.Token) {
	for i := range r.copies {
		t.ID, t.Created = fmt.Sprint(900+i), model.At(r.clock.now)
		t.Name = model.Clean("#" + t.ID)
		r.tokens = append(r.tokens, t)
	}
}

func (r *remote) Look(_ context.Context, o model.Order) (model.Finding, error) {
	defer r.clock.hold()()
	r.asked, r.looked = append(r.asked, request{"look", model.Query{}}), append(r.looked, o)
	return r.finding, r.fail["look"]
}

func (r *remote) Close(context.Context) error { return nil }

func (r *remote) write(what string, t model.Token) (model.Issued, error) {
	r.writes = append(r.writes, what+" "+t.ID)
	err := r.fail[what]
	if err != nil && !r.keyAnyway {
		return model.Issued{}, err
	}
	key := model.NewSecret(cmp.Or(r.odd, canary))
	r.issued = append(r.issued, key)
	return model.Issued{Token: t, Key: key, Notes: r.notes}, err
}

func (r *remote) remove(id string) {
	r.tokens = slices.DeleteFunc(r.tokens, func(t model.Token) bool { return t.ID == id })
}

// count is how often something was asked for.
func (r *remote) count(what string) int {
	n := 0
	for _, a := range r.asked {
		if a.what == what {
			n++
		}
	}
	return n
}

// last is the query of the last read of a kind.
func (r *remote) last(what string) model.Query {
	for _, a := range slices.Backward(r.asked) {
		if a.what == what {
			return a.q
		}
	}
	return model.Query{}
}

// mixed counts the questions that joined one list's cursor to another's query.
func (r *remote) mixed() int {
	n := 0
	for _, a := range r.asked {
		if _, of, at := strings.Cut(string(a.q.At), " of "); at && of != listOf(a.q) {
			n++
		}
	}
	return n
}
