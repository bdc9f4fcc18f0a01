package client

import (
	"bytes"
	"encoding/json"

	"authdeck/client/export"
	"authdeck/model"
)

// TokenRow gives the rows of a system's tokens, each an object.
func TokenRow(api model.API) func(*model.Token) (json.RawMessage, error) {
	of := sourceOf(api)
	return func(t *model.Token) (json.RawMessage, error) {
		var row bytes.Buffer
		rows, err := export.Tokens(&row, model.JSONL, of)
		if err == nil {
			err = rows.Row(t)
		}
		if err == nil {
			err = rows.End()
		}
		return bytes.TrimSpace(row.Bytes()), err
	}
}
