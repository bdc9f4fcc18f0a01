package record_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"authdeck/client/record"
	"authdeck/model"
	"authdeck/model/audit"
)

// doubtful is a system that loses its answers, and what there is to see of them.
type doubtful struct {
	*system

	finding model.Finding
	blind   error
}

func (d *doubtful) Look(context.Context, model.Order) (model.Finding, error) {
	return d.finding, d.blind
}

func losing() *doubtful {
	s := shop()
	s.err = model.Fail(model.Uncertain, "the answer was lost")
	return &doubtful{system: s}
}

// looks are the lines of looks, as what they are for and what was found.
func looks(t *testing.T, path string) (all []audit.Entry) {
	t.Helper()
	for _, e := range entries(t, path) {
		if e.Phase == audit.Looked {
			all = append(all, e)
		}
	}
	return all
}

func TestWhatALaterLookFindsIsALineThatRefersToItsOrder(t *testing.T) {
	t.Parallel()
	keeper, path := kept(t, record.Options{})
	remote := losing()
	api, o := record.New(remote, keeper), deletion()
	other := deletion()
	other.Token.ID = "32"
	for _, order := range []model.Order{other, o} {
		if _, err := api.Do(t.Context(), order); model.KindOf(err) != model.Uncertain {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		finding model.Finding
		blind   error
		found   string
		words   string
	}{
		{model.Finding{End: model.Unseen}, nil, audit.NotShown, ""},
		{model.Finding{End: model.Untold, Words: "nobody says"}, nil, audit.CannotTell, "nobody says"},
		{model.Finding{End: model.Visible, Words: "gone"}, model.Fail(model.Unavailable, "no answer"), audit.CannotTell, "no answer"},
		{model.Finding{End: model.Visible, Words: "gone"}, nil, audit.Shows, "gone"},
	} {
		remote.finding, remote.blind = c.finding, c.blind
		seen, err := api.Look(t.Context(), o)
		if seen != c.finding || !errors.Is(err, c.blind) {
			t.Errorf("the look says %+v, %v", seen, err)
		}
		all := looks(t, path)
		if e := all[len(all)-1]; e.Of != 3 || e.Found != c.found || e.Words != c.words || e.TokenID != "31" || e.Outcome != "" {
			t.Errorf("%+v is recorded of %+v, %v", e, c.finding, c.blind)
		}
	}
	if n := len(looks(t, path)); n != 4 || len(remote.sent) != 2 {
		t.Errorf("%d lines of 4 looks, and %d orders were sent", n, len(remote.sent))
	}
}

// TestOfTokensThatAreMadeAlikeTheLookIsForItsOwn goes by the moment: they have no name before.
func TestOfTokensThatAreMadeAlikeTheLookIsForItsOwn(t *testing.T) {
	t.Parallel()
	keeper, path := kept(t, record.Options{})
	api := record.New(losing(), keeper)
	noon := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	for i := range 3 {
		if _, err := api.Do(t.Context(), model.Order{Action: model.Create, At: noon.Add(time.Duration(i) * time.Second)}); err == nil {
			t.Fatal("an answer came")
		}
	}
	if _, err := api.Look(t.Context(), model.Order{Action: model.Create, At: noon.Add(time.Second)}); err != nil {
		t.Fatal(err)
	}
	if all := looks(t, path); len(all) != 1 || all[0].Of != 3 {
		t.Errorf("%+v", all)
	}
	if _, err := api.Look(t.Context(), model.Order{Action: model.Create, At: noon.Add(time.Hour)}); err != nil || len(looks(t, path)) != 1 {
		t.Errorf("of an order that nobody gave there is a line: %v", err)
	}
}

// TestALookOfALaterSessionFindsTheOrderOfItsPlan opens the record anew, as who opens a plan does.
func TestALookOfALaterSessionFindsTheOrderOfItsPlan(t *testing.T) {
	t.Parallel()
	keeper, path := kept(t, record.Options{})
	remote := losing()
	first := record.New(remote, keeper)
	o := deletion()
	o.Plan = "P1"
	if _, err := first.Do(t.Context(), o); err == nil {
		t.Fatal("an answer came")
	}
	done := o
	done.Token.ID, remote.err = "32", nil
	if _, err := first.Do(t.Context(), done); err != nil {
		t.Fatal(err)
	}
	later, _ := kept(t, record.Options{Folder: filepath.Dir(path)})
	second := record.New(&doubtful{system: shop()}, later)
	o.At = time.Now()
	another := o
	another.Plan = "P2"
	for _, order := range []model.Order{o, done, another} {
		if _, err := second.Look(t.Context(), order); err != nil {
			t.Fatal(err)
		}
	}
	if all := looks(t, path); len(all) != 1 || all[0].Of != 1 {
		t.Errorf("one of three orders is in doubt, and recorded is %+v", all)
	}
}

func TestAFindingThatCannotBeRecordedIsToldAllTheSame(t *testing.T) {
	t.Parallel()
	keeper, path := kept(t, record.Options{})
	remote := losing()
	api := record.New(remote, keeper)
	if _, err := api.Do(t.Context(), deletion()); err == nil {
		t.Fatal("an answer came")
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	remote.finding = model.Finding{End: model.Visible, Words: "It is gone."}
	seen, err := api.Look(t.Context(), deletion())
	if err != nil || seen.End != model.Visible || !strings.HasPrefix(seen.Words, "It is gone. What was seen is not recorded: ") {
		t.Errorf("%+v, %v", seen, err)
	}
}
