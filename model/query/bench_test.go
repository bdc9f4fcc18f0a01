package query_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/model/query"
)

// many are 100,000 tokens as the five systems give them: with and without expiry, with and
// without times.
func many() ([]model.Token, []query.Row[model.Token]) {
	kinds := []string{"api", "app_password", "session", "personal", ""}
	all := make([]model.Token, 100_000)
	rows := make([]query.Row[model.Token], len(all))
	fields := query.Tokens()
	for i := range all {
		t := model.Token{
			ID: fmt.Sprint(i), Name: model.Clean(fmt.Sprintf("ci-build-%d", i)), Kind: model.Clean(kinds[i%5]), State: model.Active,
			Owner:       model.User{ID: fmt.Sprint(i % 977), Username: model.Clean(fmt.Sprintf("user%d", i%977)), FullName: model.Clean("علی رضایی"), Active: model.Yes},
			Description: model.Clean("nightly"), Created: ago(i % 1000), LastUsed: ago(i % 200), Expires: model.At(now().AddDate(0, 0, i%500-100)),
		}
		if i%5 == 4 {
			t.Created, t.LastUsed, t.Expires = model.When{}, model.When{}, model.Not(model.Never)
		}
		all[i] = t
		rows[i] = query.NewRow(&all[i], nil, fields, strings.ToLower)
	}
	return all, rows
}

const asked = "user9 age>1y used>90d -is:over"

// BenchmarkAKeystroke answers a question that was just typed over 100,000 loaded tokens, and
// what a loop takes that was written by hand for this one question.
func BenchmarkAKeystroke(b *testing.B) {
	all, rows := many()
	b.Run("question", func(b *testing.B) {
		for b.Loop() {
			q, err := query.Parse(asked, query.Tokens())
			if err != nil {
				b.Fatal(err)
			}
			f, found := query.Compile(q, query.Tokens(), strings.ToLower, at()), 0
			for i := range rows {
				if f.Holds(&rows[i]) == model.Yes {
					found++
				}
			}
			b.ReportMetric(float64(found), "found")
		}
	})
	words := make([]string, len(all))
	for i, t := range all {
		words[i] = strings.ToLower(strings.Join([]string{ // all that words look at
			t.Owner.Username.String(), t.Owner.FullName.String(), t.Owner.Email.String(), t.Owner.Mobile.String(),
			t.Name.String(), t.Description.String(), t.Kind.String(), t.Scope.String(), t.App.String(),
		}, "\n"))
	}
	b.Run("by hand", func(b *testing.B) {
		for b.Loop() {
			found, now := 0, now()
			year, days := now.AddDate(-1, 0, 0), now.AddDate(0, 0, -90)
			for i := range all {
				if byHand(&all[i], words[i], now, year, days) {
					found++
				}
			}
			b.ReportMetric(float64(found), "found")
		}
	})
}

// byHand is the question as somebody writes it who knows nothing of what cannot be told.
func byHand(t *model.Token, words string, now, year, days time.Time) bool {
	if !strings.Contains(words, "user9") {
		return false
	}
	made := t.Created
	if t.Updated.Knowledge() == model.Known {
		made = t.Updated
	}
	if at, known := made.Time(); !known || !at.Before(year) {
		return false
	}
	if at, known := t.LastUsed.Time(); !known || !at.Before(days) {
		return false
	}
	if t.State == model.Expired || t.State == model.Revoked {
		return false
	}
	at, known := t.Expires.Time()
	return !known || at.After(now)
}

func BenchmarkARowIsRead(b *testing.B) {
	all, _ := many()
	fields := query.Tokens()
	for b.Loop() {
		_ = query.NewRow(&all[0], nil, fields, strings.ToLower)
	}
}
