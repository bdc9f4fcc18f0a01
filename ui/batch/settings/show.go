package settings

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/setting"
	"authdeck/ui/batch"
)

func showCommand(a *about) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "show",
		Short: "Show every value that holds, with the file and the line that it comes from.",
		Long: "show lists every value of the configuration and what gave it: a file and its line, a\n" +
			"variable, a flag, or nothing, for what is built in. Of a credential it shows where it\n" +
			"comes from, and never the credential. Without a terminal there are tabs between.",
		Args: batch.Takes(0, 0),
		RunE: func(*cobra.Command, []string) error { return a.show() },
	}
	cmd.Flags().BoolVar(&a.json, "json", false, "write JSON")
	return cmd
}

// show writes what holds. A configuration that is wrong has nothing that does.
func (a *about) show() error {
	at := a.Find(a.named)
	all, err := a.Show(at)
	if err != nil {
		return err
	}
	if a.json {
		return batch.Document(a.Stdout, "config", documentOf(at, all))
	}
	out, table := io.Writer(a.Stdout), (*tabwriter.Writer)(nil)
	if a.Shown() {
		table = tabwriter.NewWriter(a.Stdout, 0, 4, 2, ' ', 0)
		out = table
	}
	all = slices.Insert(all, 0, setting.Setting{Key: "config", Value: model.Clean(at.Path), From: at.By})
	for _, s := range all {
		if _, err := fmt.Fprintf(out, "%s\t%s\t%s\n", s.Path(), s.Value, s.From); err != nil {
			return batch.Fail(err)
		}
	}
	if table != nil {
		return batch.Fail(table.Flush())
	}
	return nil
}

// shown is what holds, in JSON.
type shown struct {
	Path     string  `json:"path"`
	ChosenBy origin  `json:"chosen_by"`
	Settings []value `json:"settings"`
}

// origin is where a value comes from. What there is none of is left out.
type origin struct {
	Source   string `json:"source"` // file, variable, flag or built-in
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"`
	Variable string `json:"variable,omitempty"`
	Flag     string `json:"flag,omitempty"`
}

// value is one value. A table that stands once has no name.
type value struct {
	Table string `json:"table,omitempty"`
	Name  string `json:"name,omitempty"`
	Key   string `json:"key"`
	Value string `json:"value"`

	origin
}

func documentOf(at setting.Place, all []setting.Setting) shown {
	d := shown{Path: model.Clean(at.Path).String(), ChosenBy: originOf(at.By), Settings: []value{}}
	for _, s := range all {
		d.Settings = append(d.Settings, value{s.Table, s.Name.String(), s.Key, s.Value.String(), originOf(s.From)})
	}
	return d
}

func originOf(o setting.Origin) origin {
	of := origin{Source: o.How.String()}
	switch name := model.Clean(o.Name).String(); o.How {
	case setting.File:
		of.File, of.Line = name, o.Line
	case setting.Variable:
		of.Variable = name
	case setting.Flag:
		of.Flag = name
	case setting.BuiltIn:
	}
	return of
}

// checked is what is wrong, in JSON.
type checked struct {
	Path     string    `json:"path"`
	Findings []finding `json:"findings"`
}

type finding struct {
	Verdict string `json:"verdict"` // error or warning
	Line    int    `json:"line,omitempty"`
	Words   string `json:"words"`
}

func checkedOf(at setting.Place, found []setting.Finding) checked {
	d := checked{Path: model.Clean(at.Path).String(), Findings: []finding{}}
	for _, f := range found {
		words := model.Clean(strings.Join(strings.Fields(f.Words), " ")) // an example has several lines
		d.Findings = append(d.Findings, finding{verdict(f), f.At.Line, words.String()})
	}
	return d
}
