package terminal

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"authdeck/model"
)

// crash is a panic made safe to show: the value may hold anything that came
// from a server.
type crash struct {
	err   error
	trace string
}

// newCrash is called while the stack of the panic still stands.
func newCrash(value any) crash {
	line := fmt.Sprintf("panic at %s: %v", origin(), value) // the place first: a long value is cut
	return crash{
		err:   errors.New(model.Clean(line).String()),
		trace: cleanTrace(string(debug.Stack())),
	}
}

// origin is the file and line that panicked: the first frame below the latest
// panic that is not the runtime's own.
func origin() string {
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(0, callers)])
	below := false
	for {
		frame, more := frames.Next()
		switch {
		case frame.Function == "runtime.gopanic":
			below = true
		case below && !strings.HasPrefix(frame.Function, "runtime."):
			return fmt.Sprintf("%s:%d", filepath.Base(frame.File), frame.Line)
		}
		if !more {
			return "an unknown place"
		}
	}
}

func cleanTrace(stack string) string {
	var clean strings.Builder
	for line := range strings.Lines(stack) {
		line = strings.TrimSuffix(line, "\n")
		clean.WriteString(model.Clean(strings.ReplaceAll(line, "\t", "    ")).String())
		clean.WriteByte('\n')
	}
	return clean.String()
}
