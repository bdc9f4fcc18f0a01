package rotating_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"authdeck/model"
)

// server is a system whose tokens are what was written to a file, so that they outlive the
// program. It begins with one token, ci.
type server struct {
	model.API
	folder string
	point  func()                         // is called around everything that changes something
	info   func(*model.Info)              // what is else with it; nil for nothing
	ends   func(model.Action) error       // how a write ends after it happened; nil for well
	blind  bool                           // it does not tell what became of an order
	refuse func(model.Action) error       // why one is refused before; nil for never
	used   func(t model.Token) model.When // when it was used last
	is     func(t *model.Token)           // what is else with a token; nil for nothing
	list   error                          // why the tokens cannot be read; nil where they can
}

func (s *server) Info() model.Info {
	info := model.Info{Name: "idp", Kind: "stub", Host: "idp.example"}
	if s.info != nil {
		s.info(&info)
	}
	return info
}

// event is what happened there: a word and a token's name.
type event struct{ what, id string }

// note writes an event down.
func note(folder, what, id string) {
	f, err := os.OpenFile(filepath.Join(folder, "events"), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err == nil {
		_, err = fmt.Fprintln(f, what, id)
		_ = f.Close()
	}
	if err != nil {
		panic(err)
	}
}

// events are all of them.
func events(folder string) (all []event) {
	content, err := os.Open(filepath.Join(folder, "events"))
	if err != nil {
		return nil
	}
	defer content.Close()
	for lines := bufio.NewScanner(content); lines.Scan(); {
		what, id, _ := strings.Cut(lines.Text(), " ")
		all = append(all, event{what, id})
	}
	return all
}

// tokens are those that are there.
func (s *server) tokens() []model.Token {
	ids := []string{"ci"}
	for _, e := range events(s.folder) {
		switch e.what {
		case "made":
			ids = append(ids, e.id)
		case "ended":
			ids = slices.DeleteFunc(ids, func(id string) bool { return id == e.id })
		}
	}
	var all []model.Token
	for _, id := range ids {
		all = append(all, s.token(id))
	}
	return all
}

func (s *server) token(id string) model.Token {
	t := model.Token{
		ID: id, Name: model.Clean(id), Kind: model.Clean("api"), Version: fmt.Sprint("pk ", s.times(id), " of ", id),
		Owner: model.User{ID: "7", Username: model.Clean("sara")}, State: model.Active,
	}
	if s.used != nil {
		t.LastUsed = s.used(t)
	}
	if s.is != nil {
		s.is(&t)
	}
	return t
}

// times is how often a token of that name was made.
func (s *server) times(id string) (n int) {
	for _, e := range events(s.folder) {
		if e == (event{"made", id}) {
			n++
		}
	}
	return n
}

func (s *server) find(id string) (model.Token, bool) {
	for _, t := range s.tokens() {
		if t.ID == id {
			return t, true
		}
	}
	return model.Token{}, false
}

func (s *server) Tokens(context.Context, model.Query) (model.Page[model.Token], error) {
	return model.Page[model.Token]{Items: s.tokens()}, s.list
}

func (s *server) Prepare(_ context.Context, a model.Action, t model.Token) (model.Form, error) {
	if a != model.Create {
		return model.Form{}, nil
	}
	if t.ID == "" {
		return model.Form{}, model.Fail(model.Internal, "it is to be like no other")
	}
	base, number, _ := strings.Cut(t.ID, "-")
	n, _ := strconv.Atoi(number)
	return model.Form{Fields: []model.Field{{Key: "identifier", Label: "identifier", Value: fmt.Sprintf("%s-%d", base, max(n, 1)+1)}}}, nil
}

func (s *server) Do(_ context.Context, o model.Order) (model.Issued, error) {
	s.at()
	if s.refuse != nil {
		if err := s.refuse(o.Action); err != nil {
			return model.Issued{}, err
		}
	}
	id := o.Token.ID
	switch o.Action {
	case model.Create:
		id = o.Values["identifier"]
		note(s.folder, "made", id)
	case model.Delete:
		note(s.folder, "ended", id)
	case model.Reveal, model.Regenerate:
	default:
		return model.Issued{}, model.Fail(model.Unsupported, "no")
	}
	s.at()
	if s.ends != nil {
		if err := s.ends(o.Action); err != nil {
			return model.Issued{}, err
		}
	}
	if o.Action == model.Delete {
		return model.Issued{}, nil
	}
	return model.Issued{Token: s.token(id), Key: model.NewSecret("key-of-" + id)}, nil
}

func (s *server) Look(_ context.Context, o model.Order) (model.Finding, error) {
	if s.blind {
		return model.Finding{}, errBroken
	}
	id := o.Token.ID
	if o.Action == model.Create {
		id = o.Values["identifier"]
	}
	t, is := s.find(id)
	switch {
	case is && o.Action == model.Create:
		return model.Finding{End: model.Visible, Words: "Token " + id + " is there.", Token: t}, nil
	case !is && o.Action == model.Delete:
		return model.Finding{End: model.Visible, Words: "Token " + id + " is gone."}, nil
	}
	return model.Finding{End: model.Unseen, Words: "Nothing shows."}, nil
}

func (s *server) at() {
	if s.point != nil {
		s.point()
	}
}

// ago is a moment before noon.
func ago(d time.Duration) model.When {
	return model.At(time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC).Add(-d))
}
