package batch

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/muesli/cancelreader"

	"authdeck/model"
)

// Attended reports whether a person is at the input, who can be asked.
func (w World) Attended() bool { return IsTerminal(w.Stdin) }

// Shown reports whether the output goes to a terminal.
func (w World) Shown() bool { return IsTerminal(w.Stdout) }

// IsTerminal reports whether a person may be at the other end of a file.
func IsTerminal(f *os.File) bool { return f != nil && term.IsTerminal(f.Fd()) }

// Takes is why the standard output is no place for a key; nil where whoever reads a pipe has it, or
// a file keeps it. A terminal shows it, and everything else that is a device lets it go: also the
// one that stands in the place of an output that was closed.
func (w World) Takes() error {
	if w.Shown() {
		return errors.New("the standard output is a terminal, which would show the key; it takes a pipe or a file")
	}
	info, err := w.Stdout.Stat()
	if err != nil {
		return errors.New("the standard output takes no key: it is closed")
	}
	if mode := info.Mode(); !mode.IsRegular() && mode&(os.ModeNamedPipe|os.ModeSocket) == 0 {
		return errors.New("the standard output is closed, or a device such as " + os.DevNull + ", and a key would be gone there; it takes a pipe or a file")
	}
	return nil
}

// Width is how many columns the terminal has that the output goes to; zero for no terminal, and
// for one that does not say.
func (w World) Width() int {
	if !w.Shown() {
		return 0
	}
	width, _, err := term.GetSize(w.Stdout.Fd())
	if err != nil {
		return 0
	}
	return width
}

// Forget throws away what was typed before a question stood there: whoever typed it, or pasted it
// together with something else, has answered another one.
func (w World) Forget() {
	if w.Attended() {
		forgetTyped(w.Stdin.Fd())
	}
}

// Ask asks a person for a line, which is read as it was typed, without blanks around it. What is
// asked is no result: it stands where errors do. A wait for an answer that nobody gives ends with
// the context, and takes nothing any more of what is typed then: that is for the shell.
func (w World) Ask(ctx context.Context, question string) (string, error) {
	w.Forget()
	fmt.Fprint(w.Stderr, question)
	from, err := cancelreader.NewReader(w.Stdin)
	if err != nil {
		return "", err
	}
	defer func() { _ = from.Close() }()
	return answered(ctx, from.Cancel, func() (string, error) {
		line, err := readLine(from)
		return strings.TrimSpace(line), err
	})
}

// AskSecret asks for a line that is not shown while it is typed.
func (w World) AskSecret(ctx context.Context, question string) (model.Secret, error) {
	before, err := term.GetState(w.Stdin.Fd())
	if err != nil {
		return model.Secret{}, err
	}
	defer func() { _ = term.Restore(w.Stdin.Fd(), before); fmt.Fprintln(w.Stderr) }()
	w.Forget()
	fmt.Fprint(w.Stderr, question)
	return answered(ctx, func() bool { return false }, func() (model.Secret, error) {
		typed, err := term.ReadPassword(w.Stdin.Fd())
		defer clear(typed)
		return model.NewSecret(strings.TrimSpace(string(typed))), err
	})
}

// answered waits for an answer, and for nobody who does not wait any more. GiveUp ends the reading,
// and says whether it can.
func answered[T any](ctx context.Context, giveUp func() bool, read func() (T, error)) (T, error) {
	type answer struct {
		given T
		err   error
	}
	came := make(chan answer, 1)
	go func() {
		given, err := read()
		came <- answer{given, err}
	}()
	select {
	case a := <-came:
		if a.err == io.EOF { //nolint:errorlint // readers give it as it is
			a.err = End(Misuse, errUnanswered)
		}
		return a.given, a.err
	case <-ctx.Done():
		if giveUp() {
			<-came
		}
		var none T
		return none, &model.Error{Kind: model.Cancelled, Cause: ctx.Err()}
	}
}

var errUnanswered = fmt.Errorf("the input ended before an answer; nothing was done")

// readLine reads a line and not a byte more: the rest is for the next question.
func readLine(from io.Reader) (string, error) {
	r := bufio.NewReaderSize(byteByByte{from}, 16)
	line, err := r.ReadString('\n')
	if err == io.EOF && line != "" {
		err = nil
	}
	return line, err
}

// byteByByte reads no byte that nobody wants yet.
type byteByByte struct{ from io.Reader }

func (b byteByByte) Read(p []byte) (int, error) {
	if len(p) > 1 {
		p = p[:1]
	}
	return b.from.Read(p)
}
