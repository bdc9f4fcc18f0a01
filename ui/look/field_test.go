package look

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
)

func plainStyles() Styles { return NewStyles(lipgloss.NewRenderer(io.Discard), model.Theme{}) }

func TestNeverUnknownAndNotApplicableAreToldApartInTheDetails(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)
	lines := plainStyles().Describe([]Field{
		TimeField("expires", model.When{}, now),
		TimeField("last used", model.Not(model.Never), now),
		{Label: "id", Value: "7"},
		TimeField("renewed", model.Not(model.NotApplicable), now),
		AnswerField("staff", model.Unsaid), AnswerField("admin", model.No),
	}, 60)
	want := []string{"last used  never", "id         7", "admin      no", "this system does not say: expires, staff", "not applicable: renewed"}
	if got := strings.Split(ansi.Strip(strings.Join(lines, "\n")), "\n"); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestLabelsTakeTheRoomOfTheLongestAndNoMoreThan14(t *testing.T) {
	for label, want := range map[string]string{
		"id":                                   "id  7",
		"a label of nineteen":                  "a label of ni…  7",
		"fourteen cells":                       "fourteen cells  7",
		"\u0646\u0627\u0645\u200c\u0647\u0627": "\u0646\u0627\u0645\u200c\u0647\u0627  7",
	} {
		if got := ansi.Strip(strings.Join(plainStyles().Describe([]Field{{Label: label, Value: "7"}}, 60), "\n")); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestALineBelowAListIsAsWideAsTheWindowWhateverItIsAbout(t *testing.T) {
	var whole, cut Part
	whole.Of(nil, 3)
	cut.Of(make([]string, 9), 3)
	for _, title := range []string{"", "pult", "سامانه", strings.Repeat("very long ", 9)} {
		for _, part := range []*Part{&whole, &cut} {
			rule := plainStyles().rule(title, plainStyles().Sign(part), 40)
			if ansi.StringWidth(rule) != 40 {
				t.Errorf("%d wide: %q", ansi.StringWidth(rule), rule)
			}
			if strings.Contains(rule, "pgdn more") != part.More() {
				t.Errorf("cut %v: %q", part.More(), rule)
			}
			if title == "سامانه" && !strings.Contains(rule, "سامانه\u200e ─") {
				t.Errorf("the line is turned round with what is written from right to left: %q", rule)
			}
		}
	}
}
