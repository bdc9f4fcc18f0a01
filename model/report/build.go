package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"authdeck/model"
	"authdeck/model/audit"
	"authdeck/model/person"
)

// Reading is what was read just now.
type Reading struct {
	Person      string
	At          time.Time
	By, Machine string
	Systems     []System
	Notes       []string
}

// System is what was read of one system.
type System struct {
	Info     model.Info
	Accounts []Held
	Tokens   []model.Token // as the system itself calls them
	Gaps     []Gap
	Limits   []string // what it does not tell, a sentence each
}

// Held is an account, and how it was told to be the person's.
type Held struct {
	User model.User
	Tie  person.Tie
}

// Builder puts a report together. Its methods are for one goroutine at a time.
type Builder struct {
	read    Reading
	systems map[string]*known
	names   []string // by which the person is known for sure, or was looked for
	fold    func(string) string
	begun   map[int64]audit.Entry // about to be done, without an end so far
	seen    map[int64]audit.Entry // what was seen later of an order, by the number of its line
	deeds   []deed
}

// known is a system by what entries are matched with.
type known struct {
	*System
	byID, byName map[string]*Held
	tokens       map[string]*model.Token
}

// deed is one, and what it is about for certain.
type deed struct {
	Deed
	sure bool
}

// Begin begins with what was read. Fold makes two user names equal that people take for one.
func Begin(r Reading, fold func(string) string) *Builder {
	b := &Builder{read: r, systems: map[string]*known{}, fold: fold, begun: map[int64]audit.Entry{}, seen: map[int64]audit.Entry{}, names: []string{fold(r.Person)}}
	for i := range r.Systems {
		s := &r.Systems[i]
		k := &known{System: s, byID: map[string]*Held{}, byName: map[string]*Held{}, tokens: map[string]*model.Token{}}
		for j := range s.Accounts {
			held := &s.Accounts[j]
			k.byID[letters(held.User.ID)], k.byName[fold(held.User.Username.String())] = held, held
			if held.Tie.How.Sure() {
				b.names = append(b.names, fold(held.User.Username.String()))
			}
		}
		for j := range s.Tokens {
			k.tokens[letters(s.Tokens[j].ID)] = &s.Tokens[j]
		}
		b.systems[s.Info.Name] = k
	}
	return b
}

// Take takes an entry of the record, in the order of its lines. What is not about the person
// is left out.
func (b *Builder) Take(e audit.Entry) {
	switch e.Phase {
	case audit.AboutTo:
		b.begun[e.Number] = e
	case audit.Outcome:
		begun, there := b.begun[e.Of]
		if !there {
			begun = e // its begin is missing: what there is counts
		}
		delete(b.begun, e.Of)
		b.add(begun, &e)
	case audit.Looked:
		if _, before := b.seen[e.Of]; !before || e.Found != audit.CannotTell { // what told nothing takes nothing back
			b.seen[e.Of] = e
		}
	case audit.Resumed, audit.Continued:
	}
}

func (b *Builder) add(begun audit.Entry, end *audit.Entry) {
	what := begun.What
	if end != nil { // of what was made only the end has the name
		what.TokenID, what.Token = cmp.Or(end.TokenID, what.TokenID), cmp.Or(end.Token, what.Token)
		what.OwnerID, what.Owner = cmp.Or(what.OwnerID, end.OwnerID), cmp.Or(what.Owner, end.Owner)
	}
	match, sure := b.match(what)
	if match == "" {
		return
	}
	d := deedOf(begun, what)
	if end != nil {
		d.Ended, d.Outcome, d.Words = stamp(end.Time), letters(end.Outcome), letters(end.Words)
		for _, r := range end.Requests {
			d.Requests = append(d.Requests, letters(r))
		}
	}
	d.Matched, d.Now = match, b.presence(what, match)
	b.deeds = append(b.deeds, deed{d, sure})
}

func deedOf(e audit.Entry, what audit.What) Deed {
	return Deed{
		Entry: e.Number, Began: stamp(e.Time), Ended: unknown, By: letters(e.User), From: letters(e.SSHClient), Machine: letters(e.Machine),
		System: letters(what.System), Action: letters(what.Action), Set: what.Set.Words(), TokenID: letters(what.TokenID), Token: letters(what.Token),
		OwnerID: letters(what.OwnerID), Owner: letters(what.Owner), Outcome: Unrecorded, LaterAt: none,
		Reason: letters(what.Reason), Plan: letters(what.Plan), Requests: []string{},
	}
}

// match is by what it is told that something was done to the person's, and whether that is
// sure.
func (b *Builder) match(w audit.What) (Match, bool) {
	name := b.fold(letters(w.Owner))
	if s := b.systems[w.System]; s != nil {
		if held := s.byID[letters(w.OwnerID)]; held != nil && w.OwnerID != "" {
			return ByOwnerID, held.Tie.How.Sure()
		}
		token := s.tokens[letters(w.TokenID)]
		if token != nil && w.TokenID != "" && w.OwnerID == "" && w.Owner == "" {
			return ByTokenID, s.sure(*token)
		}
		if held := s.byName[name]; held != nil && name != "" && w.OwnerID == "" {
			return ByName, held.Tie.How.Sure()
		}
	}
	if name != "" && slices.Contains(b.names, name) {
		return ByNoMore, false
	}
	return "", false
}

// presence is whether the token of an entry is there.
func (b *Builder) presence(w audit.What, by Match) Presence {
	s := b.systems[w.System]
	switch {
	case s == nil || by == ByNoMore || w.TokenID == "":
		return Untold
	case s.tokens[letters(w.TokenID)] != nil:
		return There
	case len(s.Gaps) > 0:
		return Untold
	}
	return NotThere
}

// sure reports whether a token is of an account that is sure to be the person's.
func (k *known) sure(t model.Token) bool {
	held := k.byID[letters(t.Owner.ID)]
	return held != nil && held.Tie.How.Sure()
}

// End is the report. Why says why the record could not be read; empty where it was.
func (b *Builder) End(r Record, why string) Report {
	for _, e := range b.begun { // of these nobody knows the end
		b.add(e, nil)
	}
	for i := range b.deeds {
		d := &b.deeds[i].Deed
		if seen, is := b.seen[d.Entry]; is {
			d.Later, d.LaterAt, d.LaterOn = letters(seen.Found), stamp(seen.Time), letters(seen.Words)
		}
	}
	slices.SortStableFunc(b.deeds, func(x, y deed) int { return cmp.Compare(x.Entry, y.Entry) })
	r.Path, r.LastHash = letters(r.Path), letters(r.LastHash)
	report := Report{
		Schema: Schema, Kind: Kind, Person: letters(b.read.Person), Made: stamp(b.read.At), By: letters(b.read.By), Machine: letters(b.read.Machine),
		Missing: []Gap{}, Limits: []string{}, Asked: []string{}, Sure: empty(), Unsure: empty(), Record: r, Notes: b.notes(),
	}
	for i := range b.read.Systems {
		report.put(b, b.systems[b.read.Systems[i].Info.Name])
	}
	for _, d := range b.deeds {
		part := report.part(d.sure)
		part.Done = append(part.Done, d.Deed)
	}
	if why != "" {
		report.Missing = append(report.Missing, Gap{What: "the record", Why: letters(why)})
	}
	report.Whole = len(report.Missing) == 0
	return report
}

func (r *Report) part(sure bool) *Part {
	if sure {
		return &r.Sure
	}
	return &r.Unsure
}

// put adds what was read of a system.
func (r *Report) put(b *Builder, s *known) {
	r.Asked = append(r.Asked, letters(s.Info.Name))
	for _, g := range s.Gaps {
		r.Missing = append(r.Missing, Gap{letters(g.System), letters(g.What), letters(g.Why)})
	}
	for _, said := range s.Limits {
		for line := range strings.SplitSeq(said, "\n") {
			r.Limits = append(r.Limits, letters(line))
		}
	}
	for _, held := range s.Accounts {
		part := r.part(held.Tie.How.Sure())
		part.Accounts = append(part.Accounts, accountOf(s.Info.Name, held))
	}
	for _, t := range s.Tokens {
		part := r.part(s.sure(t))
		part.Tokens = append(part.Tokens, tokenOf(s.Info.Name, t, b.why(s, t)))
	}
}

func (b *Builder) notes() []string {
	notes := make([]string, 0, len(b.read.Notes)+2)
	for _, said := range b.read.Notes {
		for line := range strings.SplitSeq(said, "\n") {
			notes = append(notes, letters(line))
		}
	}
	return append(notes,
		"What was done is matched by the owner that the record has of it: by the system's own key for the account, else by the user name. By a name alone nothing is sure.",
		"The record is of what authdeck did on this machine: what was done by other ways is not in it. A pasted key that was ended has no owner there, and is not here.")
}

func empty() Part { return Part{Accounts: []Account{}, Tokens: []Token{}, Done: []Deed{}} }

func letters(foreign string) string { return model.Clean(foreign).String() }
