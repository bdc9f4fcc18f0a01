package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"
)

// Markdown writes the report for people, with tables as GitHub and others draw them. It can
// be read as it is too.
func (r Report) Markdown(to io.Writer) error {
	w := bufio.NewWriter(to)
	fmt.Fprintf(w, "# What %s has and had\n\n", plain(r.Person))
	fmt.Fprintf(w, "Made %s by %s on %s. Asked: %s.\n\n", r.Made, orNone(plain(r.By)), orNone(plain(r.Machine)), orNone(plain(strings.Join(r.Asked, ", "))))
	if r.Whole {
		fmt.Fprintln(w, "All of it could be asked.")
	} else {
		r.missing(w)
	}
	list(w, "What the systems do not tell", r.Limits)
	if len(r.Sure.Accounts)+len(r.Unsure.Accounts) == 0 {
		fmt.Fprint(w, "\n**No account was found by this name.**\n")
	}
	r.Sure.markdown(w, "")
	if !r.Unsure.empty() {
		fmt.Fprintln(w, "\n## Not sure to be theirs\n\nNothing is concluded from what stands here. By an e-mail address more is sure than by a name.")
		r.Unsure.markdown(w, ", not sure")
	}
	r.record(w)
	list(w, "How this was told", r.Notes)
	return w.Flush()
}

func list(w io.Writer, title string, said []string) {
	if len(said) == 0 {
		return
	}
	fmt.Fprintf(w, "\n## %s\n\n", title)
	for _, line := range said {
		fmt.Fprintf(w, "- %s\n", plain(line))
	}
}

// missing says what could not be asked, before anything else: of that nothing is known.
func (r Report) missing(w io.Writer) {
	fmt.Fprint(w, "## What could not be asked\n\n**This report is not whole.** Of what stands here nothing can be told.\n\n")
	t := table{w, []string{"system", "what", "why"}}
	t.head()
	for _, g := range r.Missing {
		t.row(g.System, g.What, g.Why)
	}
}

func (p Part) empty() bool { return len(p.Accounts)+len(p.Tokens)+len(p.Done) == 0 }

func (p Part) markdown(w io.Writer, suffix string) {
	section(w, "Accounts"+suffix, len(p.Accounts), []string{"system", "user", "name", "e-mail", "active", "admin", "last login", "told by"}, func(t table) {
		for _, a := range p.Accounts {
			t.row(a.System, a.User, a.Name, a.Email, a.Active, a.Admin, a.LastSeen, a.How)
		}
	})
	section(w, "Left"+suffix, len(p.Tokens), []string{"system", "owner", "token", "id", "kind", "state", "made", "expires", "last used", "why it is there"}, func(t table) {
		for _, k := range p.Tokens {
			t.row(k.System, k.Owner, k.Name, k.ID, k.Kind, k.State, k.Created, k.Expires, k.LastUsed, strings.Join(k.Why, "; "))
		}
	})
	section(w, "Done"+suffix, len(p.Done), []string{"entry", "when", "by", "system", "owner", "what", "token", "id", "outcome", "reason", "plan", "matched by", "token now"}, func(t table) {
		for _, d := range p.Done {
			by := d.By
			if d.From != "" {
				by += " from " + d.From
			}
			t.row(fmt.Sprint(d.Entry), d.Began, by, d.System, cmp.Or(d.Owner, d.OwnerID), strings.TrimSuffix(d.Action+": "+d.Set, ": "), d.Token, d.TokenID, saying(d), d.Reason, d.Plan, string(d.Matched), string(d.Now))
		}
	})
}

func section(w io.Writer, title string, rows int, columns []string, fill func(table)) {
	fmt.Fprintf(w, "\n## %s: %d\n", title, rows)
	if rows == 0 {
		return
	}
	fmt.Fprintln(w)
	t := table{w, columns}
	t.head()
	fill(t)
}

func (r Report) record(w io.Writer) {
	fmt.Fprintf(w, "\n## The record\n\n%s: %s.", plain(r.Record.Path), map[string]string{
		Good: "as it was written", Cut: "the last line was cut off, and what stands before it is as it was written",
		Tampered: "NOT as it was written", NoRecord: "nothing is recorded yet", Unread: "it cannot be read",
	}[r.Record.Verdict])
	if r.Record.LastHash != "" {
		fmt.Fprintf(w, " Entries %d, the last with the hash %s.", r.Record.Entries, plain(r.Record.LastHash))
	}
	if r.Record.NoEntry > 0 {
		fmt.Fprintf(w, " Lines that are no entries: %d.", r.Record.NoEntry)
	}
	fmt.Fprintln(w)
}

// table is one of Markdown.
type table struct {
	w       io.Writer
	columns []string
}

func (t table) head() {
	fmt.Fprintf(t.w, "| %s |\n|%s\n", strings.Join(t.columns, " | "), strings.Repeat("---|", len(t.columns)))
}

func (t table) row(cells ...string) {
	for i, c := range cells {
		cells[i] = plain(c)
	}
	fmt.Fprintf(t.w, "| %s |\n", strings.Join(cells, " | "))
}

func orNone(said string) string { return cmp.Or(said, "–") }

// plain is foreign text as letters of Markdown: it is no cell, no code, no tag and no link,
// whatever reads it. What tables and code look at before anything else is an entity, which
// is never taken for what it shows.
func plain(text string) string {
	text = letters(text)
	var out strings.Builder
	for i, r := range text {
		switch {
		case strings.ContainsRune("|\\`<>&", r), r == ':' && strings.HasPrefix(text[i:], "://"), r == '.' && www(text[:i]):
			fmt.Fprintf(&out, "&#%d;", r)
		case strings.ContainsRune("*_[]~$#!", r):
			out.WriteRune('\\')
			out.WriteRune(r)
		default:
			out.WriteRune(r)
		}
	}
	return strings.TrimSpace(out.String())
}

// www reports whether what stands before a dot makes it a link.
func www(before string) bool {
	return len(before) >= 3 && strings.EqualFold(before[len(before)-3:], "www")
}
