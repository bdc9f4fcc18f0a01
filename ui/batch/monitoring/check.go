package monitoring

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/monitor"
	"authdeck/model/query"
	"authdeck/ui/batch"
)

// usualTimeout is shorter than the minute after which Icinga kills a check, of which nobody would
// read what it has found.
const usualTimeout = 50 * time.Second

// textfile is how the name of a file ends that the node exporter reads.
const textfile = ".prom"

// check is one, as the command line has it.
type check struct {
	batch.World
	batch.Flags

	warn, crit string
	prometheus string // the file for Prometheus; empty for none
	timeout    time.Duration
}

const checkHelp = `Says in one line whether tokens are as they should be, for cron, Icinga, Nagios and what else
runs monitoring plugins; --prometheus writes the same for the node exporter.

Without QUERY all tokens are checked for their end. QUERY is in the language of / in the
console (docs/query.md) and says which tokens are checked. A threshold is a span (14d), and
about when tokens end, or a range of a number (10, 5:, @1:5), and about how many there are.
Where neither is given: without QUERY --warn 14d --crit 3d; with one --crit 0, so that it says
what must not be there. Where one is given, the other is none.

Exit codes, of this command alone:
  0  OK
  1  WARNING
  2  CRITICAL
  3  UNKNOWN: a system was not read to its end, or the check could not be made, and nothing
     that was seen is critical`

const checkExamples = `  authdeck check
  authdeck check --warn 30d --crit 7d --system idp
  authdeck check is:inactive-owner
  authdeck check 'name:ci-*' --warn 30d --crit 7d
  authdeck check is:unused --warn 10 --crit 50
  authdeck check --prometheus /var/lib/prometheus/node-exporter/authdeck.prom`

// Check is the command. Whatever becomes of it is said on standard output in a line for a
// monitoring system, which reads nothing else.
func Check(w batch.World, log *string) *cobra.Command {
	c := &check{World: w, timeout: usualTimeout}
	cmd := &cobra.Command{
		Use:               "check [QUERY...]",
		Short:             "Say whether tokens end soon, for a monitoring system.",
		Long:              checkHelp,
		Example:           checkExamples,
		ValidArgsFunction: batch.Question(w, query.Tokens),
		RunE: func(cmd *cobra.Command, words []string) error {
			c.Log = *log
			return c.run(cmd, strings.Join(words, " "))
		},
	}
	c.Register(cmd, w)
	cmd.Flags().StringVarP(&c.warn, "warn", "w", "", "what is a warning: a `SPAN` within which tokens end, or a range of their number")
	cmd.Flags().StringVarP(&c.crit, "crit", "c", "", "what is critical: a `SPAN` within which tokens end, or a range of their number")
	cmd.Flags().StringVar(&c.prometheus, "prometheus", "", "write the figures for the textfile collector of the node exporter to `FILE`"+textfile+", in the place of what is there")
	cmd.Flags().VarP((*seconds)(&c.timeout), "timeout", "t", "what was not read within that `TIME`, such as 10s, is unknown")
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return c.failed(batch.Flagged(cmd, err)) })
	return cmd
}

// run makes the check, and ends with its verdict.
func (c *check) run(cmd *cobra.Command, where string) error {
	wanted, err := monitor.Read(where, c.warn, c.crit)
	if err == nil && c.prometheus != "" && !strings.HasSuffix(c.prometheus, textfile) {
		err = fmt.Errorf("--prometheus %s: the name has to end in %s, for the node exporter reads no other file", c.prometheus, textfile)
	}
	if err != nil {
		return c.failed(err)
	}
	verdict, made := monitor.Unknown, false
	err = c.With(cmd, c.Flags, func(ctx context.Context, s batch.Session) error {
		report, err := c.look(ctx, s, wanted)
		if err != nil {
			return err
		}
		if err := c.expose(report); err != nil {
			report.Fault = fmt.Sprintf("%s was not written: %v", c.prometheus, err)
		}
		verdict, made = report.Verdict(), true
		_, err = io.WriteString(s.Stdout, report.Plugin())
		if err = s.Heard(err); err != nil && verdict == monitor.OK {
			verdict = monitor.Unknown // for whoever asked
		}
		return err
	})
	if !made {
		return c.failed(err)
	}
	return batch.End(batch.Exit(verdict), err)
}

// failed ends a check that was not made: nothing is known then, and neither 1 nor 2 would say so. Of
// several paragraphs the first says why; a pager has no room for an example.
func (c *check) failed(err error) error {
	why, _, _ := strings.Cut(batch.Words(err), "\n\n")
	_, lost := io.WriteString(c.Stdout, monitor.Failed(why))
	return batch.End(batch.Exit(monitor.Unknown), c.Heard(lost))
}

// look reads the systems, all at once: a monitoring system waits for it.
func (c *check) look(ctx context.Context, s batch.Session, wanted monitor.Wanted) (monitor.Report, error) {
	if err := understood(wanted.Query, s.All); err != nil {
		return monitor.Report{}, err
	}
	began := time.Now()
	r := monitor.Report{Wanted: wanted, At: began, Systems: make([]monitor.System, len(s.All))}
	timed, end := context.WithTimeout(ctx, c.timeout)
	defer end()
	var all sync.WaitGroup
	for i, api := range s.All {
		all.Go(func() { r.Systems[i] = c.count(timed, s, api, wanted, began) })
	}
	all.Wait()
	r.Took = time.Since(began)
	if ctx.Err() != nil {
		return r, errors.New("interrupted")
	}
	return r, nil
}

// understood says what is wrong with a question, of all systems together: one by one they would
// take the name of another one for a system that has nothing of it.
func understood(where string, systems []model.API) error {
	infos := make([]model.Info, len(systems))
	for i, api := range systems {
		infos[i] = api.Info()
	}
	_, err := query.Parse(where, query.Among(query.Tokens(), infos))
	return err
}

// count counts the tokens of one system.
func (c *check) count(ctx context.Context, s batch.Session, api model.API, wanted monitor.Wanted, now time.Time) monitor.System {
	counter := monitor.Count(wanted, api.Info(), now, s.Limits)
	var far model.Sifted
	note, err := s.Each(ctx, api, model.Query{Where: wanted.Query}, func(tokens []model.Token, told model.Sifted) error {
		far = told
		counter.Take(tokens)
		return nil
	})
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		err = model.Fail(model.Unavailable, "it was not read within "+(*seconds)(&c.timeout).String())
	}
	return counter.End(far, note, err)
}

// expose writes the file for Prometheus, if one is wanted.
func (c *check) expose(r monitor.Report) error {
	if c.prometheus == "" {
		return nil
	}
	return c.WriteShared(c.prometheus, []byte(r.Prometheus()))
}

// seconds is a time as plugins take it: a number of seconds, or one with a unit.
type seconds time.Duration

// String, Set and Type implement [pflag.Value].
func (s *seconds) String() string { return time.Duration(*s).String() }

// Set reads one.
func (s *seconds) Set(typed string) error {
	text := model.Digits(typed)
	if n, err := strconv.Atoi(text); err == nil {
		text = fmt.Sprintf("%ds", n)
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return errors.New("this is no time, such as 10, 10s or 2m")
	}
	*s = seconds(d)
	return nil
}

// Type is what a help calls it.
func (s *seconds) Type() string { return "TIME" }
