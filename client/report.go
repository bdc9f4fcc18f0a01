package client

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"time"

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
func notAName(name string) error {
	const wanted = "a person is looked for by a user name, an e-mail address or a phone number"
	switch said := model.Clean(name); {
	case strings.TrimSpace(said.String()) == "":
		return errors.New("nobody is named: " + wanted)
	case said.Changed():
		return errors.New("there is something in this name that is not shown: " + wanted + ", as it is read")
	case redact.LooksLikeKey(name): // it would go to all systems, and into the file
		return errors.New("this looks like a key: " + wanted)
	}
	return nil
}

// Everybody are several systems in which a person can be looked for.
type Everybody interface {
	model.Union
	person.Finder
}

// ReportOn looks for a person in all systems, reads what they have there, and puts it together
// with what is on the record at a path. What cannot be asked stands in the report.
func ReportOn(ctx context.Context, all Everybody, name, path string, of report.Reading) (report.Report, error) {
	if err := notAName(name); err != nil {
		return report.Report{}, err
	}
	view := all.Person(person.Named(name))
	defer func() { _ = view.Close(ctx) }()
	of.Person, of.At = name, time.Now()
	for _, member := range view.Members() {
		of.Systems = append(of.Systems, held(ctx, view, member.Info()))
	}
	if err := ctx.Err(); err != nil {
		return report.Report{}, err
	}
	note, err := said(ctx, view)
	if err == nil {
		of.Notes = append(of.Notes, note)
	}
	b := report.Begin(of, page.Fold)
	found, err := recorded(path, b.Take)
	if err != nil {
		return b.End(found, err.Error()), nil
	}
	return b.End(found, distrust(found)), nil
}

// held is what the person has in one system.
func held(ctx context.Context, view person.View, info model.Info) report.System {
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
	note, err := lists.EachUser(ctx, q, func(rows []model.User, _ model.Sifted) error {
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
	note, err = lists.EachToken(ctx, q, func(rows []model.Token, _ model.Sifted) error {
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

// recorded hands on the entries of a record, and says what it is worth. One that is not there
// yet has none.
func recorded(path string, take func(audit.Entry)) (report.Record, error) {
	found := report.Record{Path: path, Verdict: report.Unread}
	verified, err := record.Verify(path)
	if errors.Is(err, fs.ErrNotExist) {
		found.Verdict = report.NoRecord
		return found, nil
	}
	if err != nil {
		return found, err
	}
	found.Entries, found.LastHash = verified.Entries, verified.Last.Hash
	found.Verdict = map[audit.Verdict]string{audit.Good: report.Good, audit.Cut: report.Cut, audit.Tampered: report.Tampered}[verified.Verdict]
	found.NoEntry, err = record.Each(path, audit.Filter{}, func(e audit.Entry) error {
		take(e)
		return nil
	})
	return found, err
}

// distrust is why a record that could be read does not say all; empty where it does.
func distrust(r report.Record) string {
	switch r.Verdict {
	case report.Good, report.NoRecord:
		return ""
	case report.Cut:
		return "its last line was cut off; authdeck audit verify says more"
	}
	return "it is not as it was written; authdeck audit verify says where"
}

// WriteFile writes a file whole or not at all, for its owner alone. Where one is there that is
// not to be replaced, the error is an [io/fs.ErrExist].
func WriteFile(path string, replace bool, content []byte) error {
	draft, err := file.Begin(path, replace)
	if err != nil {
		return err
	}
	defer draft.Drop()
	if _, err := draft.Write(content); err != nil {
		return err
	}
	return draft.Keep()
}
