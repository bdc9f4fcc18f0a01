package command

import (
	"bytes"
	"encoding/json"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/ui/batch/batchtest"
)

const (
	aCommit   = "dad052fd9bbdcdf071d61b372b9a000f25b30169"
	anArchive = aCommit + " 1796065752 "
)

// inAClone is what Go writes into a program in a clone.
func inAClone(version, modified string) *debug.BuildInfo {
	return &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: version}, Settings: []debug.BuildSetting{
		{Key: "-trimpath", Value: "true"},
		{Key: "vcs", Value: "git"},
		{Key: "vcs.revision", Value: aCommit},
		{Key: "vcs.time", Value: "2026-11-30T19:09:12Z"},
		{Key: "vcs.modified", Value: modified},
	}}
}

// bare is what Go writes where it knows nothing of a commit.
func bare(version, sum string) *debug.BuildInfo {
	return &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: version, Sum: sum}}
}

func TestTheVersionSaysAllThatIsKnownHoweverItWasBuilt(t *testing.T) {
	for way, c := range map[string]struct {
		info                              *debug.BuildInfo
		archived                          string
		version, commit, date, isModified string
	}{
		"go build at a tag":        {inAClone("v1.2.3", "false"), "$Format:%H$", "v1.2.3", aCommit, "2026-11-30T19:09:12Z", "no"},
		"go build after a tag":     {inAClone("v1.2.4-0.20261130190912-dad052fd9bbd+dirty", "true"), "", "v1.2.4-0.20261130190912-dad052fd9bbd+dirty", aCommit, "2026-11-30T19:09:12Z", "yes"},
		"go build of an older Go":  {inAClone("(devel)", "true"), "", "v0.0.0-20261130190912-dad052fd9bbd+dirty", aCommit, "2026-11-30T19:09:12Z", "yes"},
		"go install of a tag":      {bare("v1.2.3", "h1:x"), "", "v1.2.3", "unknown", "unknown", "no"},
		"go install of a commit":   {bare("v0.0.0-20261130190912-dad052fd9bbd", "h1:x"), "", "v0.0.0-20261130190912-dad052fd9bbd", "dad052fd9bbd", "2026-11-30T19:09:12Z", "no"},
		"an archive of a tag":      {bare("(devel)", ""), anArchive + "v1.2.3", "v1.2.3", aCommit, "2026-11-30T19:09:12Z", "unknown"},
		"an archive after a tag":   {bare("(devel)", ""), anArchive + "v1.2.3-14-gdad052fd", "v1.2.4-0.20261130190912-dad052fd9bbd", aCommit, "2026-11-30T19:09:12Z", "unknown"},
		"an archive without a tag": {bare("(devel)", ""), anArchive, "v0.0.0-20261130190912-dad052fd9bbd", aCommit, "2026-11-30T19:09:12Z", "unknown"},
		"an archive of an old git": {bare("(devel)", ""), anArchive + "%(describe:tags=true,match=v[0-9]*)", "v0.0.0-20261130190912-dad052fd9bbd", aCommit, "2026-11-30T19:09:12Z", "unknown"},
		"an archive of another 2":  {bare("(devel)", ""), anArchive + "v2.0.0", "v0.0.0-20261130190912-dad052fd9bbd", aCommit, "2026-11-30T19:09:12Z", "unknown"},
		"a copy without git":       {bare("(devel)", ""), "$Format:%H %ct %(describe:tags=true)$", "unknown", "unknown", "unknown", "unknown"},
		"an archive cut short":     {bare("", ""), "dad052fd 1796065752", "unknown", "unknown", "unknown", "unknown"},
	} {
		w := builtFrom(c.info, c.archived).words()
		if w.Version != c.version || w.Commit != c.commit || w.Date != c.date || w.Modified != c.isModified || w.Go != "go1.26.8" {
			t.Errorf("%s: %+v", way, w)
		}
	}
}

func TestTheCommandVersionIsForPeopleAndForPrograms(t *testing.T) {
	f := newFake("version", "--json")
	f.expect(t, 0)
	batchtest.Holds(t, bytes.ReplaceAll(f.stdout.Bytes(), []byte("\r"), nil))
	var said map[string]string
	if err := json.Unmarshal(f.stdout.Bytes(), &said); err != nil {
		t.Fatalf("%q: %v", f.stdout.String(), err)
	}
	if !regexp.MustCompile(`^\{\s*"schema": "authdeck/1",\s*"kind": "version",\s*"version": "`).MatchString(f.stdout.String()) || len(said) != 9 {
		t.Errorf("it says %q", f.stdout.String())
	}
	f = newFake("version")
	f.expect(t, 0)
	for _, word := range []string{"authdeck  ", "commit  ", runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH} {
		if !strings.Contains(f.stdout.String(), word) {
			t.Errorf("%q is not in %q", word, f.stdout.String())
		}
	}
	newFake("version", "more").expect(t, 2)
}

func TestTheOptionVersionIsOneLine(t *testing.T) {
	f := newFake("--version")
	f.expect(t, 0)
	if got := f.stdout.String(); got != "authdeck version v1\r\n" {
		t.Errorf("it says %q", got)
	}
	if v := Version(); v == "" || strings.ContainsAny(v, " \n()") {
		t.Errorf("the version is %q", v)
	}
}

func TestWhatNobodyKnowsOfABuildIsNotSaidToBeUnmodified(t *testing.T) {
	if got := builtFrom(bare("(devel)", ""), anArchive+"v1.2.3").Modified; got != model.Unsaid {
		t.Errorf("an archive may have been changed by anybody, and it says %v", got)
	}
}
