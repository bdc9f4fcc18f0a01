package order

import (
	"io"
	"testing"
	"time"

	"authdeck/model"
)

var midday = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestAKeysFileIsNamedByNumberAndTimeOnly(t *testing.T) {
	for id, want := range map[string]string{
		"31": "shop-31-20260301T120000Z.key", "../../etc/x": "shop-______etc_x-20260301T120000Z.key",
	} {
		if got := fileName("shop", model.Token{ID: id, Name: model.Clean("/tmp/x")}, midday, byHand); got != want {
			t.Errorf("the file is %q, want %q", got, want)
		}
	}
}

func TestOnlyALikeTokenMadeSinceIsACopy(t *testing.T) {
	at := midday
	sara, omid := model.User{ID: "1", Username: model.Clean("sara")}, model.User{ID: "2", Username: model.Clean("omid")}
	made := model.Token{ID: "5", Name: model.Clean("#5"), Owner: sara, Description: model.Clean("ci"), Scope: model.Clean("write")}
	m := creation{"shop", model.Order{Action: model.Regenerate, Token: model.Token{ID: "4"}, At: at}, model.Issued{Token: made}}
	like := made
	like.ID, like.Name, like.Created = "6", model.Clean("#6"), model.At(at.Add(-time.Minute)) // a server's clock may be behind
	change := func(how func(*model.Token)) model.Token {
		t := like
		how(&t)
		return t
	}
	for name, c := range map[string]struct {
		token model.Token
		want  bool
	}{
		"like":             {like, true},
		"the very one":     {change(func(t *model.Token) { t.ID = "5" }), false},
		"the old one":      {change(func(t *model.Token) { t.ID = "4" }), false},
		"older":            {change(func(t *model.Token) { t.Created = model.At(at.Add(-time.Hour)) }), false},
		"of unknown age":   {change(func(t *model.Token) { t.Created = model.When{} }), false},
		"of another owner": {change(func(t *model.Token) { t.Owner = omid }), false},
		"described":        {change(func(t *model.Token) { t.Description = model.Clean("cd") }), false},
		"of another scope": {change(func(t *model.Token) { t.Scope = model.Clean("read") }), false},
	} {
		if got := m.like("shop", c.token); got != c.want {
			t.Errorf("%s: a copy is %v, want %v", name, got, c.want)
		}
	}
	if m.like("depot", like) {
		t.Error("a token of another system is a copy")
	}
	m.issued.Notes = []string{"Another token was made: #60. The description is not ci, it is #6."}
	if m.issued.Alike = []model.Token{{ID: "60"}}; !m.like("shop", like) {
		t.Error("a copy is not told of, since a note has words like its name")
	}
	if m.issued.Alike = []model.Token{{ID: "60"}, {ID: "6"}}; m.like("shop", like) {
		t.Error("what the system's own notes say is said twice")
	}
}

func TestAnOldTokenIsEndedByItsSuccessorAndNotByTrouble(t *testing.T) {
	for name, c := range map[string]struct {
		action model.Action
		came   string
		err    error
		want   bool
	}{
		"deleted":                        {model.Delete, "", nil, true},
		"not deleted":                    {model.Delete, "", io.ErrUnexpectedEOF, false},
		"given a key of another number":  {model.Regenerate, "200", nil, true},
		"replaced":                       {model.Replace, "200", nil, true},
		"given a key of its own number":  {model.Regenerate, "100", nil, false},
		"succeeded, and still there":     {model.Regenerate, "200", io.ErrUnexpectedEOF, false},
		"changed":                        {model.Edit, "100", nil, false},
		"replaced by nobody knows which": {model.Replace, "", nil, false},
	} {
		l, old := NewHistory(), model.Token{ID: "100"}
		op := operation{system: "shop", order: model.Order{Action: c.action, Token: old}}
		l.enter(op, Answered{Issued: model.Issued{Token: model.Token{ID: c.came}}, err: c.err}, midday)
		if _, ended := l.Deleted("shop", old); ended != c.want {
			t.Errorf("a token that was %s has ended: %v, want %v", name, ended, c.want)
		}
	}
}
