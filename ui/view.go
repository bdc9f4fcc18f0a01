package ui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"

	"authdeck/ui/caret"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/standing"
)

const (
	chrome    = 3 // lines that the header, the tabs and the keys take
	minWidth  = 40
	minHeight = 10
)

// View implements tea.Model. It is exactly as high as the window, if that is known: each
// part has the height that it is given, and is cut to the width by whoever draws it.
func (a *App) View() string {
	if a.tooSmall() {
		return a.tooSmallView()
	}
	if a.help != nil {
		body := a.help.View(a.width, a.height-chrome)
		return strings.Join([]string{a.header(), a.tabs(a.help.Heading()), body, a.footer(a.help.Help())}, "\n")
	}
	body, words := a.front.View()
	heading, _ := a.front.Heading()
	if a.line != nil {
		return strings.Join([]string{a.header(), a.tabs(heading), caret.Without(body), caret.Without(words), a.line.Offered(a.width), look.Cut(a.line.View(a.width), a.width), a.footer(a.lineHelp())}, "\n")
	}
	return strings.Join([]string{a.header(), a.tabs(heading), body, words, a.footer(a.footerKeys())}, "\n")
}

// tooSmallView says what is missing, and first what was answered to the last key: a
// second ctrl+c works here too. A terminal on a serial line or in a container may know
// no size of its own; the size that it is given later is drawn.
func (a *App) tooSmallView() string {
	switch {
	case a.measure == unmeasured:
		return "" // it is being asked
	case (a.width <= 0 || a.height <= 0) && a.Status.Words != "":
		return a.Status.Words
	case a.width <= 0 || a.height <= 0:
		return fmt.Sprintf("authdeck waits for a size: the terminal says %d×%d", a.width, a.height)
	}
	needs := fmt.Sprintf("authdeck needs %d×%d, not %d×%d", minWidth, minHeight, a.width, a.height)
	if a.Status.Words != "" {
		needs = strings.Join(look.Wrap(a.Status.Words, a.width), "\n") + "\n" + needs
	}
	return look.Fit(needs, a.width, a.height)
}

func (a *App) tooSmall() bool { return a.width < minWidth || a.height < minHeight }

// header is the program, the system, and who we are there.
func (a *App) header() string {
	right := a.who()
	if _, took := a.front.Heading(); took > 0 {
		right = strings.TrimPrefix(right+"\n"+look.Milliseconds(took), "\n")
	}
	info := a.tokens.api.Info()
	says := headWords{info.Name, standing.Kind(info), right, info.Production, info.ReadOnly, a.width}
	return a.head.as(says, func() string { return a.drawHeader(says) })
}

// drawHeader keeps the marks of production and of a system that nothing is written to in
// every window, and the name that they are about. How long an answer took yields first, then
// the generation of a kind, then who one is, the kind, the program's own name, and the end of
// a long name.
func (a *App) drawHeader(says headWords) string {
	badge, marks := a.Styles.Badge, ""
	if says.production {
		badge, marks = a.Styles.Alarm, " "+a.Styles.Danger.Render("PRODUCTION")
	}
	if says.readOnly {
		marks += " " + a.Styles.Warn.Render("READ-ONLY")
	}
	name := look.Cut(says.name, says.width-ansi.StringWidth(marks)-2)
	if strings.ContainsFunc(name, list.RightToLeft) {
		name += "\u200e" // what stands beside it stays there
	}
	left := a.Styles.Bold.Render("authdeck") + " " + badge.Render(" "+name+" ") + marks
	if ansi.StringWidth(left) > says.width {
		return badge.Render(" "+name+" ") + marks
	}
	kind, you := says.kind, says.right
	if who, _, _ := strings.Cut(you, "\n"); ansi.StringWidth(left+" "+kind+"  "+who) > says.width {
		kind, _, _ = strings.Cut(kind, " · ")
	}
	return look.Between(look.Cut(left+" "+a.Styles.Faint.Render(kind), says.width), you, says.width)
}

// tabs are the pages, and where what is shown is in the whole of it.
func (a *App) tabs(words string) string {
	says := tabWords{a.site(), words}
	return a.pageTabs.as(says, func() string { return look.Between(a.drawTabs(says.site), words, says.width) })
}

func (a *App) site() site { return site{a.front, a.current == together, a.several(), a.width} }

// headingRoom implements navigator.
func (a *App) headingRoom() int {
	at := a.site()
	return a.tabRoom.as(at, func() int { return at.width - ansi.StringWidth(a.drawTabs(at)) - 2 })
}

const (
	roomy = 60  // from so many columns on the tabs stand two blanks apart
	broad = 80  // and from so many on each has room, but for that of what was asked
	large = 110 // which has room from here on, and in its own page
)

// tab is a page, or all systems as one, by its key.
type tab struct {
	key  key.Binding
	name string
	open bool
}

// tabsAt are those of a place. A window that is not broad keeps room for what is said beside
// them: there all systems and the page of the systems share one.
func (a *App) tabsAt(at site) []tab {
	tabs := []tab{{a.Keys.Tokens, "Tokens", at.front == page(a.tokens)}, {a.Keys.Users, "Users", at.front == page(a.users)}}
	all, systems := tab{a.Keys.All, "All", at.all && at.front != page(a.all) && at.front != page(a.doings)}, tab{a.Keys.Systems, "Systems", at.front == page(a.all)}
	doings := tab{a.Keys.Activity, "Activity", at.front == page(a.doings)}
	switch {
	case doings.open && at.width < broad:
		return append(tabs, doings)
	case at.several && at.width >= broad:
		tabs = append(tabs, all, systems)
	case all.open:
		tabs = append(tabs, all)
	default:
		tabs = append(tabs, systems)
	}
	if doings.open || at.width >= large {
		tabs = append(tabs, doings)
	}
	return tabs
}

func (a *App) drawTabs(at site) string {
	var drawn []string
	for _, t := range a.tabsAt(at) {
		rest, text := " ", t.key.Help().Key+" "+t.name
		if at.width < roomy {
			rest = ""
		}
		if t.open {
			rest, text = "", a.Styles.Open.Render("›"+text)
		}
		drawn = append(drawn, rest+text)
	}
	return strings.Join(drawn, " ")
}

func (a *App) footerKeys() []key.Binding {
	if a.front.Framed() {
		return nil
	}
	keys := a.front.Help()
	if a.front.Focus() != order.Browsing {
		return keys
	}
	whose := look.Named(a.Keys.Whose, "whose key?")
	keys = slices.Insert(append(keys, a.Keys.Quit), 0, a.Keys.Help)
	if copying := offered(keys, a.Keys.Copy); copying > 0 {
		return slices.Insert(keys, copying, whose) // after what is done to rows
	}
	return append(keys, whose)
}

// offered is the place of a key among others; -1 where it is none of them.
func offered(keys []key.Binding, k key.Binding) int {
	return slices.IndexFunc(keys, func(one key.Binding) bool { return one.Help().Key == k.Help().Key })
}

// footer is the keys that work here and now, as many as fit whole.
func (a *App) footer(keys []key.Binding) string {
	var said strings.Builder
	said.Grow(32 * len(keys))
	for _, k := range keys {
		for _, word := range []string{k.Help().Key, "\n", k.Help().Desc, "\n"} {
			said.WriteString(word)
		}
	}
	return a.foot.as(footWords{said.String(), a.width}, func() string { return a.drawFooter(keys) })
}

// drawFooter has one blank between the keys of a narrow window, where that is enough for all.
func (a *App) drawFooter(keys []key.Binding) string {
	words, apart := make([]string, len(keys)), 2
	for i, k := range keys {
		words[i] = a.Styles.Bold.Render(k.Help().Key) + " " + k.Help().Desc
	}
	if all := strings.Join(words, " "); a.width < roomy && ansi.StringWidth(all) <= a.width && ansi.StringWidth(all)+len(keys)-1 > a.width {
		return all
	}
	room := a.width + apart
	for i, word := range words {
		if room -= ansi.StringWidth(word) + apart; room < 0 {
			words = words[:i]
			break
		}
	}
	return strings.Join(words, strings.Repeat(" ", apart))
}

// kept is a part of the screen as it was drawn last, and what it says. It is drawn anew when
// it says something else.
type kept[Words comparable, Drawn any] struct {
	says  Words
	drawn Drawn
	yet   bool // whether it was drawn
}

func (k *kept[Words, Drawn]) as(says Words, draw func() Drawn) Drawn {
	if !k.yet || says != k.says {
		k.says, k.drawn, k.yet = says, draw(), true
	}
	return k.drawn
}

// behindWords are the page behind a dialog.
type behindWords struct {
	page    string
	columns int
}

// headWords are what the header says.
type headWords struct {
	name, kind, right    string
	production, readOnly bool
	width                int
}

// site is where the reader is.
type site struct {
	front        page
	all, several bool // in all systems as one; whether there is that
	width        int
}

// tabWords are what the line of the pages says.
type tabWords struct {
	site
	words string
}

// footWords are the keys that the footer has, one after the other.
type footWords struct {
	keys  string
	width int
}
