package ui

import (
	"flag"
	"testing"
	"time"

	"github.com/muesli/termenv"

	"authdeck/ui/goldentest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func held() goldentest.Held {
	if *update {
		return goldentest.Written
	}
	return goldentest.Compared
}

func TestScreensLookAsTheyDid(t *testing.T) {
	var names []string
	for _, s := range scenes() {
		goldentest.Look(t, s.name, held(), s.draw)
		names = append(names, s.name)
	}
	goldentest.NoOther(t, names)
}

func (s scene) draw(t *testing.T, profile termenv.Profile, width, height int) string {
	t.Helper()
	systems := []*remote{company(newClock())}
	if s.of != nil {
		systems = s.of()
	}
	systems[0].slow = 12 * time.Millisecond
	if s.set != nil {
		s.set(systems[0])
	}
	d := prepare(t, profile, systems...)
	d.begin(width, height)
	s.keys(d)
	return d.app.View()
}
