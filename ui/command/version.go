package command

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"

	"authdeck/model"
	"authdeck/ui/batch"
)

// Build is what the program was built from, as far as that is known.
type Build struct {
	Version  string    // a tag, or what Go calls a commit after the tag before it; empty where not known
	Commit   string    // may be the beginning of one; empty where not known
	Date     time.Time // of the commit; zero where not known
	Modified model.Answer
	Go       string
	OS, Arch string
}

// notKnown stands in the place of what is not known of a build.
const notKnown = "unknown"

// Version is one word for what the program was built from.
func Version() string { return cmp.Or(Built().Version, notKnown) }

// Built is what this program was built from.
func Built() Build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{GoVersion: runtime.Version()}
	}
	b := builtFrom(info, archived)
	b.OS, b.Arch = runtime.GOOS, runtime.GOARCH
	return b
}

// builtFrom reads what Go writes into a program: in a clone the commit and the version of it, of a
// module that was fetched its version. In an archive it knows nothing, and git wrote it there.
func builtFrom(info *debug.BuildInfo, archived string) Build {
	b := Build{Go: info.GoVersion}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Date, _ = time.Parse(time.RFC3339, s.Value) // zero is not known
		case "vcs.modified":
			b.Modified = model.AnswerOf(s.Value == "true")
		}
	}
	describe := ""
	if b.Commit == "" {
		b.Commit, b.Date, describe = fromArchive(archived)
	}
	switch v := info.Main.Version; {
	case v != "" && v != "(devel)":
		b.Version = v
	case b.Commit != "" && !b.Date.IsZero():
		b.Version = versionOf(b, describe)
	}
	if at, err := module.PseudoVersionTime(b.Version); err == nil && b.Commit == "" {
		b.Date = at
		b.Commit, _ = module.PseudoVersionRev(b.Version) // it is one, as its time shows
	}
	if info.Main.Sum != "" { // a module is fetched as it was published
		b.Modified = model.No
	}
	return b
}

// fromArchive reads what git wrote into an archive; nothing where it did not.
func fromArchive(said string) (commit string, at time.Time, describe string) {
	words := append(strings.Fields(said), "", "", "")
	seconds, err := strconv.ParseInt(words[1], 10, 64)
	if err != nil || !regexp.MustCompile(`^[0-9a-f]{40,64}$`).MatchString(words[0]) {
		return "", time.Time{}, ""
	}
	return words[0], time.Unix(seconds, 0).UTC(), words[2]
}

// versionOf is the version that Go would give to a commit: the tag that it has, or one after the
// tag before it.
func versionOf(b Build, describe string) string {
	tag := regexp.MustCompile(`-[0-9]+-g[0-9a-f]+$`).ReplaceAllString(describe, "")
	if major := semver.Major(tag); semver.Canonical(tag) != tag || major != "v0" && major != "v1" { // of others Go wants /v2 in the module's name
		tag = ""
	}
	if tag != "" && tag == describe {
		return tag
	}
	version := module.PseudoVersion(cmp.Or(semver.Major(tag), "v0"), tag, b.Date, b.Commit[:min(12, len(b.Commit))])
	if b.Modified == model.Yes {
		version += "+dirty"
	}
	return version
}

// buildWords is a build in the words that programs read: a field each, and unknown in the place of what is not known.
type buildWords struct {
	Version  string `json:"version"`
	Commit   string `json:"commit"`
	Date     string `json:"date"`
	Modified string `json:"modified"` // since that commit: yes, no
	Go       string `json:"go"`
	OS       string `json:"os"`
	Arch     string `json:"arch"`
}

func (b Build) words() buildWords {
	date := ""
	if !b.Date.IsZero() {
		date = b.Date.UTC().Format(time.RFC3339)
	}
	modified := map[model.Answer]string{model.Yes: "yes", model.No: "no"}[b.Modified]
	return buildWords{
		Version: cmp.Or(b.Version, notKnown), Commit: cmp.Or(b.Commit, notKnown), Date: cmp.Or(date, notKnown),
		Modified: cmp.Or(modified, notKnown), Go: cmp.Or(b.Go, notKnown), OS: b.OS, Arch: b.Arch,
	}
}

// versionCommand says what a report of a bug has to say.
func (o *options) versionCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Say what this program was built from.",
		Long: "version says which version this is, of which commit, with which Go and for which system: what\n" +
			"a report of a bug has to say. What nobody wrote into the program when it was built is unknown.",
		Args: batch.Takes(0, 0),
		RunE: func(*cobra.Command, []string) error {
			write := writeBuild
			if asJSON {
				write = writeBuildJSON
			}
			return batch.Fail(write(o.Stdout, Built()))
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

// writeBuild writes a build for people.
func writeBuild(to io.Writer, b Build) error {
	w, table := b.words(), tabwriter.NewWriter(to, 0, 4, 2, ' ', 0)
	_, err := fmt.Fprintf(table, "authdeck\t%s\ncommit\t%s\ndate\t%s\nmodified\t%s\ngo\t%s\nsystem\t%s/%s\n",
		w.Version, w.Commit, w.Date, w.Modified, w.Go, w.OS, w.Arch)
	return errors.Join(err, table.Flush())
}

// writeBuildJSON writes a build for programs.
func writeBuildJSON(to io.Writer, b Build) error { return batch.Document(to, "version", b.words()) }
