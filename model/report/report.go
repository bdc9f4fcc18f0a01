package report

import "authdeck/model"

// What the JSON says of itself: it is a document as those of all commands are.
const (
	Schema = model.Schema
	Kind   = "report"
)

// The words in place of a moment or of a yes and no, those of an export.
const (
	unknown = model.UnknownWord
	none    = model.NoneWord
)

// Report is the page. All its texts are clean. Moments are RFC 3339 in UTC, or never, n/a or
// unknown.
type Report struct {
	Schema  string   `json:"schema"`
	Kind    string   `json:"kind"`
	Person  string   `json:"person"` // as they were looked for
	Made    string   `json:"made"`
	By      string   `json:"by"`
	Machine string   `json:"machine"`
	Whole   bool     `json:"whole"`   // all could be asked
	Missing []Gap    `json:"missing"` // what could not be
	Limits  []string `json:"limits"`  // what the systems that were asked do not tell
	Asked   []string `json:"asked"`   // the systems that were to be
	Sure    Part     `json:"sure"`    // what is most likely the person's
	Unsure  Part     `json:"not_sure"`
	Record  Record   `json:"record"`
	Notes   []string `json:"notes"` // how it was looked for and matched, and what cannot be told
}

// Nobody reports whether the page tells of nobody: a name was mistyped, most likely.
func (r Report) Nobody() bool {
	return len(r.Sure.Accounts)+len(r.Unsure.Accounts)+len(r.Sure.Tokens)+len(r.Unsure.Tokens)+len(r.Sure.Done)+len(r.Unsure.Done) == 0
}

// Gap is something that could not be asked, and why.
type Gap struct {
	System string `json:"system"` // empty of the record
	What   string `json:"what"`
	Why    string `json:"why"`
}

// Part is what is the person's with one certainty.
type Part struct {
	Accounts []Account `json:"accounts"`
	Tokens   []Token   `json:"tokens"` // that are there now
	Done     []Deed    `json:"done"`   // the earliest first
}

// Account is one of a system.
type Account struct {
	System   string `json:"system"`
	ID       string `json:"id"`
	User     string `json:"user"`
	Name     string `json:"name"`
	Email    string `json:"email"`
	Mobile   string `json:"mobile"`
	Kind     string `json:"kind"`
	Active   string `json:"active"`
	Admin    string `json:"admin"`
	LastSeen string `json:"last_login"`
	How      string `json:"how"` // it was told
}

// Token is one that is left.
type Token struct {
	System   string   `json:"system"`
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Kind     string   `json:"kind"`
	Owner    string   `json:"owner"`
	OwnerID  string   `json:"owner_id"`
	Scope    string   `json:"scope"`
	State    string   `json:"state"`
	Created  string   `json:"created"`
	Expires  string   `json:"expires"`
	LastUsed string   `json:"last_used"`
	Why      []string `json:"why"` // it is still there, as far as that can be told
}

// Match is by what an entry of the record was told to be about the person.
type Match string

// The matches, the surest first.
const (
	ByOwnerID Match = "owner id"   // the system's own key for one of the accounts
	ByTokenID Match = "token id"   // of a token that is one's now, where the record has no owner
	ByName    Match = "owner name" // the user name of one, where the record has no key of the owner
	ByNoMore  Match = "name only"  // the user name, and no such account was found in that system
)

// Presence is whether what something was done to is there now.
type Presence string

// The presences.
const (
	There    Presence = "there"
	NotThere Presence = "not there" // among the person's tokens
	Untold   Presence = unknown     // its system could not be asked, or its account was not found
)

// Unrecorded is the outcome of what was begun and has no end on record: nobody knows.
const Unrecorded = "not recorded"

// Deed is something that was done, or begun.
type Deed struct {
	Entry    int64    `json:"entry"` // of the record
	Began    string   `json:"began"`
	Ended    string   `json:"ended"` // unknown where that is not on record
	By       string   `json:"by"`
	From     string   `json:"from"` // the address of the session; empty without one
	Machine  string   `json:"machine"`
	System   string   `json:"system"`
	Action   string   `json:"action"`
	Set      string   `json:"set"` // what an edit made of it, as far as that is on record
	TokenID  string   `json:"token_id"`
	Token    string   `json:"token"`
	OwnerID  string   `json:"owner_id"`
	Owner    string   `json:"owner"`
	Outcome  string   `json:"outcome"`
	Words    string   `json:"words"`
	Later    string   `json:"later"`       // what a look found where nobody knew the end; empty where there was none
	LaterAt  string   `json:"later_at"`    // n/a where there was none
	LaterOn  string   `json:"later_words"` // what was said of it
	Reason   string   `json:"reason"`
	Plan     string   `json:"plan"`
	Requests []string `json:"requests"`
	Matched  Match    `json:"matched"`
	Now      Presence `json:"now"`
}

// Record is what the deeds were read from.
type Record struct {
	Path     string `json:"path"`
	Verdict  string `json:"verdict"` // good, cut or tampered; none where there is none yet; unknown
	Entries  int64  `json:"entries"`
	LastHash string `json:"last_hash"`
	NoEntry  int    `json:"no_entry"` // lines that are no entries
}

// The verdicts of a record.
const (
	Good     = "good"
	Cut      = "cut"
	Tampered = "tampered"
	NoRecord = "none"
	Unread   = unknown
)
