package single

import (
	"cmp"
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"authdeck/model"
	"authdeck/ui/batch"
)

// claimed is what a system says, for programs.
type claimed struct {
	System  string          `json:"system"`
	Asked   string          `json:"asked"` // how, or "not asked"
	Known   string          `json:"known"` // yes, no, unknown
	Owner   string          `json:"owner"`
	OwnerID string          `json:"owner_id"`
	May     string          `json:"may"`
	Token   json.RawMessage `json:"token"`
	Alike   []string        `json:"alike"` // ids of tokens of which it is most likely one
	Words   string          `json:"words"`
	Ends    string          `json:"ends"` // the command that ends it; empty where there is none
}

func yesNo(a model.Answer) string {
	return map[model.Answer]string{model.Yes: "yes", model.No: "no", model.Unsaid: "unknown"}[a]
}

// end is the command that ends the key.
func (a *answer) end() string {
	if a.claim.Known != model.Yes || a.by == model.NoPassage {
		return ""
	}
	id := model.Clean(a.claim.Token.ID).String()
	named := id != "" && id == a.claim.Token.ID
	switch {
	case named && a.info.Cannot(model.Delete) == nil:
		return "authdeck token delete " + model.ShellWord(a.info.Name) + " " + model.ShellWord(id)
	case named && (a.info.Cannot(model.Regenerate) == nil || a.info.Cannot(model.Replace) == nil):
		return "authdeck token rotate " + model.ShellWord(a.info.Name) + " " + model.ShellWord(id)
	}
	return ""
}

// words are what else is to be known.
func (a *answer) words() string {
	why := a.claim.Words
	switch {
	case a.by != model.NoPassage:
	case a.may.Passage() == model.NoPassage:
		why = "it cannot be asked: " + a.may.Why
	case a.may.Fits != model.Yes:
		why = "its keys look otherwise: " + a.may.Why
	case a.may.Passage() == model.InAddress:
		why = "it would get the key in the address, where logs keep it"
	}
	if a.by != model.NoPassage && a.claim.Instead != model.NoPassage && a.claim.Known == model.Unsaid {
		why += " (more could be told " + a.claim.Instead.String() + ")"
	}
	if a.claim.Known == model.Yes && a.end() == "" && a.claim.End(a.info) == model.Revoke {
		why += " (the console ends it: x, and the key)"
	}
	return model.Clean(why).String()
}

func (q *inquiry) write(answers []answer) error {
	all := make([]claimed, 0, len(answers))
	for i := range answers {
		a := &answers[i]
		c := claimed{
			System: a.info.Name, Asked: a.by.String(), Known: yesNo(a.claim.Known), Owner: a.claim.Owner.Username.String(), OwnerID: a.claim.Owner.ID,
			May: a.claim.May.String(), Token: json.RawMessage("null"), Alike: []string{}, Words: a.words(), Ends: a.end(),
		}
		for _, t := range a.claim.Alike {
			c.Alike = append(c.Alike, t.ID)
		}
		if a.claim.Token.ID != "" {
			row, err := q.TokenRow(a.api)(&a.claim.Token)
			if err != nil {
				return err
			}
			c.Token = row
		}
		all = append(all, c)
	}
	if q.json {
		return batch.Document(q.Stdout, "whose", struct {
			Systems []claimed `json:"systems"`
		}{all})
	}
	w := tabwriter.NewWriter(q.Stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "SYSTEM\tKNOWN\tOWNER\tTOKEN\tENDS IT\tASKED\tWORDS")
	for i, c := range all {
		a := &answers[i]
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", c.System, c.Known, dash(c.Owner), dash(model.Clean(a.claim.Token.ID).String()), dash(c.Ends), c.Asked, dash(c.Words))
	}
	return w.Flush()
}

func dash(words string) string { return cmp.Or(words, "–") }
