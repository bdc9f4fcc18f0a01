package plan

import (
	"context"
	"crypto/rand"
	"slices"
	"sync"
	"time"

	"authdeck/model"
)

// Making is how a plan is made.
type Making struct {
	By, Host string           // who makes it, and where
	Set      Set              // of a plan to edit
	Now      func() time.Time // nil for the machine's clock
	AtOnce   int              // questions to one system; zero for [AtOnce]
	Told     func(asked int)  // hears how many lines have been asked for; nil for nobody
}

func (m Making) now() time.Time {
	if m.Now == nil {
		return time.Now()
	}
	return m.Now()
}

// Most is how many tokens a plan is made for: each of them is asked for.
const Most = 10_000

// AtOnce is how many lines are under way at once unless somebody says otherwise.
const AtOnce = 4

// Make makes a plan for tokens as the API shows them, which may be a union: each system is
// asked what to know before, and nothing is sent. What a system does not offer it is not
// asked for, and after a refused credential it is asked for nothing more. The one error is
// that nobody waits for it any more, or that a plan cannot be of the action.
func Make(ctx context.Context, api model.API, action model.Action, tokens []model.Token, how Making) (*Plan, error) {
	if !slices.Contains(Actions(), action) {
		return nil, model.Fail(model.Unsupported, "a plan can be to delete, to regenerate, to replace and to edit, and not to "+action.String())
	}
	if err := how.Set.fits(action); err != nil {
		return nil, err
	}
	m := maker{plan: &Plan{ID: rand.Text(), Made: how.now().UTC(), By: how.By, Host: how.Host, Action: action, Set: how.Set}, how: how}
	m.enter(api, tokens)
	var all sync.WaitGroup
	for _, s := range m.systems {
		all.Go(func() { m.ask(ctx, s) })
	}
	all.Wait()
	if ctx.Err() != nil {
		return nil, &model.Error{Kind: model.Cancelled, Cause: ctx.Err()}
	}
	return m.plan, nil
}

// maker makes a plan.
type maker struct {
	plan    *Plan
	how     Making
	systems []*asked

	mu   sync.Mutex
	told int
}

// asked is a system that is asked, and for which lines.
type asked struct {
	api   model.API
	info  model.Info
	me    model.User // who signs in there, where that is told
	lines []int
	next  int    // of lines; of the maker's lock, as why is
	why   string // nothing more is asked; empty while it is
}

// enter puts each token into the plan, once, with the system that it is of.
func (m *maker) enter(api model.API, tokens []model.Token) {
	by, seen := map[string]*asked{}, map[[2]string]bool{}
	for i := range tokens {
		home, own := model.Home(api, tokens[i])
		info := home.Info()
		line := [2]string{info.Name, own.ID}
		if seen[line] {
			continue
		}
		seen[line], own.System, own.Owner.System = true, "", ""
		s := by[info.Name]
		if s == nil {
			s = &asked{api: home, info: info}
			by[info.Name], m.systems = s, append(m.systems, s)
		}
		s.lines = append(s.lines, len(m.plan.Lines))
		m.plan.Lines = append(m.plan.Lines, Line{System: info.Name, Kind: info.Kind, Host: info.Host, Token: own})
	}
}

// ask asks one system for its lines, a few at once.
func (m *maker) ask(ctx context.Context, s *asked) {
	if s.why = s.info.Missing[m.plan.Action]; s.why == "" {
		s.me, _ = s.api.WhoAmI(ctx) // where it is refused, so is the rest, with the reason
	}
	some := m.how.AtOnce
	if some < 1 {
		some = AtOnce
	}
	var all sync.WaitGroup
	for range min(some, len(s.lines)) {
		all.Go(func() {
			for i, why, more := m.take(s); more; i, why, more = m.take(s) {
				m.fill(ctx, s, &m.plan.Lines[i], why)
				m.tell()
			}
		})
	}
	all.Wait()
}

func (m *maker) take(s *asked) (line int, why string, more bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s.next == len(s.lines) {
		return 0, "", false
	}
	s.next++
	return s.lines[s.next-1], s.why, true
}

// fill says of a line what its system says of it.
func (m *maker) fill(ctx context.Context, s *asked, l *Line, why string) {
	form, draft := model.Form{}, model.Draft{Owner: l.Token.Owner}
	switch {
	case why != "" || ctx.Err() != nil:
	case m.plan.Action == model.Edit:
		form, draft, why = m.setting(ctx, s, l.Token)
	default:
		form, why = m.prepare(ctx, s, l.Token)
	}
	l.Cannot = why
	l.Says = slices.Clone(form.Warnings)
	if form.Review != nil {
		l.Says = slices.Concat(form.Review(draft), l.Says)
	}
	for i, said := range l.Says { // there are names in it
		l.Says[i] = model.Clean(said).String()
	}
	l.Risks = risksOf(&l.Token, s, form, m.plan)
}

// prepare asks what to know before, and waits where the system wants to be left alone.
func (m *maker) prepare(ctx context.Context, s *asked, t model.Token) (form model.Form, why string) {
	var err error
	for range patience {
		form, err = s.api.Prepare(ctx, m.plan.Action, t)
		if model.KindOf(err) != model.RateLimited || err == nil || !rest(ctx, restOf(err)) {
			break
		}
	}
	switch {
	case err != nil:
		why = model.Reason(err)
		if model.KindOf(err) == model.Unauthorized || model.Lasts(err) {
			m.mu.Lock()
			s.why = why
			m.mu.Unlock()
		}
		return model.Form{}, why
	case len(form.Fields) > 0 && m.plan.Action != model.Edit:
		return form, "it asks for something to be filled in (" + model.Clean(form.Fields[0].Label).String() + "): do it by itself"
	}
	return form, ""
}

func (m *maker) tell() {
	m.mu.Lock()
	m.told++
	told := m.told
	m.mu.Unlock()
	if m.how.Told != nil {
		m.how.Told(told)
	}
}
