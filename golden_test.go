package main

import (
	"flag"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/custody"
	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
	"authdeck/client/record"
	"authdeck/model"
	"authdeck/ui"
	"authdeck/ui/batch"
	"authdeck/ui/command"
	"authdeck/ui/goldentest"
	"authdeck/ui/wait"
)

var update = flag.Bool("update", false, "write the golden files anew")

// noon is the moment of which all golden screens are. A bubble of synctest can be there
// on any day, since its clock is its own: what is over by now, and how long ago a day
// was, is asked of many clocks, the server's and the client's too.
func noon() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }

// console is a person in front of the console of one of the demo's systems. Whatever is
// asked is answered before the next key.
type console struct {
	app   tea.Model
	later []tea.Msg // what comes after a while, such as that a list which is not whole is asked for again
}

// wait is a person who waits until lists are whole.
func (c *console) wait() {
	for strings.Contains(c.app.View(), "gives up") && len(c.later) > 0 {
		came := c.later
		c.later = nil
		for _, msg := range came {
			c.give(msg)
		}
	}
}

func (c *console) give(msg tea.Msg) {
	var cmd tea.Cmd
	c.app, cmd = c.app.Update(msg)
	c.run(cmd)
}

// run runs a command and all that follows from it.
func (c *console) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, one := range msg {
			c.run(one)
		}
	default:
		c.give(msg)
	}
}

// company are the profiles of a demo's systems, of a day that is always the same.
func company(t *testing.T) []config.Profile {
	t.Helper()
	var profiles []config.Profile
	for _, s := range demotest.Start(t, demo.Options{Now: noon, Calm: true}).Systems() {
		p, err := client.Entrance{Name: s.Name, Kind: s.Kind, URL: s.URL, Token: s.Token, Username: s.Username, Password: s.Password}.Profile()
		if err != nil {
			t.Fatal(err)
		}
		profiles = append(profiles, p)
	}
	return profiles
}

// look opens the systems at noon, looks at the screen that some keys lead to in one of
// them, and closes them. The server has no part in the bubble, and no connection outlives
// its answer: one that waits for the next would keep the clock and the bubble from their ends.
func look(t *testing.T, profiles []config.Profile, at func(command.Systems) string) (view string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(noon()))
		around := client.Env{Log: slog.New(slog.DiscardHandler), Network: &http.Transport{DisableKeepAlives: true}}
		systems := open(t.Context(), batch.Choice{}, config.Config{Profiles: profiles}, around, client.Kept{Record: record.Nowhere(), Keys: custody.In(custody.Place{Sealed: filepath.Join(t.TempDir(), "keys"), Identity: filepath.Join(t.TempDir(), "identity")})})
		view = at(systems)
		systems.Close(t.Context())
	})
	return view
}

// visit opens a system in a window and presses keys.
func visit(systems command.Systems, first int, profile termenv.Profile, width, height int, keys string) string {
	renderer := lipgloss.NewRenderer(io.Discard)
	renderer.SetColorProfile(profile)
	renderer.SetHasDarkBackground(true)
	c := new(console)
	c.app = ui.New(ui.World{
		Clock:    wait.Clock{Now: noon, After: func(_ time.Duration, msg tea.Msg) tea.Cmd { c.later = append(c.later, msg); return nil }},
		Renderer: renderer, Log: slog.New(slog.DiscardHandler), Unveil: func(model.Secret) {},
		All: systems.Union,
	}, systems.All, first)
	c.give(tea.WindowSizeMsg{Width: width, Height: height})
	c.run(c.app.Init())
	for _, r := range keys {
		if r == '\r' {
			c.give(tea.KeyMsg{Type: tea.KeyEnter})
			continue
		}
		c.give(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
		c.wait()
	}
	c.wait()
	return c.app.View()
}

func held() goldentest.Held {
	if *update {
		return goldentest.Written
	}
	return goldentest.Compared
}

// TestTheListsOfEverySystemLookAsTheyDid shows what the company of ui cannot: the
// columns of each system, and words of people of four scripts in them.
func TestTheListsOfEverySystemLookAsTheyDid(t *testing.T) {
	profiles := company(t)
	pages := map[string]string{"tokens": "jj", "users": "2jj", "details": "jj\r"}
	var names []string
	for i, kind := range []string{"hamgam", "authentik", "awx", "waldur", "saymon"} {
		for page, keys := range pages {
			name := kind + "-" + page
			names = append(names, name)
			goldentest.Look(t, name, held(), func(t *testing.T, profile termenv.Profile, width, height int) string {
				return look(t, profiles, func(systems command.Systems) string { return visit(systems, i, profile, width, height, keys) })
			})
		}
	}
	for page, keys := range map[string]string{"tokens": "9jj", "users": "92jj", "person": "/root\rp", "person-accounts": "/root\rp2"} {
		name := "all-" + page
		names = append(names, name)
		goldentest.Look(t, name, held(), func(t *testing.T, profile termenv.Profile, width, height int) string {
			return look(t, profiles, func(systems command.Systems) string { return visit(systems, 0, profile, width, height, keys) })
		})
	}
	goldentest.NoOther(t, names)
}
