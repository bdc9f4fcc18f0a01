package ui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

const (
	chrome    = 3 // lines that the header, the tabs and the keys take
	minWidth  = 40
	minHeight = 10
)

// View implements tea.Model. It is exactly as high as the window, if that is known.
func (a *App) View() string {
	if a.tooSmall() {
		return a.tooSmallView()
	}
	body, keys := a.front.View(), a.footerKeys()
	if a.help != nil {
		body, keys = a.help.View(a.width, a.height-chrome), a.help.Help()
	}
	return look.Fit(strings.Join([]string{a.header(), a.tabs(), look.Fit(body, a.width, a.height-chrome), a.footer(keys)}, "\n"), a.width, a.height)
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
	row := a.all.rows[a.current]
	badge := a.Styles.Badge
	if row.info.Production {
		badge = a.Styles.Alarm
	}
	words := []string{a.Styles.Bold.Render("authdeck"), badge.Render(" " + row.info.Name + " ")}
	if row.info.Production {
		words = append(words, a.Styles.Danger.Render("PRODUCTION"))
	}
	if a.tokens.api.Info().ReadOnly {
		words = append(words, a.Styles.Warn.Render("READ-ONLY"))
	}
	words = append(words, kindOf(a.tokens.api.Info()))
	right := "you: " + row.who()
	if row.reach == unreached {
		right = "you: unknown"
	}
	if _, took := a.front.Heading(); took > 0 {
		right += " · " + look.Milliseconds(took)
	}
	return look.Between(strings.Join(words, " "), right, a.width)
}

// kindOf is what a system is, as far as it has turned out.
func kindOf(i model.Info) string {
	if i.Generation == "" {
		return i.Kind
	}
	return i.Kind + " · " + i.Generation
}

// tabs are the pages, and where the one in front is in its list.
func (a *App) tabs() string {
	var tabs []string
	for _, t := range []struct {
		page page
		key  key.Binding
		name string
	}{{a.tokens, a.Keys.Tokens, "Tokens"}, {a.users, a.Keys.Users, "Users"}, {a.all, a.Keys.Systems, "Systems"}} {
		text := " " + t.key.Help().Key + " " + t.name
		if t.page == a.front {
			text = a.Styles.Open.Render("›" + text[1:])
		}
		tabs = append(tabs, text)
	}
	words, _ := a.front.Heading()
	return look.Between(strings.Join(tabs, " "), words, a.width)
}

func (a *App) footerKeys() []key.Binding {
	keys := a.front.Help()
	if a.front.Focus() != order.Browsing {
		return keys
	}
	return append([]key.Binding{a.Keys.Help}, append(keys, a.Keys.Quit)...)
}

// footer is the keys that work here and now, as many as fit whole.
func (a *App) footer(keys []key.Binding) string {
	var b strings.Builder
	room := a.width
	for _, k := range keys {
		text := k.Help().Key + " " + k.Help().Desc
		if room -= ansi.StringWidth(text) + 2; room < -2 {
			break
		}
		b.WriteString(a.Styles.Bold.Render(k.Help().Key) + " " + k.Help().Desc + "  ")
	}
	return strings.TrimRight(b.String(), " ")
}
