package ui

import (
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"authdeck/model"
)

func TestRedIsForWhatEndsForGoodAndForProduction(t *testing.T) {
	const red, yellow = "\x1b[31m", "\x1b[33m"
	for name, c := range map[string]struct {
		production bool
		keys       string
		red        bool
		yellow     bool
	}{
		"a delete":                   {false, "d", true, true},
		"a regenerate":               {false, "r", false, true},
		"a create":                   {false, "c\r", false, false},
		"the key of a regenerate":    {false, "ry", false, true},
		"a regenerate in production": {true, "r", true, true},
		"a create in production":     {true, "c\r", true, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := company(newClock())
			r.info.Production = c.production
			r.forms[model.Delete] = model.Form{Danger: true, Warnings: []string{"It ends."}}
			d := prepare(t, termenv.ANSI, r)
			d.begin(100, 30)
			perform(d, []byte(c.keys))
			body, _ := d.app.front.View()
			if strings.Contains(body, red) != c.red || strings.Contains(body, yellow) != c.yellow {
				t.Errorf("red: %v, yellow: %v, want %v and %v:\n%q", strings.Contains(body, red), strings.Contains(body, yellow), c.red, c.yellow, body)
			}
		})
	}
}
