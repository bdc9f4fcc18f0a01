package listing

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/ui/batch"
)

// how is how rows are wanted.
type how struct {
	json, jsonl, csv, tsv bool

	columns, sorts []string
	limit          int
	bare           bool
}

func (h *how) register(cmd *cobra.Command, w batch.World, rows model.Rows) {
	f := cmd.Flags()
	f.BoolVar(&h.json, "json", false, "write one document, whole or not at all")
	f.BoolVar(&h.jsonl, "jsonl", false, "write a document a line")
	f.BoolVar(&h.csv, "csv", false, "write CSV for a spreadsheet")
	f.BoolVar(&h.tsv, "tsv", false, "write tabs between the columns, on a terminal too")
	f.StringSliceVar(&h.columns, "columns", nil, "only the columns of those `NAMES`, in that order, with commas between")
	f.StringSliceVar(&h.sorts, "sort", nil, "in the order of that `FIELD`, -FIELD for the other way round; nothing is written before all is read")
	f.IntVar(&h.limit, "limit", 0, "no more than that `NUMBER` of rows; no page is asked for that it does not need")
	f.BoolVar(&h.bare, "no-header", false, "without the names of the columns")
	batch.Completes(cmd, "columns", func(_ *cobra.Command, _ []string, word string) ([]cobra.Completion, cobra.ShellCompDirective) {
		before := word[:strings.LastIndex(word, ",")+1]
		names := []cobra.Completion{}
		columns, _ := w.Columns(rows, nil) // of those that were not named none is wrong
		for _, name := range columns {
			if strings.HasPrefix(before+name, word) {
				names = append(names, before+name)
			}
		}
		return names, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	})
}

// export is what the flags ask for.
func (h *how) export(cmd *cobra.Command, w batch.World, rows model.Rows, words []string) (model.Export, error) {
	if err := batch.One(cmd, "json", "jsonl", "csv", "tsv"); err != nil {
		return model.Export{}, err
	}
	if _, err := w.Columns(rows, h.columns); err != nil {
		return model.Export{}, fmt.Errorf("--columns: %w", err)
	}
	if cmd.Flags().Changed("columns") && len(h.columns) == 0 {
		return model.Export{}, errors.New("--columns: no column is named")
	}
	if h.limit < 1 && cmd.Flags().Changed("limit") {
		return model.Export{}, fmt.Errorf("--limit: %d is no number of rows; it begins with 1", h.limit)
	}
	for _, field := range h.sorts {
		if strings.Trim(strings.ToLower(field), "-_abcdefghijklmnopqrstuvwxyz") != "" || strings.Trim(field, "-") == "" {
			return model.Export{}, fmt.Errorf("--sort: %q is no field; it is a name such as expires, or -expires", model.Clean(field))
		}
		words = append(words, "sort:"+field)
	}
	e := model.Export{Rows: rows, Format: h.format(w), Columns: h.columns, Bare: h.bare, Limit: h.limit, Query: model.Query{Where: strings.Join(words, " ")}}
	if e.Format == model.Table {
		e.Width = w.Width()
	}
	return e, nil
}

func (h *how) format(w batch.World) model.Format {
	switch {
	case h.json:
		return model.Document
	case h.jsonl:
		return model.Lines
	case h.csv:
		return model.CSV
	case h.tsv || !w.Shown():
		return model.TSV
	}
	return model.Table
}
