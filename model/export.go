package model

// Export is a list that is written to a file: all rows of a query, not a page of them.
type Export struct {
	Rows    Rows
	Format  Format
	Path    string
	Replace bool  // a file that is there; otherwise it is left alone, and the error is an [io/fs.ErrExist]
	Query   Query // Told hears how far it is
}

// Rows are what a list is of.
type Rows string

// The rows.
const (
	TokenRows Rows = "tokens"
	UserRows  Rows = "users"
)

// Format is how rows are written.
type Format string

// The formats.
const (
	CSV   Format = "csv"
	JSON  Format = "json"  // one array
	JSONL Format = "jsonl" // an object a line
)

// Formats are all of them.
func Formats() []Format { return []Format{CSV, JSON, JSONL} }

// Exported is what was written.
type Exported struct {
	Rows  int    // that were written
	Bytes int64  // of the file
	Read  Sifted // what was read for them
	Note  string // what has to be known of the list, such as what it leaves out
}

// Schema is the form of all that commands write for programs; docs/json.md tells of it. Another
// form has another name.
const Schema = "authdeck/1"
