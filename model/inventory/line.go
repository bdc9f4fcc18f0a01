package inventory

import (
	"cmp"
	"slices"
	"strings"

	"authdeck/model"
)

// The words for what a document is, see [model.Schema].
const (
	Kind     = "inventory"
	DiffKind = "inventory-diff"
)

// everything is the filter of an inventory: it has none.
const everything = "none"

// line is a line of the file. It has one of the head, a token and the end.
type line struct {
	Schema string `json:"schema"`
	Kind   string `json:"kind"`
	Number int    `json:"number"` // from 1 on, without a gap
	Head   *Head  `json:"head,omitempty"`
	Token  *Token `json:"token,omitempty"`
	End    *End   `json:"end,omitempty"`
	Prev   string `json:"prev"` // the hash of the token before; empty of the head and of the first token
	Hash   string `json:"hash"` // see [chain.Seal]
}

// Head is the first line: when, by whom and of what the inventory was made.
type Head struct {
	Made    string   `json:"made"`
	By      string   `json:"by"`      // who ran authdeck, as the machine has it
	Machine string   `json:"machine"` // where
	Version string   `json:"version"` // of authdeck
	Filter  string   `json:"filter"`  // none: every token that the systems show
	Systems []System `json:"systems"` // in the order of their names
}

// System is one that was read.
type System struct {
	Name       string `json:"system"`
	Kind       string `json:"system_kind"`
	Host       string `json:"system_host"`
	Generation string `json:"generation"`
	As         string `json:"as"`     // as whom it was read; what they may not see is not here
	Whole      bool   `json:"whole"`  // it was read to its end
	Why        string `json:"why"`    // it was not; empty where it was
	Note       string `json:"note"`   // what it said of its list, such as what that leaves out
	Tokens     int    `json:"tokens"` // that are in the inventory
}

// Token is a token without its key. The fields are those of an export, without what changes as
// time goes by: why it wants a look is worked out again by whoever asks.
type Token struct {
	System      string `json:"system"`
	ID          string `json:"id"` // what the system calls it; in ASCII with escapes where a terminal would be shown something else
	Name        string `json:"name"`
	Kind        string `json:"type"` // the system's word for what sort of key; kind is what a document is
	Owner       string `json:"owner"`
	OwnerID     string `json:"owner_id"`
	OwnerName   string `json:"owner_name"`
	OwnerEmail  string `json:"owner_email"`
	OwnerActive string `json:"owner_active"`
	Description string `json:"description"`
	Scope       string `json:"scope"`
	Managed     string `json:"managed"`
	Created     string `json:"created"`
	Updated     string `json:"updated"`
	Expires     string `json:"expires"`
	LastUsed    string `json:"last_used"`
	State       string `json:"state"`
	Own         string `json:"own"`
	Note        string `json:"note"`
	App         string `json:"app"`
	Rolls       string `json:"rolls"` // each use puts its end off
}

// texts are all fields.
func (t *Token) texts() []*string {
	return []*string{
		&t.System, &t.ID, &t.Name, &t.Kind, &t.Owner, &t.OwnerID, &t.OwnerName, &t.OwnerEmail, &t.OwnerActive, &t.Description, &t.Scope,
		&t.Managed, &t.Created, &t.Updated, &t.Expires, &t.LastUsed, &t.State, &t.Own, &t.Note, &t.App, &t.Rolls,
	}
}

// texts are all fields of the head, and of its systems.
func (h *Head) texts() []*string {
	all := []*string{&h.Made, &h.By, &h.Machine, &h.Version, &h.Filter}
	for i := range h.Systems {
		s := &h.Systems[i]
		all = append(all, &s.Name, &s.Kind, &s.Host, &s.Generation, &s.As, &s.Why, &s.Note)
	}
	return all
}

// clean makes texts harmless that somebody may have written.
func clean(texts []*string) {
	for _, t := range texts {
		*t = letters(*t)
	}
}

// End is the last line: by it a file is told that was cut.
type End struct {
	Tokens int    `json:"tokens"`
	Head   string `json:"head"` // the hash of the head, of which no token's line knows
}

// tokenOf is a token as its line has it. Silent are the fields of which the system tells nothing.
func tokenOf(system string, t *model.Token, silent []string) Token {
	text := func(field string, t model.Text) string {
		if t.Empty() && slices.Contains(silent, field) {
			return model.UnknownWord
		}
		return t.String()
	}
	return Token{
		System: system, ID: model.Clean(t.ID).Quoted(), Name: text("name", t.Name), Kind: text("kind", t.Kind),
		Owner: text("owner", t.Owner.Username), OwnerID: text("owner", model.Clean(t.Owner.ID)),
		OwnerName: t.Owner.FullName.String(), OwnerEmail: t.Owner.Email.String(), OwnerActive: t.Owner.Active.Word(),
		Description: text("description", t.Description), Scope: text("scope", t.Scope), Managed: t.Managed.String(),
		Created: t.Created.Word(), Updated: t.Updated.Word(), Expires: t.Expires.Word(), LastUsed: t.LastUsed.Word(),
		State: t.State.Word(), Own: model.AnswerOf(t.Own).Word(), Note: text("note", t.Note), App: text("app", t.App),
		Rolls: model.AnswerOf(t.Rolls).Word(),
	}
}

// compare is the order of the lines: by system, and there by what it calls its tokens; numbers
// by their size and before all else.
func compare(a, b *Token) int {
	if a.System != b.System {
		return strings.Compare(a.System, b.System)
	}
	first, second := number(a.ID), number(b.ID)
	switch {
	case first != "" && second != "":
		return cmp.Or(cmp.Compare(len(first), len(second)), strings.Compare(first, second), strings.Compare(a.ID, b.ID))
	case first != "":
		return -1
	case second != "":
		return 1
	}
	return strings.Compare(a.ID, b.ID)
}

// number is an identifier that is one, without the zeros before it; empty for another one.
func number(id string) string {
	if id == "" || strings.Trim(id, "0123456789") != "" {
		return ""
	}
	return cmp.Or(strings.TrimLeft(id, "0"), "0")
}
