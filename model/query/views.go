package query

import "authdeck/model"

// Views are the questions that everybody asks.
func Views() []model.View {
	return []model.View{
		{Name: model.Clean("Look at these"), Query: "is:look"},
		{Name: model.Clean("Expiring"), Query: "is:expiring sort:expires"},
		{Name: model.Clean("Never expires"), Query: "expires:never"},
		{Name: model.Clean("Expired"), Query: "is:over"},
		{Name: model.Clean("Inactive owners"), Query: "is:inactive-owner"},
		{Name: model.Clean("Mine"), Query: "is:mine"},
	}
}
