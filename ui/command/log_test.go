package command

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"strings"
	"testing"

	"authdeck/model"
)

// paper is a log file.
type paper struct {
	bytes.Buffer
	closed bool
}

func (p *paper) Close() error { p.closed = true; return nil }

func TestTheLogTakesEverythingAndIsClosed(t *testing.T) {
	f, log, path := newFake("doctor", "--log", "file"), &paper{}, ""
	f.OpenLog = func(p string) (io.WriteCloser, error) { path = p; return log, nil }
	f.Diagnose = func(_ context.Context, _ string, _ []string, journal *slog.Logger) ([]model.Check, error) {
		journal.Debug("asked")
		if log.closed {
			t.Error("the log was closed before the end")
		}
		return nil, errNot
	}
	f.expect(t, 2)
	if path != "file" || !log.closed || !strings.Contains(log.String(), "level=DEBUG msg=asked") {
		t.Errorf("%q, closed %t: %s", path, log.closed, log.String())
	}
}

func TestWithoutALogNobodyListensAndNoFileIsOpened(t *testing.T) {
	f := newFake("doctor")
	f.OpenLog = func(path string) (io.WriteCloser, error) { t.Errorf("%q was opened", path); return nil, errNot }
	f.Diagnose = func(ctx context.Context, _ string, _ []string, journal *slog.Logger) ([]model.Check, error) {
		if journal.Enabled(ctx, slog.LevelError) {
			t.Error("somebody listens")
		}
		return nil, errNot
	}
	f.expect(t, 2)
}

// full takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errNot }
func (full) Close() error              { return nil }

func TestALogThatLacksSomethingIsSaidAtTheEnd(t *testing.T) {
	f := newFake("doctor", "--log", "file")
	f.OpenLog = func(string) (io.WriteCloser, error) { return full{}, nil }
	f.Diagnose = func(_ context.Context, _ string, _ []string, journal *slog.Logger) ([]model.Check, error) {
		journal.Debug("asked")
		return nil, errNot
	}
	f.expect(t, 2)
	if f.stderr.String() != "authdeck: --log file: the log is not whole: not today\nauthdeck: not today\n" {
		t.Errorf("%q", f.stderr.String())
	}
}

func TestALogThatCannotBeOpenedIsNamed(t *testing.T) {
	f := newFake("--log", "file")
	f.expect(t, 2)
	if f.stderr.String() != "authdeck: --log file: not today\n" {
		t.Errorf("%q", f.stderr.String())
	}
}
