package activity

import (
	"context"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/audit"
	"authdeck/model/traffic"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/prompt"
)

// Sources are where it is known from.
type Sources struct {
	// Asked are the latest requests, the last one first, and how many there ever were; none
	// for who knows of as many. nil where none is kept.
	Asked func(known int64) (newest []traffic.Exchange, count int64)
	// Recorded reads the record of what was done; nil where there is none.
	Recorded func(context.Context) (Record, error)
	// Unrecorded is why there is none, as a sentence.
	Unrecorded string
}

// Record is what there is of a record.
type Record struct {
	Entries []audit.Entry // the latest, in the order of the lines
	Left    int           // how many there are before those
	Found   audit.Report
}

// Page is the page. Make it with New.
type Page struct {
	*order.Desk
	sources Sources
	show    func(order.Modal) tea.Cmd // opens something over the page
	seen    func() bool               // whether the page is in front

	part     part
	asked    *section[traffic.Exchange]
	recorded *section[deed]
	count    int64 // of the requests, as of the last look
	reading  reading
	record   Record
	err      error // why the record was not read
	renewal  int   // of the ticks; one of an earlier renewal is dropped

	find          *prompt.Model // what is typed to narrow the rows; nil while nothing is
	words         string        // that narrow them
	width, height int
}

// part is what of it is shown.
type part int

const (
	asking part = iota
	recording
)

// reading is how far the record is read.
type reading int

const (
	unread reading = iota
	underWay
	read
)

// renewed is how often what was asked is looked at while the page is open.
const renewed = time.Second

// look again at what was asked.
type tick struct {
	to      *Page
	renewal int
}

// recordRead answers the reading of the record.
type recordRead struct {
	to     *Page
	record Record
	err    error
}

// New is a page that has looked at nothing yet.
func New(d *order.Desk, s Sources, show func(order.Modal) tea.Cmd, seen func() bool) *Page {
	return &Page{Desk: d, sources: s, show: show, seen: seen, asked: askedOf(d), recorded: recordedOf(d)}
}

// Renew looks at what was asked, now and from now on, and reads the record if that is shown.
func (p *Page) Renew() tea.Cmd {
	p.renewal++
	p.look()
	again := p.Clock.After(renewed, tick{p, p.renewal})
	if p.part == recording {
		return tea.Batch(again, p.readRecord())
	}
	return again
}

// look takes what was asked since the last look.
func (p *Page) look() {
	if p.sources.Asked == nil {
		return
	}
	newest, count := p.sources.Asked(p.count)
	if count != p.count {
		p.count = count
		p.asked.put(newest, p.words)
	}
}

func (p *Page) readRecord() tea.Cmd {
	if p.sources.Recorded == nil || p.reading == underWay {
		return nil
	}
	p.reading = underWay
	recorded := p.sources.Recorded
	return func() tea.Msg {
		record, err := recorded(context.Background())
		return recordRead{p, record, err}
	}
}

// Update takes what is this page's own.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tick:
		if msg.to != p || msg.renewal != p.renewal || !p.seen() {
			return nil
		}
		p.look()
		return p.Clock.After(renewed, msg)
	case recordRead:
		if msg.to == p {
			p.reading, p.err, p.record = read, msg.err, msg.record
			p.recorded.put(deedsOf(msg.record.Entries), p.words)
		}
	}
	return nil
}

// Turn shows the other part.
func (p *Page) Turn() tea.Cmd {
	p.part = recording - p.part
	return p.Renew()
}

// Other is the part that [Page.Turn] leads to, in a word.
func (p *Page) Other() string { return [...]string{asking: "recorded", recording: "asked"}[p.part] }

// shown is the part that is shown.
func (p *Page) shown() board {
	if p.part == recording {
		return p.recorded
	}
	return p.asked
}

// Press takes a key that is no action's.
func (p *Page) Press(msg tea.KeyMsg) {
	if p.find != nil {
		p.typeWords(msg)
		return
	}
	if !p.shown().press(msg) {
		p.Say(model.Clean(msg.String()).String() + " does nothing here; ? shows the keys.")
	}
}

// Typing reports whether letters are text.
func (p *Page) Typing() bool { return p.find != nil }

// Find lets words be typed that the rows are narrowed to as they come.
func (p *Page) Find() tea.Cmd {
	p.find = prompt.New("/", p.words)
	p.find.Hint("words that a row has: a path, a system, a name, an outcome")
	p.find.Dress(p.Styles.Faint, p.Styles.Chosen)
	return nil
}

func (p *Page) typeWords(msg tea.KeyMsg) {
	switch msg.Type {
	case tea.KeyEnter:
		p.find = nil
	case tea.KeyEsc:
		p.find = nil
		p.narrow("")
	default:
		p.find.Update(msg)
		p.narrow(p.find.Value())
	}
}

func (p *Page) narrow(words string) {
	if words = strings.TrimSpace(words); words != p.words {
		p.words = words
		p.asked.narrow(words)
		p.recorded.narrow(words)
	}
}

// Widen shows all rows again; false where they are.
func (p *Page) Widen() bool {
	narrowed := p.words != ""
	p.narrow("")
	return narrowed
}

// TypingHelp are the keys while words are typed.
func (p *Page) TypingHelp() []key.Binding {
	return []key.Binding{look.Named(p.Keys.Enter, "keep"), look.Named(p.Keys.Back, "leave")}
}

// Open shows the details of the marked row.
func (p *Page) Open() tea.Cmd {
	if p.part == recording {
		if d, is := p.recorded.list.Selected(); is {
			return p.show(&box{Desk: p.Desk, title: d.title(), facts: d.fields()})
		}
		return nil
	}
	if e, is := p.asked.list.Selected(); is {
		return p.show(p.detailsOf(e))
	}
	return nil
}

// Curl shows a request as a command: the marked one, or of another page or part the last one
// that was to change something.
func (p *Page) Curl(show func(order.Modal, tea.Cmd) tea.Cmd) tea.Cmd {
	e, is := p.asked.list.Selected()
	if !p.seen() || p.part != asking || !is {
		e, is = p.lastWrite()
	}
	if !is {
		p.Say("This console has changed nothing yet; in " + p.Keys.Activity.Help().Key + " :curl shows the marked request.")
		return nil
	}
	return show(p.commandOf(e), nil)
}

func (p *Page) lastWrite() (traffic.Exchange, bool) {
	if p.sources.Asked == nil {
		return traffic.Exchange{}, false
	}
	newest, _ := p.sources.Asked(0)
	for _, e := range newest {
		if e.Sort == traffic.Write {
			return e, true
		}
	}
	return traffic.Exchange{}, false
}
