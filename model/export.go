package model

// Export is a list that is written to a file: all rows of a query, not a page of them.
type Export struct {
	Rows    Rows
	Format  Format
	Path    string
	Replace bool  // a file that is there; otherwise it is left alone, and the error is an [io/fs.ErrExist]
	Query   Query // Told hears how far it is

	Columns []string // the names of the fields, in that order; none for all of them, or for those of a Table
	Bare    bool     // without the line of names that some formats begin with
	Limit   int      // the most rows, after which nothing more is asked of a system; 0 for all
	Width   int      // of the terminal that a Table is for, in cells; 0 where nothing is cut
	Lacks   []string // what is known not to be in the list, a sentence each, for a Document
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

// The formats of files.
const (
	CSV   Format = "csv"
	JSON  Format = "json"  // one array
	JSONL Format = "jsonl" // an object a line
)

// The formats of commands. Those for programs are of the form [Schema].
const (
	Document Format = "document" // one object around the rows, which is closed when it is whole and only then
	Lines    Format = "lines"    // an object a line, that says what it is
	TSV      Format = "tsv"      // tabs between, and nothing quoted
	Table    Format = "table"    // for a person at a terminal
)

// Formats are all that a file can have.
func Formats() []Format { return []Format{CSV, JSON, JSONL} }

// Exported is what was written.
type Exported struct {
	Rows  int    // that were written
	Bytes int64  // of the file
	Read  Sifted // what was read for them
	Note  string // what has to be known of the list, such as what it leaves out
	Cut   bool   // a Limit ended it, and there are more rows, or may be
}

// Schema is the form of all that commands write for programs; docs/json.md tells of it. Another
// form has another name.
const Schema = "authdeck/1"
