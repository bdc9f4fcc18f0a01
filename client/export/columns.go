package export

import (
	"fmt"
	"slices"
	"strings"

	"authdeck/model"
	"authdeck/model/query"
)

// Columns are the names of the fields that rows have, in their order.
func Columns(rows model.Rows) []string {
	if rows == model.UserRows {
		return namesOf(users(Of{}))
	}
	return namesOf(tokens(Of{}))
}

// Check says which of the columns that were named there is not.
func Check(rows model.Rows, named []string) error {
	e := model.Export{Rows: rows, Columns: named}
	var err error
	if rows == model.UserRows {
		_, err = chosen(users(Of{}), e, Of{})
	} else {
		_, err = chosen(tokens(Of{}), e, Of{})
	}
	return err
}

func namesOf[T any](fields []field[T]) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

// chosen are the fields that an export is to have, in the order in which they were named.
func chosen[T any](all []field[T], e model.Export, of Of) ([]field[T], error) {
	named := e.Columns
	if len(named) == 0 && e.Format == model.Table {
		named = shown(e.Rows, of)
	}
	if len(named) == 0 {
		return all, nil
	}
	var fields []field[T]
	for _, name := range named {
		at := slices.IndexFunc(all, func(f field[T]) bool { return f.name == plainName(name) })
		if at < 0 {
			return nil, unnamed(name, namesOf(all))
		}
		if slices.ContainsFunc(fields, func(f field[T]) bool { return f.name == all[at].name }) {
			return nil, fmt.Errorf("the column %q is named twice", all[at].name)
		}
		fields = append(fields, all[at])
	}
	return fields, nil
}

// plainName is the name of a field as a person has written it.
func plainName(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	if name == typeField {
		return kindField
	}
	return name
}

// unnamed is the error of what is no column, with the one that was most likely meant.
func unnamed(name string, names []string) error {
	is := ""
	if near := query.Nearest(plainName(name), names); near != "" {
		is = fmt.Sprintf(" Is it %q?", near)
	}
	return fmt.Errorf("there is no column %q.%s There are %s", model.Clean(name), is, strings.Join(names, ", "))
}

// shown are the columns of a table for which nobody has named any.
func shown(rows model.Rows, of Of) []string {
	names := []string{"id", "name", "owner", "state", "expires", "last_used", "look"}
	if rows == model.UserRows {
		names = []string{"id", "user", "name", "email", "active", "has_token", "last_login"}
	}
	if len(of.Systems) > 1 {
		names = append([]string{"system"}, names...)
	}
	return names
}
