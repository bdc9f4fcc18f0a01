package batch

import (
	"bytes"
	"encoding/json"
	"io"

	"authdeck/model"
)

// Document writes a result for programs: an object that begins with what it is. Body is a struct
// with at least one field, whose fields follow.
func Document(to io.Writer, kind string, body any) error {
	head, err := object(struct {
		Schema string `json:"schema"`
		Kind   string `json:"kind"`
	}{model.Schema, kind})
	if err != nil {
		return err
	}
	rest, err := object(body)
	if err != nil {
		return err
	}
	whole := bytes.Join([][]byte{bytes.TrimSuffix(head, []byte("}")), bytes.TrimPrefix(rest, []byte("{"))}, []byte(","))
	var shown bytes.Buffer
	if err := json.Indent(&shown, whole, "", "  "); err != nil {
		return err
	}
	_, err = to.Write(append(shown.Bytes(), '\n'))
	return Fail(err)
}

// object is JSON without a line's end, for programs and not for a page.
func object(body any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(body)
	return bytes.TrimSpace(b.Bytes()), err
}
