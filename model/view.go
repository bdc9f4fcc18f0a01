package model

// View is a question that has a name.
type View struct {
	Name  Text
	Query string // in the language of model/query
}
