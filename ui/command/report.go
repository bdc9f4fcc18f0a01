package command

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"authdeck/model"
	"authdeck/ui/batch"
)

// Report writes a diagnosis for people: a line a check, and what to do about it
// on the next. It writes letters only, so that it can be piped and mailed.
func Report(w io.Writer, checks []model.Check) error {
	table := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	for _, c := range checks {
		advice := ""
		if c.Advice != "" {
			advice = "\n\t\t\t→ " + c.Advice
		}
		if _, err := fmt.Fprintf(table, "%s\t%s\t%s\t%s%s\n", strings.ToUpper(string(c.Verdict)), c.Subject, c.What, c.Found, advice); err != nil {
			return err
		}
	}
	return table.Flush()
}

// ReportJSON writes a diagnosis for programs, as docs/json.md has it.
func ReportJSON(w io.Writer, checks []model.Check) error {
	return batch.Document(w, "checks", struct {
		Checks []model.Check `json:"checks"`
	}{append([]model.Check{}, checks...)})
}
