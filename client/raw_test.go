package client_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/model"
)

// row is one of the server's, as it came. It may hold a live key and is never
// printed.
type row map[string]any

// rows reads the lists of the server at those paths.
func (w *world) rows(t *testing.T, pages []string, only func(row) bool) []row {
	t.Helper()
	var all []row
	for _, page := range pages {
		code, body := w.plain(t, page, w.system.Token)
		var envelope struct{ Results []row }
		var list any = &envelope
		if bytes.HasPrefix(bytes.TrimSpace(body), []byte("[")) {
			list = &envelope.Results
		}
		d := json.NewDecoder(bytes.NewReader(body))
		d.UseNumber()
		if err := d.Decode(list); err != nil || code != http.StatusOK {
			t.Fatalf("%s answered %d: %v", page, code, err)
		}
		all = append(all, envelope.Results...)
	}
	return slices.DeleteFunc(all, func(r row) bool { return only != nil && !only(r) })
}

// at is the value at a path, and whether there is one.
func (r row) at(path string) (any, bool) {
	first, rest, deeper := strings.Cut(path, ".")
	value, there := r[first]
	if !deeper {
		return value, there
	}
	inner, _ := value.(map[string]any)
	return row(inner).at(rest)
}

// without is the row as it would be if the server did not send that member.
func (r row) without(path string) row {
	first, rest, deeper := strings.Cut(path, ".")
	less := maps.Clone(r)
	inner, isObject := r[first].(map[string]any)
	if deeper && isObject {
		less[first] = map[string]any(row(inner).without(rest))
	} else {
		delete(less, first)
	}
	return less
}

func (r row) text(path string) string {
	value, _ := r.at(path)
	text, _ := value.(string)
	return text
}

// number is a number as the console keeps it.
func (r row) number(path string) string {
	value, _ := r.at(path)
	n, _ := value.(json.Number)
	return n.String()
}

func (r row) answer(path string) model.Answer {
	value, _ := r.at(path)
	if yes, isAnswer := value.(bool); isAnswer {
		return model.AnswerOf(yes)
	}
	return model.Unsaid
}

func (r row) when(path string) model.When {
	at, err := time.Parse(time.RFC3339Nano, r.text(path))
	if err != nil {
		return model.When{}
	}
	return model.At(at)
}

// orNever is when, where null is a word of its own.
func (r row) orNever(path string) model.When {
	if value, there := r.at(path); there && value == nil {
		return model.Not(model.Never)
	}
	return r.when(path)
}

// texts are those of a list, put together.
func (r row) texts(path, separator string) model.Text {
	value, _ := r.at(path)
	list, _ := value.([]any)
	var texts []model.Text
	for _, item := range list {
		text, _ := item.(string)
		texts = append(texts, model.Clean(text))
	}
	return model.Join(separator, texts...)
}

// filled is a value as a person fills it in.
func (r row) filled(path string) string {
	if answer := r.answer(path); answer != model.Unsaid {
		return map[model.Answer]string{model.Yes: "yes", model.No: "no"}[answer]
	}
	if at, known := r.when(path).Time(); known {
		return at.Format(time.RFC3339)
	}
	return r.text(path) + r.number(path) + r.texts(path, " ").String()
}

// last is the last segment of a link.
func (r row) last(at string) string { return path.Base(r.text(at)) }
