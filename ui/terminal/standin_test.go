package terminal

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
)

func TestAStandInIsAsWideAsItsKeyAndNobodyElsesText(t *testing.T) {
	for _, secret := range []string{key, strings.Repeat("w_-", 500), "!~"} {
		stand := StandIn(model.NewSecret(secret))
		if ansi.StringWidth(stand) != len(secret) || strings.Contains(stand, secret[:1]) {
			t.Errorf("%d letters stand for %d", ansi.StringWidth(stand), len(secret))
		}
		if left := model.Clean(stand).String(); strings.ContainsFunc(left, func(r rune) bool { return r >= firstStandIn }) {
			t.Error("a foreign text can have the letters of a stand-in")
		}
	}
}

// drawn is what a terminal gets of a frame, and the output that wrote it.
func drawn(t *testing.T, frame string, shown model.Secret) (string, *Output) {
	t.Helper()
	pipe, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer pipe.Close()
	out := NewOutput(w, true)
	if err := out.Frame([]byte(frame), shown); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	var got bytes.Buffer
	if _, err := got.ReadFrom(pipe); err != nil {
		t.Fatal(err)
	}
	return got.String(), out
}

func TestTheTerminalGetsTheKeyAndTheFrameDoesNotKeepIt(t *testing.T) {
	secret := model.NewSecret(key)
	stand := StandIn(secret)
	frame := "\x1b[2Jа box ╭ " + stand + " │ and " + string([]rune(stand)[:3]) + "… again\xff"
	got, out := drawn(t, frame, secret)
	if want := beginFrame + "\x1b[2Jа box ╭ " + key + " │ and " + key[:3] + "… again\xff" + endFrame; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if rest := out.frame[:cap(out.frame)]; bytes.Contains(rest, []byte(key[:3])) {
		t.Error("the buffer still holds the key")
	}
}

func TestAKeyThatIsHiddenAgainIsDrawnByNoLateFrame(t *testing.T) {
	stand := StandIn(model.NewSecret(key))
	got, _ := drawn(t, stand, model.Secret{})
	if strings.Contains(got, key) {
		t.Errorf("got %q", got)
	}
	got, _ = drawn(t, stand, model.NewSecret(key[:4]))
	if got != beginFrame+key[:4]+strings.Repeat("•", len(key)-4)+endFrame {
		t.Errorf("got %q", got)
	}
}
