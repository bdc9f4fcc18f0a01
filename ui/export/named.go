package export

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/order"
	"authdeck/ui/prompt"
)

// Named writes to a file at once, where words say how and where to, such as “csv ~/old.csv”;
// with a format alone it asks about the file. Without a format the ending of the file says it.
func Named(d *order.Desk, s Source, words string) (order.Modal, tea.Cmd, error) {
	first, path, _ := strings.Cut(strings.TrimSpace(words), " ")
	format := model.Format(first)
	if !known(format) {
		path = words
		format = model.Format(strings.TrimPrefix(filepath.Ext(strings.TrimSpace(words)), "."))
	}
	if !known(format) {
		return nil, nil, errors.New("a format and a file follow, such as :export csv ~/old.csv; the formats are csv, json and jsonl")
	}
	path = strings.TrimSpace(path)
	a := newAsk(d, s, format, path)
	if path == "" {
		return a, nil, nil
	}
	m, cmd := a.write(false)
	return m, cmd, nil
}

func known(f model.Format) bool { return slices.Contains(model.Formats(), f) }

// Offer is what the words can become.
func Offer(words string) prompt.Candidates {
	var can prompt.Candidates
	for _, f := range model.Formats() {
		if strings.HasPrefix(string(f), strings.TrimSpace(words)) {
			can.Words = append(can.Words, string(f))
		}
	}
	return can
}
