package config

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"authdeck/model"
)

// theme is the [theme] of the file. A colour is a text or a number.
type theme struct {
	Accent any `toml:"accent"`
	Warn   any `toml:"warn"`
	Danger any `toml:"danger"`
}

func (t theme) colours() (found model.Theme, err error) {
	for _, one := range []struct {
		key  string
		said any
		to   *model.Colour
	}{{"accent", t.Accent, &found.Accent}, {"warn", t.Warn, &found.Warn}, {"danger", t.Danger, &found.Danger}} {
		if one.said == nil {
			continue
		}
		if *one.to, err = colour(one.said); err != nil {
			return model.Theme{}, wrong(one.key, "%v", err)
		}
	}
	return found, nil
}

// named are the first eight colours of a terminal; the next eight are the same, bright.
func named() []string {
	return []string{"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"}
}

const bright = "bright-"

// colour is what stands for one in the file.
func colour(said any) (model.Colour, error) {
	text := fmt.Sprint(said)
	switch said.(type) {
	case string, int64:
	default:
		text = ""
	}
	name, isBright := strings.CutPrefix(text, bright)
	switch number := slices.Index(named(), name); {
	case number >= 0 && isBright:
		return model.Colour(strconv.Itoa(number + len(named()))), nil
	case number >= 0:
		return model.Colour(strconv.Itoa(number)), nil
	case text == string(model.NoColour), exact.MatchString(text):
		return model.Colour(text), nil
	}
	if n, err := strconv.ParseUint(text, 10, 8); err == nil {
		return model.Colour(strconv.FormatUint(n, 10)), nil
	}
	return "", fmt.Errorf("%s is no colour; one is %s, each of them with %s before it, a number from 0 to 255, \"#rrggbb\", or %q",
		quoted(text), strings.Join(named(), ", "), bright, model.NoColour)
}

// exact is a colour by its parts of red, green and blue.
var exact = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)
