package config_test

import (
	"fmt"
	"strings"
	"testing"

	"authdeck/client/config"
	"authdeck/model"
)

const shop = start + "url = \"https://shop.example.com\"\ntoken_env = \"T\"\n"

func TestAThemeNamesColoursAsATerminalHasThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]model.Theme{
		"": {},
		"[theme]\naccent = \"blue\"\nwarn = \"bright-yellow\"\ndanger = \"none\"": {Accent: "4", Warn: "11", Danger: "none"},
		"[theme]\naccent = 208\nwarn = \"0\"\ndanger = \"255\"":                   {Accent: "208", Warn: "0", Danger: "255"},
		"[theme]\naccent = \"#5f87ff\"":                                           {Accent: "#5f87ff"},
		"[theme]":                                                                 {},
	} {
		for place, whole := range map[string]string{"after": shop + text, "before": text + "\n" + shop} {
			found, err := config.Load(written(t, whole), vars(nil), config.SomeKinds())
			if err != nil || found.Theme != want || len(found.Profiles) != 1 {
				t.Errorf("%q %s the systems: %+v, %v", text, place, found.Theme, err)
			}
		}
	}
}

func TestAWrongThemeIsRefusedWithItsLineAndWithWhatIsAllowed(t *testing.T) {
	t.Parallel()
	const allowed = "black, red, green, yellow, blue, magenta, cyan, white, each of them with bright- before it, a number from 0 to 255, \"#rrggbb\", or \"none\""
	for text, want := range map[string]string{
		"[theme]\naccent = \"purple\"":             `:7: accent: "purple" is no colour; one is ` + allowed,
		"[theme]\naccent = \"red\"\nwarn = \"\"":   ":8: warn: what stands here is no colour; one is ",
		"[theme]\ndanger = 256":                    `:7: danger: "256" is no colour`,
		"[theme]\ndanger = -1":                     ":7: danger: what stands here is no colour",
		"[theme]\ndanger = \"Red\"":                `:7: danger: "Red" is no colour`,
		"[theme]\ndanger = \"#ff00\"":              ":7: danger: ",
		"[theme]\ndanger = \"#ff00ff;\\u001b[2J\"": ":7: danger: ",
		"[theme]\ndanger = true":                   ":7: danger: ",
		"[theme]\ndanger = [\"red\"]":              ":7: danger: ",
		"[theme]\ndanger = {dark = \"red\"}":       ":7: danger: ",
		"[theme]\ncolour = \"red\"":                `:7: "theme.colour" is an unknown key; a [theme] may have: accent, warn, danger`,
		"[[theme]]\naccent = \"red\"":              ":6: [[theme]] takes one bracket: [theme]",
		"[theme]\n[theme]":                         ":7: ",
	} {
		path := written(t, shop+text)
		found, err := config.Load(path, vars(nil), config.SomeKinds())
		if err == nil || !strings.HasPrefix(err.Error(), path+want) || strings.Contains(err.Error(), "\x1b") || len(found.Profiles) != 0 {
			t.Errorf("%q: %v", text, err)
		}
	}
	for text, line := range map[string]int{"theme.warn = \"x\"": 1, "theme = {warn = \"x\"}": 1, "[theme]\n# one\nwarn = 1.5": 3} {
		path := written(t, text+"\n"+shop)
		if _, err := config.Load(path, vars(nil), config.SomeKinds()); err == nil || !strings.HasPrefix(err.Error(), fmt.Sprintf("%s:%d: warn: ", path, line)) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestAThemeAloneIsNoConfiguration(t *testing.T) {
	t.Parallel()
	if _, err := config.Load(written(t, "[theme]\naccent = \"red\"\n"), vars(nil), config.SomeKinds()); err == nil || !strings.Contains(err.Error(), "there is no [[system]] in it") {
		t.Error(err)
	}
}
