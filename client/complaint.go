package client

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-resty/resty/v2"

	"authdeck/model"
)

// complaint is what a server says is wrong: field names with messages, as
// Django REST framework and its like answer. Messages without a field have the
// empty name.
type complaint map[string][]model.Text

// explanation reads the body of an error. Anything that is not a complaint,
// such as a gateway's HTML, explains nothing. redact takes out what must not be
// shown, after decoding: JSON may spell a secret in more than one way.
func explanation(body []byte, redact func(string) string) complaint {
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		if said := messages(body, redact); len(said) > 0 {
			return complaint{"": said}
		}
		return nil
	}
	c := complaint{}
	for name, value := range fields {
		name = redact(name)
		if name == "detail" || name == "non_field_errors" {
			name = ""
		}
		c[name] = append(c[name], messages(value, redact)...)
	}
	return c
}

// messages are one string or a list of them.
func messages(value json.RawMessage, redact func(string) string) []model.Text {
	var many []string
	if json.Unmarshal(value, &many) != nil {
		many = make([]string, 1)
		if json.Unmarshal(value, &many[0]) != nil {
			return nil
		}
	}
	var said []model.Text
	for _, one := range many {
		if one != "" {
			said = append(said, model.Clean(redact(one)))
		}
	}
	return said
}

func (c complaint) has(field string) bool { return len(c[field]) > 0 }

// sentence is what a person reads of it: the server's own words, else where a
// redirect points, else the code.
func (c complaint) sentence(status int, response *resty.Response, redact func(string) string) model.Text {
	var words []string
	for _, name := range slices.Sorted(maps.Keys(c)) {
		for _, text := range c[name] {
			if name == "" {
				words = append(words, text.String())
				continue
			}
			words = append(words, name+": "+text.String())
		}
	}
	if len(words) > 0 {
		return model.Clean(strings.Join(words, "; "))
	}
	if to := response.Header().Get(pointsTo); to != "" {
		return model.Clean(redact(fmt.Sprintf("the server answered %d and points to %s; it was not followed", status, to)))
	}
	return model.Clean(fmt.Sprintf("the server answered %d without a reason", status))
}
