package bulk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/wait"
)

// journey is a plan that is applied.
type journey struct {
	run     *plan.Run
	journal plan.Journal
	keys    plan.Keys // nil where none come
	to      delivery  // where they go
	began   time.Time
	which   plan.Which
	todo    int // lines that were to be sent
	ended   int // of these
	way     map[int]bool
	until   time.Time // a system is left alone until then
	wait    *wait.Model
	over    bool   // all is written down
	apart   bool   // a key is in a file of its own
	lost    []lost // keys that nothing took
	away    error  // of keys that were taken and are not there any more
	why     string // it stopped by itself
}

// lost is a key that nothing took, and its line.
type lost struct {
	line   int
	issued model.Issued
}

// underWay reports whether a line was sent and has no answer.
func (j *journey) underWay(line int) bool { return j != nil && j.way[line] }

// progress is how far it is, how fast that goes, and how long it will take.
func (j *journey) progress(now time.Time) string {
	words := fmt.Sprintf("%s of %s", look.Thousands(j.ended), look.Thousands(j.todo))
	if passed := now.Sub(j.began); passed >= time.Second && j.ended > 0 {
		words += fmt.Sprintf(", %.1f a second", float64(j.ended)/passed.Seconds())
		if left := j.todo - j.ended; left > 0 {
			words += ", " + seconds(passed*time.Duration(left)/time.Duration(j.ended)) + " left"
		}
	}
	if rest := j.until.Sub(now); rest > 0 {
		words += "; a system wants to be left alone for another " + seconds(rest)
	}
	return words
}

// opened says that a plan was begun.
type opened struct {
	to   *sheet
	path string // of the plan
	at   *journey
	err  error
}

// came is what came next of a run.
type came struct {
	to   *sheet
	what plan.Event
	more bool
}

// closed says that all is over and written down.
type closed struct {
	to  *sheet
	err error
}

// Applied is told to everybody when a plan has been applied, as far as it was: rows that were
// read before may not be true any more. Done are the lines that are.
type Applied struct{ Done []plan.Line }

// start puts the plan into a file, opens its journal, and begins.
func (s *sheet) start(which plan.Which, n int, to delivery) tea.Cmd {
	s.step = opening
	p, api, path, files, began := s.plan, s.api, s.path, s.Plans, s.now()
	j := &journey{to: to, began: began, way: map[int]bool{}, wait: wait.New(s.Clock), which: which, todo: n}
	how := plan.Options{AtOnce: s.Making.AtOnce, Which: which, Reason: s.Reason, Now: s.Clock.Now, Rescue: s.rescue(to), Known: s.here, Ends: slices.Clone(s.ends)}
	s.quits = false
	s.Log.Info("plan", "id", p.ID, "action", p.Action.String(), "lines", j.todo)
	return func() tea.Msg {
		var err error
		if path == "" {
			if path, err = files.Keep(p, "", false); err != nil {
				err = fmt.Errorf("the plan could not be written to a file: %w", err)
			}
		}
		if err == nil {
			how.Vouch = s.vouch(path)
			err = j.open(p, api, path, files, how)
		}
		return opened{s, path, j, err}
	}
}

// open opens what is written to, and begins.
func (j *journey) open(p *plan.Plan, api model.API, path string, files plan.Files, how plan.Options) (err error) {
	if j.journal, err = files.Journal(p, path); err != nil {
		return err
	}
	if j.to.Open != nil {
		j.keys, err = j.to.Open(j.to.path)
		how.Keys, how.Unfit = j.keys, j.to.Unfit
	}
	if err == nil {
		j.run, err = plan.Apply(context.Background(), p, api, j.journal, how)
	}
	if err != nil {
		return errors.Join(err, j.close())
	}
	return nil
}

// close lets go of the files.
func (j *journey) close() error {
	err := j.journal.Close()
	if j.keys != nil {
		err = errors.Join(err, j.keys.Close())
	}
	return err
}

// begun goes on with a run that began, or says why there is none.
func (s *sheet) begun(msg opened) (order.Modal, tea.Cmd) {
	if msg.err != nil {
		s.step = reading
		s.Log.Warn("plan not begun", "error", model.Clean(msg.err.Error()).String())
		s.Warn("Nothing was sent: " + look.Stopped(model.Clean(msg.err.Error()).String()))
		return s, nil
	}
	s.path, s.at = msg.path, msg.at
	s.step = running
	s.AtExit(s.path, s.parting)
	if s.hung || s.quits { // that came before there was anything to stop
		s.stop()
	}
	return s, tea.Batch(s.at.wait.Start(), s.next())
}

// next waits for what comes next.
func (s *sheet) next() tea.Cmd {
	run := s.at.run
	return func() tea.Msg {
		what, more := run.Next(context.Background())
		return came{s, what, more}
	}
}

// stop begins nothing more.
func (s *sheet) stop() {
	if s.step == running {
		s.step = stopping
		s.at.run.Stop()
	}
}

// hear takes in what came.
func (s *sheet) hear(msg came) (order.Modal, tea.Cmd) {
	j, e := s.at, msg.what
	if !msg.more {
		return s, func() tea.Msg {
			return closed{s, j.close()} // each line was on the disk before
		}
	}
	switch e.Step {
	case plan.Looked: // of no run
	case plan.Begins:
		j.way[e.Line] = true
	case plan.PutOff:
		delete(j.way, e.Line)
		j.until = e.Until
	case plan.Ends:
		delete(j.way, e.Line)
		s.tally[s.ends[e.Line].Outcome]--
		s.tally[e.End.Outcome]++
		s.ends[e.Line] = e.End
		j.ended++
		j.apart = j.apart || e.End.Apart()
		s.follow(e.Line)
	}
	if !e.Lost.Key.Empty() {
		j.lost = append(j.lost, lost{e.Line, e.Lost})
	}
	return s, s.next()
}

// follow keeps the cursor on what came last, as long as nobody has moved it away.
func (s *sheet) follow(line int) {
	if s.cursor <= line && line < s.cursor+20 {
		s.cursor = line
	}
}

// finish shows what has become of it, and before that the keys that nothing took.
func (s *sheet) finish(err error) (order.Modal, tea.Cmd) {
	j := s.at
	j.over, j.away = true, err
	j.wait.Stop()
	s.ends, s.step = j.run.Ends(), reading
	if err := j.run.Err(); err != nil {
		j.why = model.Clean(err.Error()).String()
	}
	s.settle()
	s.cursor = 0
	s.conclude()
	applied := Applied{}
	for i, end := range s.ends {
		if end.Outcome == plan.Done {
			applied.Done = append(applied.Done, s.plan.Lines[i])
		}
	}
	return s.handOver(j.lost), func() tea.Msg { return applied }
}

// home is the system of that name.
func (s *sheet) home(name string) model.API {
	for _, member := range model.Members(s.api) {
		if member.Info().Name == name {
			return member
		}
	}
	return s.api
}

// sum is what there is to say at the end.
func (s *sheet) sum() string {
	words := s.counts()
	if s.where != "" {
		words += "; " + s.where
	}
	return look.Capital(words) + "."
}
