package report

import (
	"encoding/json"
	"io"
)

// JSON writes the report for programs: one object.
func (r Report) JSON(to io.Writer) error {
	encoder := json.NewEncoder(to)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r)
}
