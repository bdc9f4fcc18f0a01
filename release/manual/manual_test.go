package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// read is a file that was written below a folder.
func read(t *testing.T, path ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// visible are the commands that a help names, and those below them.
func visible(cmd *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{cmd}
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() && !c.IsAdditionalHelpTopicCommand() {
			all = append(all, visible(c)...)
		}
	}
	return all
}

func TestEveryCommandHasAPageAndEveryOptionAPlaceOnIt(t *testing.T) {
	folder := t.TempDir()
	if err := run([]string{folder}, "1796067127"); err != nil {
		t.Fatal(err)
	}
	commands := visible(root())
	if len(commands) < 10 {
		t.Fatalf("there are %d commands only", len(commands))
	}
	for _, cmd := range commands {
		page := read(t, folder, "man1", strings.ReplaceAll(cmd.CommandPath(), " ", "-")+".1")
		if !strings.Contains(page, "\n.SH NAME\n") || !strings.Contains(page, `"Nov 2026"`) {
			t.Errorf("the page of %s:\n%s", cmd.CommandPath(), page)
		}
	}
	page := read(t, folder, "man1", "authdeck.1")
	for _, words := range []string{`\fB--config\fP=FILE`, "$AUTHDECK_CONFIG, else ~/.config/authdeck/config.toml", `\fB--fps\fP`, "(default 30)", "\n  2  misuse"} {
		if !strings.Contains(page, words) {
			t.Errorf("%q is not in\n%s", words, page)
		}
	}
}

func TestEveryShellFindsItsCompletion(t *testing.T) {
	folder := t.TempDir()
	if err := run([]string{folder}, "1796067127"); err != nil {
		t.Fatal(err)
	}
	for name, start := range map[string]string{
		"authdeck.bash": "# bash completion V2 for authdeck",
		"_authdeck":     "#compdef authdeck",
		"authdeck.fish": "# fish completion for authdeck",
		"authdeck.ps1":  "# powershell completion for authdeck",
	} {
		if got := read(t, folder, "completions", name); !strings.HasPrefix(got, start) {
			t.Errorf("%s begins with %.60q", name, got)
		}
	}
}

// pageOf is the page of a command, made in a time zone at a moment.
func pageOf(t *testing.T, cmd *cobra.Command, at time.Time) string {
	t.Helper()
	folder := t.TempDir()
	cmd.Run = func(*cobra.Command, []string) {}
	if err := describe(cmd, folder, at); err != nil {
		t.Fatal(err)
	}
	return read(t, folder, "one.1")
}

func TestNoWordOfAHelpIsLostOnItsPage(t *testing.T) {
	cmd := &cobra.Command{
		Use:   "one <WORDS> [NAME...]",
		Short: "Say *one* thing_that_stays.",
		Long:  "Say <WORDS> & 1 * 2 * 3, ~/x, a|b and `this`.\n# no heading\n\nCodes:\n  0  <done>\n  1  *failed*\n\nAnd the end.",
	}
	cmd.Flags().String("to", "-", "where `FILE` goes, <never> *there*")
	cmd.Flags().Bool("dry", false, "do _nothing_ of it")
	page := strings.ReplaceAll(pageOf(t, cmd, time.Unix(0, 0).UTC()), `\-`, "-")
	for _, words := range []string{
		"one <WORDS> [NAME...] [flags]", "Say *one* thing_that_stays.", "Say <WORDS> & 1 * 2 * 3,", "a|b and `this`", "# no heading",
		"\n  0  <done>\n  1  *failed*\n", "And the end.", `\fB--to\fP=FILE`, "where FILE goes, <never> *there* (default -)", `\fB--dry\fP[=false]`, "do _nothing_ of it",
	} {
		if !strings.Contains(page, words) {
			t.Errorf("%q is not in\n%s", words, page)
		}
	}
}

func TestThePageHasTheDateThatItWasGivenInEveryTimeZone(t *testing.T) {
	folder := t.TempDir()
	here := time.Local
	t.Cleanup(func() { time.Local = here })
	time.Local = time.FixedZone("later", 4*60*60)
	if err := run([]string{folder}, "1796081400"); err != nil { // half an hour before December in UTC
		t.Fatal(err)
	}
	if page := read(t, folder, "man1", "authdeck.1"); !strings.Contains(page, `"Nov 2026"`) {
		t.Errorf("%.200s", page)
	}
	for _, epoch := range []string{"", "today"} {
		if err := run([]string{folder}, epoch); err == nil || !strings.Contains(err.Error(), "SOURCE_DATE_EPOCH") {
			t.Errorf("the date %q: %v", epoch, err)
		}
	}
}
