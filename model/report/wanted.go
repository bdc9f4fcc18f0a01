package report

import (
	"bytes"
	"path/filepath"
	"strings"

	"authdeck/model"
	"authdeck/model/person"
)

// Wanted is a page that is to be written to a file.
type Wanted struct {
	Who  person.Seed // whom it is about
	Out  []string    // accounts that were taken out of the person, as several systems as one name them
	Path string      // of a file that is not there yet; its ending is that of a form
	Told func(Far)   // hears how far the reading is; nil for nobody
}

// Far is how far the reading for a page is.
type Far struct {
	System string // that is being read
	At, Of int    // the how manyth, of how many
	Rows   int    // that were read of it
}

// Written is a page that is in a file, and where that is.
type Written struct {
	Report

	File string
}

// Endings are those of files to which a page can be written, the usual one first.
func Endings() []string { return []string{".md", ".markdown", ".json"} }

// Fits says what is wrong with the name of a file for a page: its ending says in which form it
// is written.
func Fits(path string) error {
	ending := strings.ToLower(filepath.Ext(path))
	for _, known := range Endings() {
		if ending == known && filepath.Base(path) != filepath.Ext(path) {
			return nil
		}
	}
	return model.Fail(model.Invalid, "the file ends in .md for a page that people read, or in .json for programs")
}

// For is the page as the ending of a file has it.
func (r Report) For(path string) ([]byte, error) {
	var content bytes.Buffer
	write := r.Markdown
	if strings.EqualFold(filepath.Ext(path), ".json") {
		write = r.JSON
	}
	err := write(&content)
	return content.Bytes(), err
}
