package fleet

import (
	"strconv"
	"strings"
	"time"

	"authdeck/model"
)

// stage is what there is of a system.
type stage int

const (
	read     stage = iota // all that was asked for, or why it is not here
	begun                 // what has come by now
	replaced              // what was read before, until it is read anew
)

// said is what a system has for a question by now, and what is to be known of that.
type said[T any] struct {
	state[T]
	system string
	stage  stage
	began  time.Time
}

// here is what is shown of a system.
func (p *part[T]) here() said[T] {
	came := said[T]{system: p.of.name, began: p.began}
	if p.reading() {
		came.stage = begun
	}
	came.state = p.state()
	if former := p.former.Load(); former != nil && came.stage == begun {
		came.state, came.began, came.stage = former.state(), former.began, replaced
	}
	return came
}

// notes are what is to be known of a system's rows, or of those to come.
func (s said[T]) notes() []string {
	var notes []string
	note := func(words string) { notes = append(notes, s.system+": "+words) }
	switch {
	case s.stage == replaced:
		note("asking… its rows are from before")
	case s.stage == begun && s.told.Read > 0:
		note("reading… " + thousands(s.told.Read) + of(s.told.Total))
	case s.stage == begun:
		note("asking…")
	case s.cut:
		note("the first " + thousands(len(s.rows)) + of(s.told.Total) + " by its own order are here; a question reads all")
	}
	if s.told.Unsaid > 0 {
		note(thousands(s.told.Unsaid) + " cannot be told (" + strings.Join(s.told.Untold, ", ") + ")")
	}
	if s.note != "" {
		note(s.note)
	}
	return notes
}

// lacks are what is not here of a system though it was asked for.
func (s said[T]) lacks() []string {
	switch {
	case s.err == nil:
		return nil
	case len(s.rows) > 0:
		return []string{"✗ " + s.system + ": " + model.Reason(s.err) + "; what had come of it before is here, and no more."}
	}
	return []string{"✗ " + s.system + ": " + model.Reason(s.err) + "; nothing of it is here."}
}

// refused is one error of all systems: of what kind it is where they agree.
func refused(each []error, lacks []string) error {
	kind := model.KindOf(each[0])
	for _, err := range each {
		if model.KindOf(err) != kind {
			kind = model.Unavailable
		}
	}
	return model.Fail(kind, "no system has answered: "+strings.Join(lacks, " "))
}

func lines(notes []string) string { return strings.Join(notes, "\n") }

func of(total int) string {
	if total == model.Uncounted {
		return ""
	}
	return " of " + thousands(total)
}

func thousands(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}
