package search

import (
	"slices"

	"authdeck/model"
	"authdeck/model/query"
)

// Views are the questions with names that these rows can be asked: those that everybody asks,
// then the person's own; one that names a system that is gone says so when it is asked. The value of each is the question as it is asked.
func (s *Model) Views(own []model.View) []model.Choice {
	var known []model.Choice
	for _, v := range slices.Concat(query.Views(), own) {
		if asked, err := s.in.loose(v.Query); err == nil {
			known = append(known, model.Choice{Value: asked.String(), Label: v.Name.String()})
		}
	}
	return known
}
