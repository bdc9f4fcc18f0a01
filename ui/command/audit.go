package command

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/audit"
	"authdeck/model/query"
	"authdeck/ui/batch"
)

// errTampered says that a record is not as it was written; what was found has been said.
func errTampered() error { return batch.End(batch.Found, nil) }

func (o *options) auditCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Look at the record of what was done, and whether it is whole.",
		Long: "Whatever is done in a system is recorded before it is sent, and how it ended after it,\nin " + o.RecordPath +
			" or under $XDG_STATE_HOME. No key is ever in it.",
	}
	cmd.AddCommand(o.verifyCommand(), o.listCommand(), o.rotateCommand())
	return cmd
}

func (o *options) verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "verify [FILE]",
		Short: "Look for lines that were changed, taken out or put in.",
		Long: "verify reads the record, or FILE with the head beside it (audit.head of audit.jsonl), and\n" +
			"what was put aside of it as far as that lies beside it, and says which lines are not as\n" +
			"they were written.\n\nExit codes:\n" +
			"  0  each line is as it was written, and none is missing\n" +
			"  3  it is not so, or the last line is cut in the middle: a crash, or a full disk\n" +
			"  2  it cannot be read",
		Args: batch.Takes(0, 1),
		RunE: func(_ *cobra.Command, args []string) error { return o.verify(only(args)) },
	}
}

// only is the one argument, or none.
func only(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

func (o *options) verify(path string) error {
	report, err := o.Verify(path)
	if err != nil && !nothingYet(path, err) {
		return err
	}
	for _, crash := range report.Crashes {
		fmt.Fprintf(o.Stdout, "%sline %d %s\n", in(crash), crash.Line, crash.Words)
	}
	for _, found := range report.Findings {
		where := fmt.Sprintf("line %d: ", found.Line)
		if found.Line == 0 {
			where = "at the end: "
		}
		fmt.Fprintln(o.Stdout, in(found)+where+found.Words)
	}
	_, err = fmt.Fprintln(o.Stdout, verdict(report))
	switch {
	case o.Heard(err) != nil:
		return batch.Fail(err)
	case report.Verdict != audit.Good:
		return errTampered()
	}
	return nil
}

// in is the file that a finding is of, where that is not the one that was asked about.
func in(f audit.Finding) string {
	if f.File == "" {
		return ""
	}
	return f.File + ", "
}

// nothingYet reports whether a record cannot be read because nobody has done anything.
func nothingYet(path string, err error) bool { return path == "" && errors.Is(err, fs.ErrNotExist) }

// verdict is the last word about a record.
func verdict(r audit.Report) string {
	switch r.Verdict {
	case audit.Cut:
		return fmt.Sprintf("NOT WHOLE: the last line is cut in the middle; the %s before it are as they were written", counted(r.Entries))
	case audit.Tampered:
		return "TAMPERED WITH: the record is not as it was written"
	case audit.Good:
	}
	if r.Entries == 0 {
		return "GOOD: nothing is recorded yet"
	}
	said := fmt.Sprintf("GOOD: %s, the last one is %d with the hash %s", counted(r.Entries), r.Last.Number, r.Last.Hash)
	if r.Before.Number > 0 {
		said += fmt.Sprintf("; the first one follows entry %d with the hash %s, which is not here", r.Before.Number, r.Before.Hash)
	}
	return said
}

func counted(entries int64) string {
	if entries == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", entries)
}

// picked are the flags of a list of entries.
type picked struct {
	since, until string
	filter       audit.Filter
	file         string
	json         bool
}

func (o *options) listCommand() *cobra.Command {
	p := picked{}
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List what was done: when, by whom, what, and how it ended.",
		Long: "list writes a line an entry, the earliest first. A moment is a day such as 2026-11-30, a\n" +
			"time such as 2026-11-30T12:00:00Z, both in UTC, or a span before now such as 5m, 12h or 7d.\n" +
			"A name of which the record knows nothing is said to be one, with exit code 2.",
		Args: batch.Takes(0, 0),
		RunE: func(*cobra.Command, []string) error { return o.list(p) },
	}
	cmd.Flags().StringVar(&p.since, "since", "", "not what was done before that `MOMENT`")
	cmd.Flags().StringVar(&p.until, "until", "", "only what was done before that `MOMENT`")
	cmd.Flags().StringVar(&p.filter.System, "system", "", "only what was done in the system of that `NAME`")
	cmd.Flags().StringVar(&p.filter.User, "user", "", "only what was done by the OS user of that `NAME`, or to tokens of that owner")
	cmd.Flags().StringVar(&p.file, "file", "", "the record in `FILE` (default: "+o.RecordPath+")")
	cmd.Flags().BoolVar(&p.json, "json", false, "write the entries as they are, a line of JSON each")
	return cmd
}

func (o *options) list(p picked) (err error) {
	now := time.Now()
	if p.filter.Since, err = moment(p.since, now); err != nil {
		return fmt.Errorf("--since: %w", err)
	}
	if p.filter.Until, err = moment(p.until, now); err != nil {
		return fmt.Errorf("--until: %w", err)
	}
	write := func(e audit.Entry) error { return writeEntry(o.Stdout, e) }
	if p.json {
		encoder := json.NewEncoder(o.Stdout)
		encoder.SetEscapeHTML(false)
		write = func(e audit.Entry) error { return encoder.Encode(e) }
	}
	found := false
	others, err := o.Entries(p.file, p.filter, func(e audit.Entry) error {
		found = true
		if err := write(e); err != nil {
			return batch.Fail(err)
		}
		return nil
	})
	if nothingYet(p.file, err) {
		fmt.Fprintln(o.Stderr, "authdeck: nothing is recorded yet")
		return nil
	}
	if others > 0 {
		fmt.Fprintf(o.Stderr, "authdeck: lines of the record that are no entries: %d; authdeck audit verify says more\n", others)
	}
	if err != nil || found {
		return err
	}
	return o.nothingOf(p)
}

// moment is what a person writes for one; nothing for none.
func moment(said string, now time.Time) (time.Time, error) {
	if said == "" {
		return time.Time{}, nil
	}
	said = model.Digits(said)
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04", time.DateOnly} {
		if at, err := time.ParseInLocation(form, said, time.UTC); err == nil {
			return at, nil
		} else if none := model.NoSuch(err); none != nil {
			return time.Time{}, none
		}
	}
	if minutes, err := strconv.ParseUint(strings.TrimSuffix(said, "m"), 10, 16); err == nil && strings.HasSuffix(said, "m") {
		return now.Add(-time.Duration(minutes) * time.Minute), nil
	}
	span, err := query.Span(said)
	if err != nil {
		return time.Time{}, errors.New("this is no moment; one is 2026-11-30, 2026-11-30T12:00:00Z, or a span before now such as 5m, 12h or 7d")
	}
	return now.Add(-span), nil
}

// writeEntry writes an entry for people. A record is a file, and who can write to it is not
// who reads it here: all of it is cleaned once more.
func writeEntry(w io.Writer, e audit.Entry) error {
	words := []string{fmt.Sprint(e.Number), e.Time.UTC().Format(time.DateTime), from(e.Who), string(e.Phase)}
	if e.Phase == audit.Resumed || e.Phase == audit.Continued {
		words = append(words, e.Words)
	} else {
		words = append(words, e.Action+" "+object(e.What)+" in "+e.System)
	}
	switch e.Phase {
	case audit.Outcome:
		words = append(words, fmt.Sprintf("of %d: %s", e.Of, e.Outcome), e.Words)
	case audit.Looked:
		words = append(words, fmt.Sprintf("for %d: %s", e.Of, e.Found), e.Words)
	case audit.AboutTo, audit.Resumed, audit.Continued:
	}
	for _, more := range []struct{ label, said string }{{"set: ", e.Set.Words()}, {"reason: ", e.Reason}, {"plan: ", e.Plan}} {
		if more.said != "" {
			words = append(words, more.label+more.said)
		}
	}
	var line []model.Text
	for _, part := range words {
		line = append(line, model.Clean(part))
	}
	_, err := fmt.Fprintln(w, model.Join("  ", line...))
	return err
}

func from(w audit.Who) string {
	by := cmp.Or(w.User, fmt.Sprint(w.UID))
	if w.SSHClient != "" {
		by += " from " + w.SSHClient
	}
	return by
}

// object is the token, and whose it is.
func object(w audit.What) string {
	named := "a token"
	switch {
	case w.Action == model.Revoke.String():
		named = "a pasted key"
	case w.Token != "":
		named = "token " + w.Token
	case w.TokenID != "":
		named = "token " + w.TokenID
	}
	if whose := cmp.Or(w.Owner, w.OwnerID); whose != "" {
		named += " of " + whose
	}
	return named
}
