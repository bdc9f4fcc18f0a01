package client

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"authdeck/client/config"
	"authdeck/client/file"
	"authdeck/client/page"
	"authdeck/client/record"
	"authdeck/client/redact"
	"authdeck/model"
	"authdeck/model/audit"
	"authdeck/model/person"
	"authdeck/model/report"
)

// notAName says why nobody is looked for by what was given: an answer that nobody was found
// would be taken for one about the person that was meant.
func notAName(who person.Seed) error {
	const wanted = "a person is looked for by a user name, an e-mail address or a phone number"
	nobody := who.Account.Username.Empty() && who.Account.Email.Empty() && who.Account.Mobile.Empty()
	switch said := who.Called(); {
	case nobody:
		return errors.New("nobody is named: " + wanted)
	case said.Changed():
		return errors.New("there is something in this name that is not shown: " + wanted + ", as it is read")
	case redact.LooksLikeKey(said.String()): // it would go to all systems, and into the file
		return errors.New("this looks like a key: " + wanted)
	}
	return nil
}

// SeedOf is by what a person of a name is looked for.
func SeedOf(name string) (person.Seed, error) {
	who := person.Named(name)
	return who, notAName(who)
}

// Everybody are several systems in which a person can be looked for.
type Everybody interface {
	model.Union
	person.Finder
}

// ReportOn looks for a person in all systems, reads what they have there, and puts it together
// with what is on the record at a path; an empty one is of a record that is not kept. What
// cannot be asked stands in the report.
func ReportOn(ctx context.Context, all Everybody, name, path string, of report.Reading) (report.Report, error) {
	return reportFor(ctx, all, report.Wanted{Who: person.Named(name)}, path, of)
}

// Reports is what writes reports of what is kept here: see [WriteReport].
func (k Kept) Reports(all Everybody, home string) func(context.Context, report.Wanted) (report.Written, error) {
	who := Making()
	return func(ctx context.Context, w report.Wanted) (report.Written, error) {
		w.Path = config.AtHome(w.Path, home)
		return WriteReport(ctx, all, w, k.Path, report.Reading{By: who.By, Machine: who.Host})
	}
}

// WriteReport writes one to a new file, whole or not at all, for its owner alone. Where there is a
// file already nobody is asked, and the error is an [io/fs.ErrExist].
func WriteReport(ctx context.Context, all Everybody, w report.Wanted, path string, of report.Reading) (report.Written, error) {
	if err := report.Fits(w.Path); err != nil {
		return report.Written{}, err
	}
	draft, err := file.Begin(w.Path, false)
	if err != nil {
		return report.Written{}, err
	}
	defer draft.Drop()
	made, err := reportFor(ctx, all, w, path, of)
	if err != nil {
		return report.Written{}, err
	}
	content, err := made.For(w.Path)
	if err == nil {
		_, err = draft.Write(content)
	}
	if err == nil {
		err = ctx.Err() // who gave it up in this moment has no file
	}
	if err == nil {
		err = draft.Keep()
	}
	at, unknown := filepath.Abs(w.Path)
	if unknown != nil {
		at = w.Path
	}
	return report.Written{Report: made, File: at}, err
}

// reportFor reads all that is asked for. A person who was only named is looked for by a name that
// is one.
func reportFor(ctx context.Context, all Everybody, w report.Wanted, path string, of report.Reading) (report.Report, error) {
	of.Person, of.At = w.Who.Called().String(), time.Now()
	if w.Who.System == "" {
		if err := notAName(w.Who); err != nil {
			return report.Report{}, err
		}
	} else {
		of.Notes = append(of.Notes, "The person was looked for from their account in "+w.Who.System+".")
	}
	view := all.Person(w.Who)
	defer func() { _ = view.Close(ctx) }()
	for _, id := range w.Out {
		view.Take(id, true)
	}
	members := view.Members()
	for i, member := range members {
		told := func(rows int) {
			if w.Told != nil {
				w.Told(report.Far{System: member.Info().Name, At: i + 1, Of: len(members), Rows: rows})
			}
		}
		of.Systems = append(of.Systems, held(ctx, view, member.Info(), told))
	}
	if err := ctx.Err(); err != nil {
		return report.Report{}, err
	}
	of.Notes = append(of.Notes, takenOut(view)...)
	note, err := said(ctx, view)
	if err == nil {
		of.Notes = append(of.Notes, note)
	}
	b := report.Begin(of, page.Fold)
	found, before, err := recorded(path, b.Take)
	if err != nil {
		return b.End(found, err.Error()), nil
	}
	return b.End(found, distrust(found, before)), nil
}

// takenOut says which accounts whoever wants the report has taken out of the person.
func takenOut(view person.View) []string {
	var systems []string
	for _, tie := range view.Ties() {
		if tie.Out {
			systems = append(systems, tie.System)
		}
	}
	if systems == nil {
		return nil
	}
	slices.Sort(systems)
	return []string{"Taken out by whoever made this, and not in it: an account in " + strings.Join(systems, ", in ") + "."}
}

// held is what the person has in one system.
func held(ctx context.Context, view person.View, info model.Info, told func(rows int)) report.System {
	s := report.System{Info: info}
	lists, q := listsOf(view), model.Query{Filter: model.Filter{Choice: info.Name}}
	gap := func(what string, err error) {
		if cause := errors.Unwrap(err); cause != nil { // without the name of the system, which stands beside it
			err = cause
		}
		s.Gaps = append(s.Gaps, report.Gap{System: info.Name, What: what, Why: model.Reason(err)})
	}
	limit := func(note string) {
		if note != "" {
			s.Limits = append(s.Limits, note)
		}
	}
	told(0)
	note, err := lists.EachUser(ctx, q, func(rows []model.User, far model.Sifted) error {
		told(far.Read)
		for _, u := range rows {
			s.Accounts = append(s.Accounts, report.Held{User: u})
		}
		return nil
	})
	if err != nil {
		gap("accounts and tokens", err)
		return s
	}
	limit(note)
	ties := view.Ties()
	for i, h := range s.Accounts {
		s.Accounts[i].Tie = ties[view.Guest(info.Name, model.Token{Owner: h.User}).Owner.ID]
	}
	note, err = lists.EachToken(ctx, q, func(rows []model.Token, far model.Sifted) error {
		told(far.Read)
		s.Tokens = append(s.Tokens, rows...)
		return nil
	})
	if err != nil {
		gap("tokens", err)
	}
	limit(note)
	return s
}

// said is what has to be known of the search.
func said(ctx context.Context, view person.View) (string, error) {
	answer, err := view.Users(ctx, model.Query{Size: 1})
	return answer.Note, err
}

// recorded hands on the entries of a record, and says what it is worth, and how many entries
// before it are not here. One that is not there yet has none.
func recorded(path string, take func(audit.Entry)) (_ report.Record, before int64, _ error) {
	if path == "" {
		return report.Record{Path: "nowhere", Verdict: report.NoRecord}, 0, nil
	}
	found := report.Record{Path: path, Verdict: report.Unread}
	verified, err := record.Verify(path)
	if errors.Is(err, fs.ErrNotExist) {
		found.Verdict = report.NoRecord
		return found, 0, nil
	}
	if err != nil {
		return found, 0, err
	}
	found.Entries, found.LastHash = verified.Entries, verified.Last.Hash
	found.Verdict = map[audit.Verdict]string{audit.Good: report.Good, audit.Cut: report.Cut, audit.Tampered: report.Tampered}[verified.Verdict]
	found.NoEntry, err = record.Each(path, audit.Filter{}, func(e audit.Entry) error {
		take(e)
		return nil
	})
	return found, verified.Before.Number, err
}

// distrust is why a record that could be read does not say all; empty where it does.
func distrust(r report.Record, before int64) string {
	switch r.Verdict {
	case report.Good, report.NoRecord:
		if before > 0 {
			return fmt.Sprintf("it begins with entry %d, and what was put aside before is not beside it", before+1)
		}
		return ""
	case report.Cut:
		return "its last line was cut off; authdeck audit verify says more"
	}
	return "it is not as it was written; authdeck audit verify says where"
}
