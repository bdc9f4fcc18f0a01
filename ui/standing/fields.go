package standing

import (
	"strings"

	"authdeck/model"
	"authdeck/ui/look"
)

// Fields are what is known of a system: how it answers, who one is there, what there is of its
// tokens, where and what it is, and what cannot be done.
func (s System) Fields() []look.Field {
	fields := []look.Field{{Label: "state", Value: s.state()}}
	switch {
	case s.Reach == Unreached:
		fields = []look.Field{{Label: "state", Value: look.Sentence(s.Err), Stress: look.Heeded}}
		if advice := look.Advice(s.Err); advice != "" {
			fields = append(fields, look.Field{Value: advice})
		}
	case s.Reach == Reached && s.lacking():
		fields[0].Value = "It says who you are; its tokens could not be read."
	}
	if words := Marks(s.Info); len(words) > 0 {
		fields = append(fields, look.Field{Label: "beware", Value: strings.Join(words, ", "), Stress: look.Heeded})
	}
	fields = append(fields, look.Field{Label: "you are", Value: s.Who()}, look.Field{Label: "last answer", Value: s.answered()})
	fields = append(fields, s.counts()...)
	fields = append(fields,
		look.Field{Label: "address", Value: s.Info.Host}, look.Field{Label: "kind", Value: Kind(s.Info)})
	return append(fields, s.missing()...)
}

// missing are the actions that cannot be done, with their reasons. Those with the same one
// stand together.
func (s System) missing() []look.Field {
	var reasons []string
	actions := map[string]string{}
	for _, a := range model.Actions() {
		why, missing := s.Info.Missing[a]
		if !missing {
			continue
		}
		if actions[why] == "" {
			reasons = append(reasons, why)
		}
		actions[why] = look.Join(actions[why], a.String())
	}
	label := "cannot do"
	var fields []look.Field
	for _, why := range reasons {
		fields = append(fields, look.Field{Label: label, Value: actions[why] + ": " + why})
		label = ""
	}
	return fields
}
