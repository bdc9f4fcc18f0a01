package authentik

import (
	"cmp"
	"context"
	"fmt"

	"authdeck/client/wire"
	"authdeck/model"
)

// namedUses is how many of the objects that use a token are named.
const namedUses = 6

// use is an object that refers to a token (schema, UsedBy).
type use struct {
	Model  text `json:"model_name"`
	Name   text `json:"name"`
	Action text `json:"action"`
}

// fate is what becomes of the object when the token goes (schema,
// UsedByActionEnum; left_dangling since 2025.12).
func (u use) fate() string {
	words := map[string]string{
		"cascade":       "is deleted with it",
		"cascade_many":  "loses its link to it",
		"set_null":      "is left without a token",
		"set_default":   "goes back to its default",
		"left_dangling": "is left with a link to nothing",
	}[u.Action.Value.String()]
	return cmp.Or(words, "is changed ("+u.Action.Value.String()+")")
}

// uses are sentences on what uses a token. authentik itself shows them before a
// deletion.
func (a *authentik) uses(ctx context.Context, id string) []string {
	path, err := tokenPath(id, "used_by")
	if err != nil {
		return []string{"What uses it could not be asked: " + model.Reason(err) + "."}
	}
	found, err := wire.Call[wire.Rows[use]](ctx, a.conn, wire.Get(path))
	if err == nil && found == nil {
		err = model.Fail(model.Malformed, "the server answered without a list")
	}
	if err != nil {
		return []string{"What uses it could not be asked: " + model.Reason(err) + "."}
	}
	var sentences []string
	for i, u := range found {
		if i == namedUses {
			sentences = append(sentences, fmt.Sprintf("And %d more use it.", len(found)-i))
			break
		}
		sentences = append(sentences, "Used by "+cmp.Or(u.Model.Value.String(), "an object")+" "+cmp.Or(u.Name.Value.String(), "without a name")+", which "+u.fate()+".")
	}
	return sentences
}
