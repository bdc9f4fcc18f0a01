package ui

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// files are what was asked to be written, and how that ends.
type files struct {
	wanted []model.Export
	given  []context.Context
	err    error
	done   model.Exported
	far    *model.Sifted // what is told on the way
}

// writer is a console that can write files.
func writer(t *testing.T, r *remote) (*driver, *files) {
	t.Helper()
	d := start(t, r)
	f := &files{done: model.Exported{Rows: 5, Bytes: 1234, Read: model.Sifted{Read: 5, Total: 5}}}
	d.app.Desk.Export = f.write(r)
	return d, f
}

func (f *files) write(r *remote) func(context.Context, model.API, model.Export) (model.Exported, error) {
	return func(ctx context.Context, _ model.API, e model.Export) (model.Exported, error) {
		f.wanted, f.given = append(f.wanted, e), append(f.given, ctx)
		r.asked = append(r.asked, request{"export", e.Query})
		if f.far != nil {
			e.Query.Told(*f.far)
		}
		return f.done, f.err
	}
}

func (f *files) last(t *testing.T) model.Export {
	t.Helper()
	if len(f.wanted) == 0 {
		t.Fatal("nothing was written")
	}
	return f.wanted[len(f.wanted)-1]
}

func TestAnExportIsOfAllRowsOfTheListAndSaysSoBefore(t *testing.T) {
	d, f := writer(t, crowd(newClock()))
	d.press("n/user0")
	d.pressKey(tea.KeyEnter)
	d.press("E")
	d.sees("Export the tokens of shop", "not the page alone: 9 at most, narrowed to search “user0”.", "No key is in the file.",
		"It goes to ~/authdeck-shop-tokens-2026-03-01.csv.")
	d.pressKey(tea.KeyEnter, tea.KeyEnter)
	d.sees("The tokens of shop are written", "file ~/authdeck-shop-tokens-2026-03-01.csv", "rows 5, of 5 that were read", "size 1,234 bytes")
	e := f.last(t)
	if e.Rows != model.TokenRows || e.Format != model.CSV || e.Query.Search != "user0" || e.Query.At != "" || e.Replace {
		t.Errorf("%+v", e)
	}
	d.pressKey(tea.KeyEnter)
	d.seesNot("are written")
}

func TestInALowWindowAnExportSaysBeforeWhatWillBeInTheFile(t *testing.T) {
	d, _ := writer(t, company(newClock()))
	d.resize(40, 10)
	d.press("E")
	d.sees("No key is in the file. All rows of the", "list are written, and not the page", "alone: 5 at most.")
	d.pressKey(tea.KeyEnter)
	d.sees("No key is in the file. All rows of the", "~/ is your home.")
}

func TestUsersAreExportedInTheOtherFormatsToo(t *testing.T) {
	d, f := writer(t, company(newClock()))
	d.press("2E  ")
	d.sees("It goes to ~/authdeck-shop-users-2026-03-01.jsonl.")
	d.pressKey(tea.KeyEnter, tea.KeyCtrlU)
	d.press("/tmp/people.txt")
	d.pressKey(tea.KeyEnter)
	if e := f.last(t); e.Rows != model.UserRows || e.Format != model.JSONL || e.Path != "/tmp/people.txt" {
		t.Errorf("%+v", e)
	}
}

func TestAnExportIsWrittenByItsNameWithAFormatAndAFile(t *testing.T) {
	for line, want := range map[string]model.Export{
		"csv ~/old.csv": {Format: model.CSV, Path: "~/old.csv"}, "jsonl  /tmp/a b": {Format: model.JSONL, Path: "/tmp/a b"},
		"~/old.json": {Format: model.JSON, Path: "~/old.json"},
	} {
		d, f := writer(t, company(newClock()))
		d.press(":export " + line + "⏎")
		d.sees("are written", "enter close")
		if got := f.last(t); got.Format != want.Format || got.Path != want.Path || got.Replace || got.Rows != model.TokenRows {
			t.Errorf("%s: %+v", line, got)
		}
	}
	d, f := writer(t, company(newClock()))
	d.press(":export json⏎")
	d.sees("Export the tokens of shop", "JSON, one array", "~/authdeck-shop-tokens-2026-03-01.json")
	d.pressKey(tea.KeyEsc)
	d.press(":export nowhere⏎")
	d.sees("a format and a file follow, such as :export csv ~/old.csv")
	if len(f.wanted) != 0 {
		t.Errorf("%+v was written", f.wanted)
	}
}

func TestAFileThatIsThereIsAskedAboutAndTheSafeAnswerIsFirst(t *testing.T) {
	d, f := writer(t, company(newClock()))
	f.err = fs.ErrExist
	d.press("E")
	d.pressKey(tea.KeyCtrlS)
	d.sees("Replace the file?", "[ n/enter back to the form ]", "y replace it")
	d.pressKey(tea.KeyEnter)
	d.sees("Export the tokens of shop")
	d.pressKey(tea.KeyCtrlS)
	f.err = nil
	d.press("y")
	d.sees("are written")
	if e := f.last(t); !e.Replace || len(f.wanted) != 3 {
		t.Errorf("%d times, %+v", len(f.wanted), e)
	}
}

func TestAnExportShowsHowFarItIsAndIsGivenUpWithoutAFile(t *testing.T) {
	d, f := writer(t, company(newClock()))
	f.far = &model.Sifted{Read: 12000, Total: 36000}
	f.err = model.Fail(model.Cancelled, "given up")
	d.press("E")
	d.hold()
	d.pressKey(tea.KeyCtrlS)
	d.pass(4 * time.Second)
	d.sees("Writing the tokens of shop", "reading: 12,000 of 36,000", "a second", "s left", "esc give up")
	d.press("j")
	d.pressKey(tea.KeyEsc)
	if f.given[0].Err() == nil {
		t.Error("it goes on")
	}
	d.sees("giving up")
	d.release()
	d.sees("Given up; nothing was written.")
	d.seesNot("Writing the tokens")
}

func TestAnExportThatFailsSaysWhyAndGoesBackToItsForm(t *testing.T) {
	for err, want := range map[error]string{
		errors.New("its folder: no such file or directory"): "Its folder: no such file or directory.",
		refused(): "The system is not available: connection refused.",
	} {
		d, f := writer(t, company(newClock()))
		f.err = err
		d.press("E")
		d.pressKey(tea.KeyCtrlS)
		d.sees("The tokens of shop were not exported", want, "Nothing was written.")
		d.pressKey(tea.KeyEnter)
		d.sees("Export the tokens of shop")
		d.pressKey(tea.KeyEsc)
		d.sees("Nothing was written.")
	}
}

func TestAnExportOfFewerRowsThanThereAreSaysSo(t *testing.T) {
	d, f := writer(t, company(newClock()))
	f.done = model.Exported{Rows: 3, Read: model.Sifted{Read: 170, Total: 200, Unsaid: 4}, Note: "Only your own are shown."}
	d.press("E")
	d.pressKey(tea.KeyCtrlS)
	d.sees("The system speaks of 200 rows and gave 170: rows may be missing.", "4 of which it cannot be told", "Only your own are shown.")
}

// TestAnExportOfAllIsMadeWithoutASystemOnlyByAPersonsWord is about files that are taken for
// the whole.
func TestAnExportOfAllIsMadeWithoutASystemOnlyByAPersonsWord(t *testing.T) {
	d, f := allWriter(t)
	d.press("E")
	d.sees("✗ lab: connection refused; nothing of it is here. It is asked again, and as long as it fails nothing is written without your word.")
	d.pressKey(tea.KeyCtrlS)
	d.sees("The tokens of all were not exported", "lab: connection refused", "Nothing was written.", "w write without lab")
	d.pressKey(tea.KeyEnter)
	d.sees("Export the tokens of all")
	d.pressKey(tea.KeyCtrlS)
	f.err = fs.ErrExist
	d.press("w")
	d.sees("Replace the file?", "file ~/authdeck-all-tokens-2026-03-01-without-lab.csv")
	f.err = nil
	d.press("y")
	d.sees("The tokens of all without lab are written", "Nothing of lab is in it: connection refused.", "file ~/authdeck-all-tokens-2026-03-01-without-lab.csv")
	if e := f.last(t); !slices.Equal(e.Query.Without, []string{"lab"}) || e.Path != "~/authdeck-all-tokens-2026-03-01-without-lab.csv" || !e.Replace {
		t.Errorf("%+v", e)
	}
	if e := f.wanted[0]; len(e.Query.Without) > 0 || strings.Contains(e.Path, "without") {
		t.Errorf("before anybody had said so: %+v", e)
	}
}

func TestOfTwoFailingSystemsBothAreLeftOutOrNothingIsWritten(t *testing.T) {
	d, f := allWriter(t)
	d.press("E")
	d.pressKey(tea.KeyCtrlS)
	f.err = &model.Error{Kind: model.Unauthorized, Message: model.Clean("live: no"), System: "live"}
	d.press("w")
	d.sees("The tokens of all without lab were not exported", "w write without live")
	f.err = &model.Error{Kind: model.Unauthorized, Message: model.Clean("shop: no"), System: "shop"}
	d.press("w")
	d.sees("shop: no")
	d.seesNot("w write without")
	d.pressKey(tea.KeyEnter)
	d.sees("It goes to ~/authdeck-all-tokens-2026-03-01.csv.")
	if e := f.last(t); !slices.Equal(e.Query.Without, []string{"lab", "live"}) {
		t.Errorf("%+v", e)
	}
}

// allWriter is a console of three systems as one that can write files, were it not for one of
// them.
func allWriter(t *testing.T) (*driver, *files) {
	t.Helper()
	d, _ := everySystem(t)
	f := &files{err: &model.Error{Kind: model.Unavailable, Message: model.Clean("lab: connection refused"), System: "lab"}}
	d.app.Desk.Export = f.write(d.systems[0])
	return d, f
}

// TestAnExportOfWhatCannotBeToldIsNotTakenForWhatWasFound is about a file that is read when
// nobody remembers which of the two lists it was.
func TestAnExportOfWhatCannotBeToldIsNotTakenForWhatWasFound(t *testing.T) {
	r := company(newClock())
	r.sifted = &model.Sifted{Read: 861, Total: 861, Unsaid: 510, Untold: []string{"age"}}
	d, f := writer(t, r)
	f.done = model.Exported{Rows: 510, Read: *r.sifted}
	d.press("/age>1y")
	d.pressKey(tea.KeyEnter)
	d.press("UE")
	d.sees("Export the untold tokens of shop", "Those are written of which it cannot be told whether they are “age>1y”", "It goes to ~/authdeck-shop-untold-tokens-2026-03-01.csv.")
	d.seesNot("narrowed to")
	d.pressKey(tea.KeyCtrlS)
	d.sees("The untold tokens of shop are written", "rows 510, of 861 that were read", "these are those of which it cannot be told whether they are “age>1y”; what was found is not in the file")
	d.seesNot("left out")
	if e := f.last(t); !e.Query.Untold {
		t.Errorf("%+v", e)
	}
}

// exportScenes are the steps of an export.
func exportScenes() []scene {
	shown := func(f files, keys ...tea.KeyType) func(*driver) {
		return func(d *driver) {
			d.app.Desk.Export = (&f).write(d.systems[0])
			d.press("jE")
			d.pressKey(keys...)
		}
	}
	full := files{done: model.Exported{Rows: 128, Bytes: 35414, Read: model.Sifted{Read: 170, Total: 200, Unsaid: 4}, Note: "Only the tokens of your organization are shown."}}
	return []scene{
		{"export", nil, nil, shown(full)},
		{"export-writing", nil, nil, func(d *driver) {
			shown(files{far: &model.Sifted{Read: 12000, Total: 170000}})(d)
			d.hold()
			d.pressKey(tea.KeyCtrlS)
			d.pass(4 * time.Second)
		}},
		{"export-there", nil, nil, shown(files{err: fs.ErrExist}, tea.KeyCtrlS)},
		{"export-done", nil, nil, shown(full, tea.KeyCtrlS)},
		{"export-all-failed", apart3, nil, func(d *driver) {
			d.press("9")
			shown(files{err: &model.Error{Kind: model.Unavailable, Message: model.Clean("lab: connection refused"), System: "lab"}}, tea.KeyCtrlS)(d)
		}},
		{"export-failed", nil, nil, shown(files{err: errors.New("its folder: permission denied")}, tea.KeyCtrlS)},
	}
}

// TestAllThatFailAtOnceAreNamedAtOnce is about being asked once, and not once a system.
func TestAllThatFailAtOnceAreNamedAtOnce(t *testing.T) {
	d, f := allWriter(t)
	live := &model.Error{Kind: model.Unauthorized, Message: model.Clean("live: no"), System: "live"}
	f.err = &model.Error{Kind: model.Unavailable, Message: model.Clean("lab: connection refused; live: no"), Cause: errors.Join(f.err, live)}
	d.press("E")
	d.pressKey(tea.KeyCtrlS)
	d.sees("The tokens of all were not exported", "2 systems cannot be read: lab: connection refused; live: no.", "w write without these 2")
	f.err = nil
	d.press("w")
	d.sees("The tokens of all without lab and live are written", "Nothing of lab is in it: connection refused.", "Nothing of live is in it: no.",
		"file ~/authdeck-all-tokens-2026-03-01-without-lab-live.csv")
	if e := f.last(t); !slices.Equal(e.Query.Without, []string{"lab", "live"}) || len(f.wanted) != 2 {
		t.Errorf("%d times, %+v", len(f.wanted), e)
	}
}
